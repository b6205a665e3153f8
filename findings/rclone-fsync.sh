#!/usr/bin/env bash
# rclone 1.60.1 (Debian 12), `rclone mount` without a cache: fsync says that a file is safe which
# then cannot be stored.
#
# Expected: on a full disk write or fsync fails; after fsync has succeeded, the bytes are stored.
# Seen: both succeed, and only close fails. Until a new look the mount shows the whole size.
set -euo pipefail

DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends \
    rclone=1.60.1+dfsg-2+b5 fuse3 python3 >/dev/null 2>&1 || {
    printf 'not verified: this system does not have %s\n' 'rclone=1.60.1+dfsg-2+b5 fuse3 python3' >&2
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

mkdir small
mount -t tmpfs -o size=16k,nr_inodes=0 tmpfs small

rclone --config /dev/null mount "$work/small" mount --vfs-cache-mode off --daemon 2>/dev/null

seen="$(
    python3 - <<'PYTHON'
import os

data = os.open("mount/file", os.O_CREAT | os.O_EXCL | os.O_WRONLY)
for name, call in (
    ("write", lambda: os.write(data, b"x" * 30_000)),
    ("fsync", lambda: os.fsync(data)),
    ("close", lambda: os.close(data)),
):
    try:
        call()
        print(f"{name}: success")
    except OSError as error:
        print(f"{name}:", error.strerror)
stored = os.path.getsize("small/file") if os.path.exists("small/file") else 0
print("all is stored:", stored == 30_000)
PYTHON
)"

printf '%s\n' "$seen"
was="$(
    cat <<'END'
write: success
fsync: success
close: Input/output error
all is stored: False
END
)"
if [[ "$seen" != "$was" ]]; then
    printf 'the behaviour has changed; it was:\n%s\n' "$was" >&2
    exit 1
fi
