#!/usr/bin/env bash
# The crate as it ships: packed as for a registry, unpacked elsewhere, and used from an empty project that runs the
# README's first example. What the package forgets is missing there, and nowhere else.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
root=$PWD
export CARGO_TARGET_DIR="${CARGO_TARGET_DIR:-$root/target}"
# Outside of the clone: cargo and rustup would find its workspace and its toolchain above a folder within it.
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
# The pinned compiler, where no rust-toolchain.toml says so.
RUSTUP_TOOLCHAIN=$(sed -n 's/^channel = "\(.*\)"/\1/p' rust-toolchain.toml)
export RUSTUP_TOOLCHAIN

passed=0
pass() { echo "ok: $1"; passed=$((passed + 1)); }
fail() { echo "FAILED: $1"; echo "test result: FAILED. $passed passed; 1 failed"; exit 1; }

cargo package --quiet --package pollscope --no-verify --allow-dirty
tar -xzf "$CARGO_TARGET_DIR"/package/pollscope-[0-9]*.crate -C "$work"
mv "$work"/pollscope-* "$work/pollscope"

cd "$work"
for file in README.md LICENSE-APACHE LICENSE-MIT Cargo.lock src/lib.rs; do [[ -e pollscope/$file ]] || fail "$file is in the package"; done
! find pollscope -name node_modules -o -name '*.wasm' | grep . || fail "nothing that is built is in the package"
# Bytes of files, and not of a file system's blocks.
kib=$(find pollscope -type f -printf '%s\n' | awk '{ bytes += $1 } END { print int(bytes / 1024) }')
((kib < 2140)) || fail "the package has $kib KiB, at most 2070 are meant"
pass "the package holds what it needs, in $kib KiB"

mkdir -p empty/src
cat >empty/Cargo.toml <<'END'
[package]
name = "empty"
version = "0.0.0"
edition = "2024"

[dependencies]
pollscope = { path = "../pollscope" }

[workspace]
END
# The versions that are tested, so that a new release of another crate fails no run of this.
cp pollscope/Cargo.lock empty/
{
  echo 'fn main() {'
  awk '/^```/ { if (inside) exit; inside = $0 == "```rust"; next } inside' pollscope/README.md
  echo '}'
} >empty/src/main.rs
said=$(CARGO_TARGET_DIR="$CARGO_TARGET_DIR/package-user" cargo run --quiet --manifest-path empty/Cargo.toml) || fail "the README's example compiles and runs"
[[ $said == *awake* ]] || fail "the README's example says that it is awake, not: $said"
pass "an empty project runs the README's example"

# What a library must not bring along.
tree=$(cargo tree --quiet --manifest-path empty/Cargo.toml --edges normal --prefix none --format '{p}' | cut -d' ' -f1 | sort -u | tr '\n' ' ')
[[ $tree == *pollscope* ]] || fail "the tree of dependencies can be read: $tree"
! grep -wqE 'wasm-bindgen|js-sys|web-sys|tsify' <<<"$tree" || fail "no crate for JavaScript is among its dependencies: $tree"
pass "its default features bring no crate for JavaScript: $tree"

# The site, where it was built: twice the same bytes, in a folder with the version in its name.
if [[ -e $root/dist/index.html ]]; then
  version=$(sed -n 's/^version = "\(.*\)"/\1/p' "$root/Cargo.toml")
  for nth in 1 2; do "$root/www/archive.sh" "$root/dist" "pollscope-$version-site" "$nth.tar.gz"; touch "$root/dist/index.html"; done
  cmp 1.tar.gz 2.tar.gz || fail "an archive of the same site has the same bytes"
  tar -xzf 1.tar.gz && diff -r "$root/dist" "pollscope-$version-site" || fail "the archive holds the site"
  grep -q "Pollscope $version" "pollscope-$version-site/index.html" || fail "the page says its version"
  grep -q "^## $version" "$root/CHANGELOG.md" || fail "CHANGELOG.md speaks of $version"
  pass "the site's archive is reproducible, and of the version $version"
fi
echo "test result: ok. $passed passed; 0 failed"
