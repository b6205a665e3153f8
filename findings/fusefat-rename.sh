#!/usr/bin/env bash
# fusefat 0.1a (Debian 12): a directory that is renamed loses its files.
#
# Expected: the directory under its new name, with its files in it.
# Seen: success, and it is empty under its new name. The file system keeps the lost file's cluster:
# fsck.vfat finds one that nobody has.
set -euo pipefail

DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends \
    fusefat=0.1a-3 dosfstools=4.2-1 python3 >/dev/null 2>&1 || {
    printf 'not verified: this system does not have %s\n' 'fusefat=0.1a-3 dosfstools=4.2-1 python3' >&2
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
mkfs.vfat disk >/dev/null
fusefat -o rw+ "$work/disk" "$work/mount" >/dev/null 2>&1

seen="$(
    python3 - <<'PYTHON'
import os
import subprocess

os.mkdir("mount/old")
with open("mount/old/file", "w") as file:
    file.write("text")
print("old holds", os.listdir("mount/old"))
os.rename("mount/old", "mount/new")
print("new holds", os.listdir("mount/new"))
subprocess.run(["umount", "mount"], check=True)
said = subprocess.run(["fsck.vfat", "-n", "disk"], capture_output=True, text=True).stdout
print("fsck.vfat:", *(line.strip() for line in said.splitlines() if "unused cluster" in line))
PYTHON
)"

printf '%s\n' "$seen"
was="$(
    cat <<'END'
old holds ['file']
new holds []
fsck.vfat: Reclaimed 1 unused cluster (2048 bytes).
END
)"
if [[ "$seen" != "$was" ]]; then
    printf 'the behaviour has changed; it was:\n%s\n' "$was" >&2
    exit 1
fi
