#!/usr/bin/env bash
# fuse-zip 0.5.0 (Debian 12): a directory can be renamed onto one that is not empty; what the mount
# shows then is not what the archive gets.
#
# Expected: ENOTEMPTY or EEXIST, as rename(2) says, and both directories as they were.
# Seen: success. The mount shows the new files only; in the archive, both directories' files are in
# the one folder.
set -euo pipefail

DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends \
    fuse-zip=0.5.0-1+b1 python3 >/dev/null 2>&1 || {
    printf 'not verified: this system does not have %s\n' 'fuse-zip=0.5.0-1+b1 python3' >&2
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

fuse-zip "$work/archive.zip" "$work/mount"

seen="$(
    python3 - <<'PYTHON'
import os
import subprocess
import time
import zipfile
from pathlib import Path

for name in ("new", "full"):
    os.mkdir(f"mount/{name}")
    Path("mount", name, f"of-{name}").write_text("text")
try:
    os.rename("mount/new", "mount/full")
    print("rename: success")
except OSError as error:
    print("rename:", error.strerror)
print("the mount shows", sorted(os.listdir("mount")), os.listdir("mount/full"))
subprocess.run(["umount", "mount"], check=True)
for _ in range(100):
    # It writes the archive after it has been unmounted.
    if os.path.exists("archive.zip"):
        break
    time.sleep(0.1)
print("the archive has", sorted(zipfile.ZipFile("archive.zip").namelist()))
PYTHON
)"

printf '%s\n' "$seen"
was="$(
    cat <<'END'
rename: success
the mount shows ['full'] ['of-new']
the archive has ['full/', 'full/of-full', 'full/of-new']
END
)"
if [[ "$seen" != "$was" ]]; then
    printf 'the behaviour has changed; it was:\n%s\n' "$was" >&2
    exit 1
fi
