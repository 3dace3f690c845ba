# The parts of `./build.sh test`, and how they are run. build.sh sources this file; it uses its names.
#
# A *part* is a function that fails or not, and prints the closing lines of the test runners that it started. A *lane*
# runs parts one after the other. Two lanes run side by side: one has `target/` (cargo lets nobody else in meanwhile), the
# other what is built into folders of its own. A part that fails does not stop the others.

readonly logs=target/test-logs

# ---- the parts ----

check() {
  cargo fmt --all --check
  cargo fmt --check --manifest-path examples/mdbook-pollscope/Cargo.toml
  cargo clippy --locked --manifest-path examples/mdbook-pollscope/Cargo.toml --all-targets -- -D warnings
  # With every feature; then with none, and with each alone, since features only add.
  cargo clippy --all-targets --all-features -- -D warnings
  cargo clippy --package pollscope-lowering --package pollscope-cli --all-targets -- -D warnings
  local feature
  for feature in "" types js small; do cargo clippy --features "$feature" -- -D warnings; done
  cargo clippy --target "$wasm_target" -- -D warnings
  cargo clippy --target "$wasm_target" --workspace --exclude pollscope-cli --features js --lib --bins --example watch_wasm_bindgen --example wakes --test browser -- -D warnings
  check_benches
  www/node_modules/.bin/tsc -p www
}

# The engine in benches/fuel is not linted: that would compile all of wasmtime once more.
check_benches() {
  cargo fmt --check --manifest-path benches/Cargo.toml --all
  cargo fmt --check --manifest-path benches/fuel/Cargo.toml
  local features
  for features in "" peers zero-cost traits record replay watch event-loop; do
    cargo clippy --manifest-path benches/Cargo.toml --locked --target "$wasm_target" --features "$features" -- -D warnings
  done
}

native_tests() {
  cargo test --no-fail-fast
  # The engine of the workbench is a crate of its own, and so is the program for a shell.
  cargo test --no-fail-fast --package pollscope-lowering
  cargo test --no-fail-fast --package pollscope-cli
  # And what puts scenarios into books.
  cargo test --no-fail-fast --locked --manifest-path examples/mdbook-pollscope/Cargo.toml
}

