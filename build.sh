#!/usr/bin/env bash
# Everything that is done with Pollscope from a shell. `./build.sh help` lists the commands.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

readonly wasm_target=wasm32-unknown-unknown
# What Miri comes with.
readonly nightly=nightly-2026-10-30
# Tools are kept by version outside the clone, so that every clone shares them and none disturbs another.
readonly tools="${XDG_CACHE_HOME:-$HOME/.cache}/pollscope"
# What leads Firefox through the tests. One on PATH is taken before it.
readonly geckodriver=0.37.1 geckodriver_root="$tools/geckodriver-0.37.1"
PATH="$PATH:$geckodriver_root/bin"
# What reads exported runs in a test, and the runtime of its messages.
readonly perfetto=0.59.1 protobuf=7.36.2 perfetto_root="$tools/perfetto-0.59.1"
# A target folder set for the whole machine would move what wasm-bindgen and tsc look for.
export CARGO_TARGET_DIR="$PWD/target"
# rustup writes this into the login shell's start-up only; a script or a fresh install may not have it yet.
PATH="$PATH:${CARGO_HOME:-$HOME/.cargo}/bin"

usage() {
  cat <<'END'
usage: ./build.sh [command]
  (none)                    build the static site into dist/
  serve [--port N] [--open] build, then serve dist/ on 127.0.0.1 (port 8000)
  test                      check, docs, Miri, loom, native, browser, page and package tests, instruction counts
  check                     formatting, lints (native and wasm32), types of the page
  miri                      Miri over the tests that touch unsafe, if what they depend on has changed
  drift [toolchain...]      what moves under other compilers than the pinned one: messages, sizes, layouts, recorded traces,
                            the rule of the lowering, tests that fail; without one, under today's stable and nightly. A report, not a test
  bench [--fuel] [--browser] [--json FILE]
                            the executor against its peers: instructions and bytes (--fuel, no browser), times in
                            Chrome (--browser), or both; a table, and with --json a file; with --browser also what a poll
                            under watch takes natively
  bench --page              in the page: script time of a step, and of a frame of the wall; paints while it opens; a changed parameter to its
                            new picture; a million events opened, scrubbed and zoomed; a keystroke in the workbench to its machines;
                            a hop of a suspended stack, of an await, and in our drain; the frames of a live scenario while our executor is
                            given a million wakes
  bench --record            record our instruction counts anew: the tests compare with them
  shots                     make the README's screenshot, and in target/shots one of every scenario at the moment that decides:
                            light, dark, in Korean, and on a phone
  release                   what a release is made of, in target/releases: the package of the library, the site as an archive, their sums
  help                      this text
END
}

die() { echo "build.sh: $1" >&2; exit 1; }
bad_usage() { echo "build.sh: $1" >&2; usage >&2; exit 2; }
have() { command -v "$1" >/dev/null 2>&1; }
say() { echo "build.sh: $1"; }

# ---- what is missing ----

need_rust() {
  have rustup || die "rustup is missing: install it as https://rustup.rs says, then run this again"
  have cc || die "a C linker is missing: run 'sudo apt-get install build-essential'"
  # rust-toolchain.toml names the toolchain, its parts and its target; rustup fetches what is missing of it.
  rustc --version >/dev/null || rustup toolchain install || die "rustup could not install the toolchain that rust-toolchain.toml names"
}

need_node() {
  { have node && have npm; } || die "Node.js 20.19 or newer with npm is missing: install it (https://nodejs.org), then run this again"
  [[ $(node -p 'const [a, b] = process.versions.node.split("."); a > 20 || (a == 20 && b >= 19)') == true ]] ||
    die "Node.js 20.19 or newer is needed, this is $(node --version): install a newer one"
  # npm ci empties node_modules first: a stamp that is there means that it came to its end.
  local stamp=www/node_modules/.installed
  [[ -e $stamp && ! www/package-lock.json -nt $stamp ]] && return
  say "installing the page's packages (npm ci in www)"
  npm ci --prefix www --no-audit --no-fund --loglevel=error || die "'npm ci' in www failed: see the lines above"
  touch "$stamp"
}

