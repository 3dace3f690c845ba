#!/usr/bin/env bash
# archive.sh SITE NAME FILE: a built site as an archive that unpacks into a folder NAME. The same files make the same bytes: no owner,
# one time for all, in the order of their names.
set -euo pipefail
site=$1 name=$2 file=$3
tar=tar
"$tar" --version 2>/dev/null | grep -q GNU || tar=gtar
command -v "$tar" >/dev/null || { echo "archive.sh: GNU tar is missing: install it (on macOS 'brew install gnu-tar'), then run this again" >&2; exit 1; }
"$tar" --create --format=gnu --sort=name --owner=0 --group=0 --numeric-owner --mode='u=rwX,go=rX' --mtime='2026-01-01 00:00:00Z' \
  --transform="s,^\.,$name," --directory "$site" . | gzip -9n >"$file"