# What is exported is given to the parser of the tool that it is for.
perfetto_tests() {
  need_perfetto || { say "no exported run was given to Perfetto's own parser: Python, pip or the package cannot be had"; return; }
  local file exported=target/exported
  mkdir -p "$exported"
  for file in tests/format/*.trace; do
    cargo run --quiet --package pollscope-cli --bin pollscope -- export --perfetto "$file" >"$exported/$(basename "$file" .trace).pftrace"
  done
  PYTHONPATH=$perfetto_root python3 src/cli/tests/read_by_perfetto.py "$exported"/*.pftrace
}

# Twice, because src/interop and the boundaries exist on wasm32 only.
docs() {
  export RUSTDOCFLAGS="-D warnings"
  cargo doc --no-deps
  cargo doc --no-deps --package pollscope-lowering --package pollscope-cli
  cargo doc --no-deps --target "$wasm_target" --workspace --features js
}

# Headless, by the test runner that comes with wasm-bindgen. webdriver.json is its configuration. In Chromium, and in the other
# engines that can be had.
browser_tests() {
  need_wasm_bindgen
  browser_tests_in "CHROMEDRIVER=$(command -v chromedriver)"
  if have geckodriver && have_firefox; then browser_tests_in "GECKODRIVER=$(command -v geckodriver)"; else say "the browser tests did not run in Firefox: it, or geckodriver, is not here"; fi
  if have WebKitWebDriver && have xvfb-run; then
    # It refuses what is said to the others.
    echo '{}' >target/webkit.json
    WASM_BINDGEN_TEST_WEBDRIVER_JSON=$PWD/target/webkit.json \
      browser_tests_in "SAFARIDRIVER=$(command -v WebKitWebDriver)" xvfb-run -a
  else
    say "the browser tests did not run in WebKit: it, or Xvfb, is not here"
  fi
}

# browser_tests_in <the driver's variable> [what cargo is run by]
browser_tests_in() {
  local said=target/browser-tests.log
  local run=(env -u CHROMEDRIVER -u GECKODRIVER -u SAFARIDRIVER CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER=wasm-bindgen-test-runner
    WASM_BINDGEN_TEST_ONLY_WEB=1 WASM_BINDGEN_TEST_TIMEOUT=120 "$1" "${@:2}" cargo test --target "$wasm_target" --features js --test browser)
  "${run[@]}" 2>&1 | tee "$said" && return
  # On a busy machine the runner's own server now and then leaves one script unanswered: no test has begun then.
  grep -q 'Loading scripts\.\.\.Failed to detect test' "$said" || return 1
  say "the test runner's server left a script unanswered: once more"
  "${run[@]}"
}

# A page that hangs would hang its test with it: hence a limit, which holds for each file as a whole. The longest looks at
# all scenarios and takes 100 s on an idle machine, over 300 beside Miri and the compiler. Files run side by side, each in a browser of its
# own; one more than there are cores, because tests wait, too.
page_tests() {
  node --test --test-concurrency=$(($(nproc) + 1)) --test-timeout=900000 --test-reporter=spec tests/page/*.test.mjs
}

package_tests() { tests/package/test.sh; }

instruction_counts() {
  build_contest bare zero-cost traits record replay watch
  need_fuel
  node --test --test-reporter=spec benches/counts.test.mjs
}

# Under a cfg of its own, which nothing else is built with: hence a target folder of its own.
loom_tests() { RUSTFLAGS="--cfg loom" CARGO_TARGET_DIR=$PWD/target/loom cargo test --release --test loom; }

# ---- Miri ----

# What Miri's answer depends on: the rooms with unsafe code and the interface that they report to, the tests that go
# through it, and who compiles all of it.
readonly miri_inputs=(
  src/alloc.rs src/clock.rs src/executor src/sorting.rs src/pinning src/prelude src/record/recorder.rs
  src/scenario/moving src/scenario/pin_ways src/scenario/projection src/watch
  tests/changes.rs tests/executor tests/executor_model tests/executor_safety tests/pinning tests/prelude
  tests/watch tests/wrong tests/suite.sh Cargo.toml Cargo.lock
)
# Symbols that the linker of wasm32 makes, whose addresses alone are taken: there is nothing for Miri to run.
readonly linker_symbols=src/wasm/runner/src/lib.rs

# Not again for inputs that it passed before, in this clone or another one of this user's.
miri() {
  local other
  # As code has it: an attribute in a program that is written for a compiler is none.
  other=$(grep -rlE '\bunsafe (impl|fn|trait|extern|\{)' src --include='*.rs' |
    grep -vE "^($(IFS='|'; echo "${miri_inputs[*]}|$linker_symbols"))(/|$)") || true
  [[ -z $other ]] || die "unsafe code that is not among Miri's inputs: $other"
  local key stamp
  key=$({ echo "$nightly"; find "${miri_inputs[@]}" -type f -print0 | LC_ALL=C sort -z | xargs -0 sha256sum; } | sha256sum)
  stamp="$tools/passed/miri-${key:0:32}"
  if [[ -e $stamp ]]; then
    say "Miri passed before for these inputs, on $(<"$stamp"); it is not run again (rm $stamp)"
    return
  fi
  need_miri
  miri_finds_what_is_wrong
  miri_model target/miri &
  local first=$!
  RUSTFLAGS="--cfg one_thread" miri_model target/miri-one-thread -Zmiri-tree-borrows &
  # One that fails does not stop the other.
  local failed=0
  wait $first || failed=1
  wait $! || failed=1
  ((failed == 0)) || return 1
  mkdir -p "${stamp%/*}"
  date -u '+%Y-%m-%d %H:%M UTC' >"$stamp"
}

# miri_model <target folder> [flag]: all that touches unsafe, under stacked borrows; under another model of borrows what
# the executor does, as it does it on wasm32, where nothing of it is atomic.
miri_model() {
  export CARGO_TARGET_DIR=$PWD/$1 MIRIFLAGS="-Zmiri-strict-provenance ${2-}"
  # Cargo does not know that it builds for Miri; its table of what Miri's tests need does.
  export RUSTFLAGS="${RUSTFLAGS-} --cfg miri"
  local tests=(--test changes --test executor --test executor_safety)
  local leaking=("${tests[@]}")
  # After a panic the executor forgets its tasks, as an abort would: the one leak that is meant.
  local leaks=(promise_8_a_panic_ends_the_run after_a_panic panic_that_is_asked_for)
  # The odd programs are run without a recorder; the others, and any program of the model, with one. What takes very many
  # tasks, or touches nothing unsafe, is for the native tests.
  local skipped=(::recorded:: is_given_back a_million orders_differ finds_nothing offered_change coin_is
    run_without_changes changes_of_a_run_are_named many_polls_out_of_turn "${leaks[@]}")
  if (($# == 1)); then
    tests+=(--test executor_model --test pinning --test prelude)
    leaking+=(--test prelude)
    miri_test --lib -- alloc:: executor:: pinning:: prelude:: projection::
    miri_test --test watch
  else
    skipped+=(another_thread may_be_sent)
  fi
  miri_test "${tests[@]}" -- "${skipped[@]/#/--skip=}"
  MIRIFLAGS+=" -Zmiri-ignore-leaks" miri_test "${leaking[@]}" -- --skip=::recorded:: "${leaks[@]}"
}

# miri_test <cargo's options>: a file of which no test ran was asked for in vain, as after a renaming.
miri_test() {
  local said=$CARGO_TARGET_DIR/said.log
  mkdir -p "$CARGO_TARGET_DIR"
  cargo "+$nightly" miri test "$@" 2>&1 | tee "$said"
  ! grep -q '^test result: ok\. 0 passed' "$said" || die "no test of a file ran under Miri: $*"
}

# Programs that break what `Pin` promises, as the page shows them: each is undefined behaviour, in Miri's words. What it
# says is kept beside the program, without the numbers of allocations and the backtrace (UPDATE_EXPECT=1 writes it anew).
miri_finds_what_is_wrong() {
  local folder=src/scenario/projection program sysroot said
  sysroot=$(cargo "+$nightly" miri setup --print-sysroot)
  for program in "$folder"/*.miri; do
    program=$(basename "$program" .miri)
    said=$("$(rustup which --toolchain "$nightly" miri)" --sysroot "$sysroot" --edition 2024 tests/wrong/root.rs -- "$program" 2>&1) &&
      die "Miri finds nothing wrong with $program.rs"
    said=$(sed -E '/= note: stack backtrace:/,$d; s|tests/wrong/\.\./\.\./'"$folder"'/||; s/alloc[0-9]+/alloc/' <<<"$said")
    [[ ${UPDATE_EXPECT-} != 1 ]] || echo "$said" >"$folder/$program.miri"
    diff "$folder/$program.miri" - <<<"$said" || die "Miri says something else of $program.rs"
  done
}

# ---- what moves with the compiler ----

# drift [toolchain...]: the pinned compiler against others. It compiles everything anew for each, which takes minutes.
drift() {
  (($#)) || set -- stable nightly
  local toolchain
  for toolchain in "$@"; do
    rustup toolchain install "$toolchain" --profile minimal --target "$wasm_target" --no-self-update ||
      die "rustup could not install $toolchain"
  done
  node tests/drift.mjs "$@"
}

# ---- running them ----

# part <title> <command>: runs one part in a shell of its own, and says how it went when it is over: in a line if it passed,
# in full if not. Leaves `passed failed` in the logs' folder, and never fails itself: in a condition bash would go on
# after a failing line inside of the command.
part() {
  local title=$1 command=$2 started=$SECONDS status=0
  local log="$logs/${title// /-}.log"
  echo "== $title: begun at $SECONDS s"
  ( set -e; "$command" ) >"$log" 2>&1 &
  wait $! || status=$?
  local passed failed
  read -r passed failed < <(count_tests "$log")
  if ((status == 0)); then
    # Miri runs tests again that were counted already.
    local note=", $passed tests"
    [[ $title != miri ]] || { passed=0; note=; }
    echo "$passed 0" >"${log%.log}.result"
    # Everything in one write, so that the lanes' lines do not mix.
    printf '%s\n' "$(grep -E '^build\.sh: ' "$log")" "== $title: ok$note, $((SECONDS - started)) s ($log)" | grep .
  else
    # A part without tests of its own (check, docs) fails as one.
    echo "$passed $((failed > 0 ? failed : 1))" >"${log%.log}.result"
    printf '%s\n' "$(<"$log")" "== $title: FAILED, $passed tests passed, $failed failed, $((SECONDS - started)) s ($log)"
  fi
}

# Sums `test result: ok. 3 passed; 0 failed` (cargo, wasm-bindgen) and `ℹ pass 3`, `ℹ fail 0` (node).
count_tests() {
  awk '
    /^test result:/ { passed += $4; failed += $6 }
    $2 == "pass" && NF == 3 { passed += $3 }
    $2 == "fail" && NF == 3 { failed += $3 }
    END { print passed + 0, failed + 0 }' "$1"
}

# What has target/. Nothing else there means much if there is no build.
lane_of_the_clone() {
  part build build
  [[ $(<"$logs/build.result") == *' 0' ]] || return 0
  part check check
  part "native tests" native_tests
  part perfetto perfetto_tests
  part docs docs
  part "other engines" need_engines
  part package package_tests
  part "browser tests" browser_tests
  part "page tests" page_tests
}

# What has folders of its own.
lane_beside() {
  part "instruction counts" instruction_counts
  part loom loom_tests
  part miri miri
}

run_tests() {
  need_rust
  need_browser
  need_node
  rm -rf "$logs"
  mkdir -p "$logs"
  lane_of_the_clone &
  lane_beside &
  wait
  local passed failed
  read -r passed failed < <(cat "$logs"/*.result | awk '{ passed += $1; failed += $2 } END { print passed + 0, failed + 0 }')
  echo "$passed passed, $failed failed"
  ((failed == 0))
}