# Puts wasm-bindgen and its test runner, of exactly the version in Cargo.lock, on PATH, for this script only. They run for
# seconds and are built without optimisation and without TLS, which they need for browsers on other machines: 95 s of
# processor time instead of 400.
need_wasm_bindgen() {
  local version root; version=$(locked_version wasm-bindgen); root="$tools/wasm-bindgen-cli-$version"
  PATH="$root/bin:$PATH"
  [[ $("$root/bin/wasm-bindgen" --version 2>/dev/null) == "wasm-bindgen $version" ]] && return
  say "installing wasm-bindgen-cli $version into $root (once, a minute)"
  local install=(env -u CARGO_TARGET_DIR CARGO_PROFILE_RELEASE_OPT_LEVEL=0 CARGO_PROFILE_RELEASE_CODEGEN_UNITS=16
    cargo install --quiet --force --root "$root" --version "=$version" --no-default-features
    --bin wasm-bindgen --bin wasm-bindgen-test-runner wasm-bindgen-cli)
  # The crate's own lock may name a version that was yanked, or that a mirror does not have yet.
  "${install[@]}" --locked 2>/dev/null || "${install[@]}" || die "could not install wasm-bindgen-cli $version: see the lines above"
}

locked_version() {
  awk -v name="name = \"$1\"" '$0 == name { getline; gsub(/version = |"/, ""); print; exit }' Cargo.lock
}

# Leaves in FUEL the path of the engine that counts instructions. It is kept like a tool, by what it is built from.
need_fuel() {
  local sources=(benches/fuel/Cargo.toml benches/fuel/Cargo.lock benches/fuel/src/main.rs)
  local key root; key=$(cat "${sources[@]}" <(rustc --version) | sha256sum)
  root="$tools/fuel-${key:0:16}"
  export FUEL="$root/bin/fuel"
  [[ -x $FUEL ]] && return
  say "building the engine that counts instructions into $root (once, some minutes)"
  cargo build --manifest-path benches/fuel/Cargo.toml --locked --release --target-dir target/fuel ||
    die "could not build benches/fuel: see the lines above"
  mkdir -p "$root/bin"
  # Renamed, so that what is there is whole; the half gigabyte beside it is not needed again.
  cp target/fuel/release/fuel "$FUEL.$$" && mv "$FUEL.$$" "$FUEL"
  rm -rf target/fuel
}

