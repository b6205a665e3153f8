#!/usr/bin/env bash
# exfat-fuse 1.3.0 (Debian 12): creating a file whose name exFAT does not allow fails with ENOENT.
#
# Expected: EINVAL, which is what the kernel's own driver gives and what a program can explain.
# Seen: "No such file or directory" for the creation of a file in a directory that is there; a program
# that creates missing folders on that code does so in vain.
set -euo pipefail

DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends \
    exfat-fuse=1.3.0+git20220115-2 exfatprogs=1.2.0-1+deb12u1 python3 >/dev/null 2>&1 || {
    printf 'not verified: this system does not have %s\n' 'exfat-fuse=1.3.0+git20220115-2 exfatprogs=1.2.0-1+deb12u1 python3' >&2
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

truncate -s 16M disk
mkfs.exfat disk >/dev/null
device="$(losetup --find --show disk)"
mount.exfat-fuse "$device" mount >/dev/null 2>&1
# It goes as soon as it is unmounted.
losetup --detach "$device"

seen="$(
    python3 - <<'PYTHON'
import os

for name in ("plain", "a:b", "a?b", "a*b", "a|b", 'a"b', "a<b", "a\\b", "tab\t"):
    try:
        open(os.path.join("mount", name), "x").close()
        print(repr(name), "is made")
    except OSError as error:
        print(repr(name), "-", error.strerror)
PYTHON
)"

printf '%s\n' "$seen"
was="$(
    cat <<'END'
'plain' is made
'a:b' - No such file or directory
'a?b' - No such file or directory
'a*b' - No such file or directory
'a|b' - No such file or directory
'a"b' - No such file or directory
'a<b' - No such file or directory
'a\\b' - No such file or directory
'tab\t' - No such file or directory
END
)"
if [[ "$seen" != "$was" ]]; then
    printf 'the behaviour has changed; it was:\n%s\n' "$was" >&2
    exit 1
fi
