#!/usr/bin/env bash
# ntfs-3g 2022.10.3 (Debian 12), `-o permissions`: when permissions are used for the first time while
# the disk is full (and the list of those in use has to grow), no file can be created with them any more, not even when there is room again.
#
# Expected: creating fails with ENOSPC and makes nothing; with room, it succeeds.
# Seen: creating fails with ENOSPC and the file is there nevertheless. With room again, creating a
# file of another name with these permissions fails with EEXIST, and makes that as well.
set -euo pipefail

DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends \
    ntfs-3g=1:2022.10.3-1+deb12u4 python3 >/dev/null 2>&1 || {
    printf 'not verified: this system does not have %s\n' 'ntfs-3g=1:2022.10.3-1+deb12u4 python3' >&2
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

truncate -s 24M disk
mkntfs --quiet --fast --force disk >/dev/null 2>&1
ntfs-3g -o permissions disk mount >/dev/null 2>&1

seen="$(
    python3 - <<'PYTHON'
import os


def create(name, mode):
    before = os.path.lexists(f"mount/{name}")
    try:
        os.close(os.open(f"mount/{name}", os.O_CREAT | os.O_EXCL | os.O_WRONLY, mode))
        said = "success"
    except OSError as error:
        said = error.strerror
    after = os.path.lexists(f"mount/{name}")
    print(f"{name} with {mode:o}: {said}; there before: {before}, after: {after}")


create("first", 0o644)
with open("mount/filler", "wb", buffering=0) as filler:
    size = 1 << 20
    while size >= 1:
        try:
            filler.write(b"x" * size)
        except OSError:
            size >>= 1
print("no room")
create("usual", 0o644)
create("second", 0o640)
create("third", 0o604)
os.unlink("mount/filler")
print("room")
create("other", 0o644)
create("fourth", 0o604)
PYTHON
)"

printf '%s\n' "$seen"
was="$(
    cat <<'END'
first with 644: success; there before: False, after: True
no room
usual with 644: success; there before: False, after: True
second with 640: success; there before: False, after: True
third with 604: No space left on device; there before: False, after: True
room
other with 644: success; there before: False, after: True
fourth with 604: File exists; there before: False, after: True
END
)"
if [[ "$seen" != "$was" ]]; then
    printf 'the behaviour has changed; it was:\n%s\n' "$was" >&2
    exit 1
fi
