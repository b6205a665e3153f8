#!/usr/bin/env bash
# archivemount 0.8.7 (Debian 12): a rename reports success and loses what was to be renamed.
#
# Expected: as rename(2) says, a file that is renamed takes the place of one that is there, and a
# directory takes the place of an empty one with all that is in it.
# Seen: both calls succeed. The file's new text is gone and the old one stays; the directory is
# there under its new name, without its files.
set -euo pipefail

DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends \
    archivemount=0.8.7-1+b1 python3 >/dev/null 2>&1 || {
    printf 'not verified: this system does not have %s\n' 'archivemount=0.8.7-1+b1 python3' >&2
    exit 2
}
work="$(mktemp -d)"
clean_up() {
    for folder in "$work"/mount "$work"/small; do
        if mountpoint -q "$folder"; then
            umount "$folder" || umount --lazy "$folder"
        fi
    done
    rm -rf "$work"
}
trap clean_up EXIT
cd -- "$work"
mkdir mount

mkdir empty
tar -C empty -cf archive.tar .
archivemount archive.tar mount

seen="$(
    python3 - <<'PYTHON'
import os
from pathlib import Path

os.chdir("mount")
Path("new").write_text("new text")
Path("old").write_text("old text")
os.rename("new", "old")
print("file: new is", "there" if Path("new").exists() else "gone", "- old holds:", Path("old").read_text())
os.mkdir("full")
Path("full/file").write_text("text")
os.mkdir("empty")
os.rename("full", "empty")
print("directory: full is", "there" if Path("full").exists() else "gone", "- empty holds:", os.listdir("empty"))
PYTHON
)"

printf '%s\n' "$seen"
was="$(
    cat <<'END'
file: new is gone - old holds: old text
directory: full is gone - empty holds: []
END
)"
if [[ "$seen" != "$was" ]]; then
    printf 'the behaviour has changed; it was:\n%s\n' "$was" >&2
    exit 1
fi
