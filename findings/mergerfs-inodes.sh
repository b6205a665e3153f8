#!/usr/bin/env bash
# mergerfs 2.33.5 (Debian 12): `inodecalc` has no effect unless `use_ino` is given, and nothing says
# so.
#
# Expected: hard links of one file have one inode number, as inodecalc=devino-hash promises, or the
# option is refused.
# Seen: the mount tells by its control file that it uses devino-hash, and the two names of one file
# have different inode numbers, so that a copy or a backup stores the file twice. The number of links
# is right. With `use_ino` the numbers are equal.
set -euo pipefail

DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends \
    mergerfs=2.33.5-1 python3 >/dev/null 2>&1 || {
    printf 'not verified: this system does not have %s\n' 'mergerfs=2.33.5-1 python3' >&2
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

mkdir branch

seen="$(
    python3 - <<'PYTHON'
import os
import subprocess

for options in ("inodecalc=devino-hash", "inodecalc=devino-hash,use_ino"):
    subprocess.run(["mergerfs", "-o", f"minfreespace=0,{options}", "branch", "mount"], check=True)
    with open("mount/one", "w") as file:
        file.write("text")
    os.link("mount/one", "mount/two")
    one, two = os.stat("mount/one"), os.stat("mount/two")
    said = os.getxattr("mount/.mergerfs", "user.mergerfs.inodecalc").decode()
    print(f"{options}: says {said}, {one.st_nlink} links, same inode: {one.st_ino == two.st_ino}")
    os.unlink("mount/one")
    os.unlink("mount/two")
    subprocess.run(["umount", "mount"], check=True)
PYTHON
)"

printf '%s\n' "$seen"
was="$(
    cat <<'END'
inodecalc=devino-hash: says devino-hash, 2 links, same inode: False
inodecalc=devino-hash,use_ino: says devino-hash, 2 links, same inode: True
END
)"
if [[ "$seen" != "$was" ]]; then
    printf 'the behaviour has changed; it was:\n%s\n' "$was" >&2
    exit 1
fi
