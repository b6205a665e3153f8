#!/usr/bin/env bash
# gocryptfs 2.3 (Debian 12): a file that was just linked shows the size of what is stored for it.
#
# Expected: a hard link changes nothing of a file but the number of its names.
# Seen: until the kernel asks anew, by either name, the file shows the size of what is stored for it, 50
# bytes more for a short one, while reading gives the file as it is. A program that compares sizes
# before contents, as one that makes a backup by a link does, takes it for another file.
set -euo pipefail

DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends \
    gocryptfs=2.3-1+b4 fuse3 python3 >/dev/null 2>&1 || {
    printf 'not verified: this system does not have %s\n' 'gocryptfs=2.3-1+b4 fuse3 python3' >&2
    exit 2
}
work="$(mktemp -d)"
clean_up() {
    if mountpoint -q "$work/mount"; then
        umount "$work/mount" || umount --lazy "$work/mount"
    fi
    rm -rf "$work"
}
trap clean_up EXIT
cd -- "$work"
mkdir cipher mount

printf 'a password of this test\n' >password
gocryptfs -q -init -scryptn 10 -passfile password cipher
gocryptfs -q -nosyslog -passfile password cipher mount

seen="$(
    python3 - <<'PYTHON'
import os
from pathlib import Path

file, link = Path("mount/file"), Path("mount/link")
file.write_bytes(b"mine\n")
os.link(file, link)
print("shown:", file.stat().st_size, "and", link.stat().st_size)
print("read:", len(file.read_bytes()), "and", len(link.read_bytes()))
print("shown then:", file.stat().st_size, "and", link.stat().st_size)
PYTHON
)"

printf '%s\n' "$seen"
was="$(
    cat <<'END'
shown: 55 and 55
read: 5 and 5
shown then: 5 and 5
END
)"
if [[ "$seen" != "$was" ]]; then
    printf 'the behaviour has changed; it was:\n%s\n' "$was" >&2
    exit 1
fi
