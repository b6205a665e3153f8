#!/usr/bin/env bash
# sshfs 3.7.3 (Debian 12): on a remote disk that takes no further file, mkdir says that the directory
# exists.
#
# Expected: ENOSPC or, as the protocol has no word for that, EIO; never a reason that is false.
# Seen: mkdir fails with EEXIST although nothing has that name, as the lookup right after it says. A
# program that takes the code at its word looks for another process that made the directory. Creating
# a file fails with EPERM, and where there is no room for bytes only a close or a later write does.
set -euo pipefail

DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends \
    "sshfs=3.7.3-1.2~deb12u1" openssh-sftp-server python3 >/dev/null 2>&1 || {
    printf 'not verified: this system does not have %s\n' 'sshfs=3.7.3-1.2~deb12u1 openssh-sftp-server python3' >&2
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
mount -t tmpfs -o size=1m,nr_inodes=8 tmpfs small

# No network is needed: sshfs speaks to the server through the standard streams.
printf '#!/bin/sh\nexec /usr/lib/openssh/sftp-server\n' >server
chmod +x server
sshfs -o ssh_command="$work/server" here:"$work/small" mount

seen="$(
    python3 - <<'PYTHON'
import os

os.chdir("mount")
made = 0
while made < 100:
    try:
        open(f"file-{made}", "x").close()
    except OSError as error:
        print("creating a file:", error.strerror)
        break
    made += 1
try:
    os.mkdir("directory")
except OSError as error:
    print("mkdir:", error.strerror)
print("directory is there:", os.path.lexists("directory"))
PYTHON
)"

printf '%s\n' "$seen"
was="$(
    cat <<'END'
creating a file: Operation not permitted
mkdir: File exists
directory is there: False
END
)"
if [[ "$seen" != "$was" ]]; then
    printf 'the behaviour has changed; it was:\n%s\n' "$was" >&2
    exit 1
fi