need_browser() {
  local missing=()
  have chromium || have chromium-browser || have google-chrome || missing+=(chromium)
  have chromedriver || missing+=(chromium-driver)
  [[ -n $(fc-list :lang=ko 2>/dev/null) ]] || dpkg -s fonts-noto-cjk >/dev/null 2>&1 || missing+=(fonts-noto-cjk)
  ((${#missing[@]})) || return 0
  local by_hand="run 'sudo apt-get install ${missing[*]}' and start again"
  have apt-get || die "Chromium, chromedriver or a Korean font is missing: install ${missing[*]} and start again"
  can_install || die "no rights to install packages: $by_hand"
  apt_install "${missing[@]}" || die "apt-get failed: $by_hand"
}

can_install() { have apt-get && { ((EUID == 0)) || sudo -n true 2>/dev/null; }; }

apt_install() {
  local apt=(env DEBIAN_FRONTEND=noninteractive apt-get)
  ((EUID == 0)) || apt=(sudo -n "${apt[@]}")
  say "installing $* (apt-get)"
  "${apt[@]}" update -qq || true # a stale list may do; the install says if it does not
  "${apt[@]}" install -y -qq --no-install-recommends "$@" >/dev/null
}

have_firefox() { have firefox-esr || have firefox; }

# Firefox and WebKit, each with its driver. One that cannot be had is no fault: what is tested in it is left out, and says so.
need_engines() {
  local program packages=()
  have_firefox || packages+=(firefox-esr)
  have WebKitWebDriver || packages+=(webkit2gtk-driver)
  have xvfb-run || packages+=(xvfb xauth)
  # One by one: a system may lack one of them.
  for program in "${packages[@]}"; do
    can_install && apt_install "$program" || say "$program is not here and cannot be installed: run 'sudo apt-get install $program'"
  done
  if have_firefox; then need_geckodriver; fi
}

# Perfetto's own parser of traces, as its project publishes it for Python. It is kept as a tool is.
need_perfetto() {
  [[ -e $perfetto_root/.installed ]] && return
  have python3 && python3 -m pip --version >/dev/null 2>&1 || return 1
  say "installing Perfetto's parser $perfetto into $perfetto_root (once, some seconds)"
  rm -rf "$perfetto_root"
  # Of what its package asks for besides, reading takes nothing but the runtime of its messages.
  python3 -m pip install --quiet --disable-pip-version-check --no-deps --target "$perfetto_root" "perfetto==$perfetto" "protobuf==$protobuf" 2>/dev/null || return 1
  touch "$perfetto_root/.installed"
}

# Debian has no package of it. It is kept as wasm-bindgen is, and built as quickly.
need_geckodriver() {
  have geckodriver && return
  say "installing geckodriver $geckodriver into $geckodriver_root (once, some minutes)"
  env -u CARGO_TARGET_DIR CARGO_PROFILE_RELEASE_OPT_LEVEL=0 CARGO_PROFILE_RELEASE_LTO=off CARGO_PROFILE_RELEASE_CODEGEN_UNITS=16 \
    cargo install --quiet --force --locked --root "$geckodriver_root" --version "=$geckodriver" geckodriver ||
    say "could not install geckodriver $geckodriver: Firefox is left out"
}

# The toolchain that Miri runs with; rustup fetches it as it does the other one.
need_miri() {
  cargo "+$nightly" miri --version >/dev/null 2>&1 ||
    rustup toolchain install "$nightly" --profile minimal -c miri -c rust-src ||
    die "rustup could not install $nightly with Miri"
}

# ---- building ----

# One build at a time in a clone: a test run and a server started beside it share target/engine and dist/.
build() {
  need_rust
  need_node
  mkdir -p target
  (
    if have flock; then flock 9; fi
    build_engine
    node www/build.mjs
  ) 9>target/.build-lock
}

# The modules of the page: the viewer, a runner for each program in src/wasm/runner/src/bin, the workbench, what waits on its stack,
# the explorer, and what runs fast. All but the last two are built for size, from one compiled library.
build_engine() {
  # Where it is missing it is compiled beside the modules.
  need_wasm_bindgen &
  local tool=$!
  build_modules wasm-release -p pollscope-viewer -p pollscope-runner -p pollscope-workbench -p pollscope-suspended
  build_modules wasm-fast -p pollscope-fast -p pollscope-explorer
  wait "$tool"
  need_wasm_bindgen # for PATH here: that was a shell of its own
  # wasm-opt has one thread for each.
  local program binds=()
  bind viewer wasm-release/pollscope_viewer & binds+=($!)
  bind workbench wasm-release/pollscope_workbench & binds+=($!)
  bind suspended wasm-release/pollscope_suspended & binds+=($!)
  bind explorer wasm-fast/pollscope_explorer & binds+=($!)
  bind fast wasm-fast/pollscope_fast & binds+=($!)
  for program in src/wasm/runner/src/bin/*.rs; do
    program=$(basename "$program" .rs)
    bind "$program" "wasm-release/$program" & binds+=($!)
  done
  for program in "${binds[@]}"; do wait "$program"; done
}

# build_modules <profile> <cargo's options>
build_modules() {
  # A panic's location would otherwise carry the builder's home folder into the published module.
  local paths; paths="--remap-path-prefix=${CARGO_HOME:-$HOME/.cargo}=cargo --remap-path-prefix=$(rustc --print sysroot)/lib/rustlib/src=std"
  CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS="$paths" \
    cargo build --target "$wasm_target" --profile "$@"
}

# bind <name> <module>: leaves the module's glue, its snippets and its declarations in target/engine/<name>.
bind() {
  local out=target/engine/$1 module=target/$wasm_target/$2.wasm key
  key="$(sha256sum <"$module") $(sha256sum <build.sh) $(sha256sum <www/package-lock.json) $(wasm-bindgen --version)"
  [[ -e $out/.key && $(<"$out/.key") == "$key" ]] && return
  rm -rf "$out"
  # With the reset, a fresh instance takes the place of one that trapped, or of a large one and of its memory.
  wasm-bindgen --target web --remove-name-section --remove-producers-section --experimental-reset-state-function \
    --out-name "$1" --out-dir "$out" "$module"
  # Takes 3 % off, compressed. With -Oz it takes three times as long, for 0.1 % more. What the compiler emits is named.
  www/node_modules/.bin/wasm-opt -O2 --enable-bulk-memory --enable-bulk-memory-opt --enable-multivalue \
    --enable-mutable-globals --enable-nontrapping-float-to-int --enable-reference-types --enable-sign-ext --enable-exception-handling \
    "$out/$1_bg.wasm" -o "$out/$1_bg.wasm"
  echo "$key" >"$out/.key"
}

# The benchmark's modules, each in target/bench by the name of its feature; `bare` has none.
build_contest() {
  need_rust
  export BENCH_MODULES=$PWD/target/bench
  mkdir -p "$BENCH_MODULES"
  local name features
  for name in "$@"; do
    features=(--features "$name")
    [[ $name == bare ]] && features=()
    # Paths stand in a module's panics; without them its counts do not depend on where the clone lies.
    CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS="--remap-path-prefix=${CARGO_HOME:-$HOME/.cargo}=cargo --remap-path-prefix=$PWD=pollscope" \
      cargo build --manifest-path benches/Cargo.toml --locked --release --target "$wasm_target" "${features[@]}"
    cp "target/$wasm_target/release/contest.wasm" "$BENCH_MODULES/$name.wasm"
  done
}

serve() {
  local port=8000 flags=()
  while (($#)); do
    case $1 in
      --port) port=${2-}; shift ;;
      --port=*) port=${1#*=} ;;
      --open) flags+=(--open) ;;
      *) bad_usage "serve does not know '$1'" ;;
    esac
    shift || break
  done
  [[ $port =~ ^[1-9][0-9]{0,4}$ && $port -le 65535 ]] || bad_usage "--port wants a number from 1 to 65535, not '$port'"
  # Asked before the build, since a first build takes minutes; the server says the same if it loses a race.
  if (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; then die "port $port is taken: choose another with --port"; fi
  build
  exec node www/serve.mjs --port "$port" "${flags[@]}"
}

# ---- releasing ----

# The version is the workspace's, in Cargo.toml. Nothing is published: that is a person's to do.
release() {
  local version name; version=$(locked_version pollscope); name=pollscope-$version
  grep -q "^## ${version//./\\.}\(,\|$\)" CHANGELOG.md || die "CHANGELOG.md does not speak of $version"
  build
  # Cargo refuses it from a clone with changes that are not committed, and compiles what it has packed.
  cargo package --locked --package pollscope
  rm -rf target/releases
  mkdir -p target/releases
  cp "target/package/$name.crate" target/releases/
  www/archive.sh dist "$name-site" "target/releases/$name-site.tar.gz"
  (cd target/releases && sha256sum ./*.crate ./*.tar.gz >SHA256SUMS)
  say "target/releases has $(cd target/releases && echo *)"
}

# ---- testing ----

source tests/suite.sh

# ---- measuring ----

bench_page() {
  need_browser
  build
  cargo run --locked --quiet --example million -- target/million.trace
  cargo build --locked --quiet --target "$wasm_target" --profile wasm-fast --features js --example wakes
  wasm-bindgen --target web --out-name wakes --out-dir target/wakes "target/$wasm_target/wasm-fast/examples/wakes.wasm"
  local what
  for what in step form vitals scale explore wall keystroke suspend frames; do node "tests/page/$what.bench.mjs"; done
}

bench() {
  local fuel='' browser='' page='' record='' json=''
  while (($#)); do
    case $1 in
      --fuel) fuel=1 ;;
      --browser) browser=1 ;;
      --page) page=1 ;;
      --record) record=1 ;;
      --json) json=${2-}; [[ -n $json ]] || bad_usage "--json wants a file"; shift ;;
      --json=?*) json=${1#*=} ;;
      *) bad_usage "bench does not know '$1'" ;;
    esac
    shift
  done
  if [[ -n $page$record ]]; then
    [[ $page$record$fuel$browser$json == 1 ]] || bad_usage "--page and --record stand alone"
  elif [[ -z $fuel$browser ]]; then
    fuel=1 browser=1
  fi
  if [[ -n $page ]]; then need_browser; bench_page; return; fi
  have node || die "Node.js is missing: install it (https://nodejs.org), then run this again"
  # From where the command was given. Tried now: what follows takes minutes.
  [[ -z $json || $json == /* ]] || json=$OLDPWD/$json
  if [[ -n $json ]]; then : 2>/dev/null >>"$json" || die "cannot write to '$json'"; fi

  if [[ -n $record ]]; then build_contest bare zero-cost traits record replay watch; else build_contest peers zero-cost traits record watch; fi
  if [[ -n $fuel$record ]]; then need_fuel; fi
  if [[ -n $browser ]]; then
    need_browser
    need_node
    build_contest event-loop
    need_wasm_bindgen
    wasm-bindgen --target web --out-name contest --out-dir "$BENCH_MODULES/event-loop" "$BENCH_MODULES/event-loop.wasm"
  fi
  node benches/bench.mjs ${fuel:+--fuel} ${browser:+--browser} ${record:+--record} ${json:+--json "$json"}
  # What is timed is timed natively, too: a poll under `watch` beside the bare future, under five executors.
  if [[ -n $browser ]]; then cargo run --locked --quiet --release --example overhead; fi
}

# ---- commands ----

command=${1-build}
if (($#)); then shift; fi
case $command in
  serve) serve "$@" ;;
  help | -h | --help) usage ;;
  build | test | check | miri | shots | release) (($# == 0)) || bad_usage "$command takes no arguments, not '$1'" ;;&
  build) build; say "the site is in dist/" ;;
  test) run_tests ;;
  # The page's types come from the engine's declarations.
  check) build; check ;;
  miri) need_rust; miri ;;
  drift) need_rust; drift "$@" ;;
  bench) bench "$@" ;;
  release) release ;;
  shots) need_browser; build; node www/shots.mjs ;;
  *) bad_usage "there is no command '$command'" ;;
esac
