#!/usr/bin/env bash
# wheel-metadata-injector 0.0.6: the wheel that it writes is refused by whoever checks it, and its
# command cannot be run.
#
# Expected: a digest in RECORD is written in base64 for URLs, without `=`; a file that was
# executable in the wheel is so in the new one, to which one file was added.
# Seen: the digest of the added file is in hexadecimal digits. pip and uv do not look and install
# it; wheel and installer tell of a file that was changed. All modes are lost, so that a program in
# `.data/scripts` is no longer executable: with uv it runs, with pip it does not.
set -euo pipefail

work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check \
    wheel-metadata-injector==0.0.6 wheel==0.48.0 installer==1.1.0 uv==0.13.9
cd -- "$work"

cat >tool <<'SH'
#!/bin/sh
echo hello
SH
chmod 755 tool
name=tool-1.0-py3-none-any.whl
mkdir before after
venv/bin/python - before/$name <<'PYTHON'
import base64
import hashlib
import sys
import zipfile
from pathlib import Path

info = "tool-1.0.dist-info"
files = {
    "tool-1.0.data/scripts/tool": Path("tool").read_bytes(),
    f"{info}/METADATA": b"Metadata-Version: 2.1\nName: tool\nVersion: 1.0\n",
    f"{info}/WHEEL": b"Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
}
record = ""
for path, content in files.items():
    digest = base64.urlsafe_b64encode(hashlib.sha256(content).digest()).rstrip(b"=").decode()
    record += f"{path},sha256={digest},{len(content)}\n"
files[f"{info}/RECORD"] = f"{record}{info}/RECORD,,\n".encode()
with zipfile.ZipFile(sys.argv[1], "w") as wheel:
    for path, content in files.items():
        item = zipfile.ZipInfo(path, (2026, 11, 29, 0, 0, 0))
        item.create_system = 3
        item.external_attr = (0o100755 if "scripts" in path else 0o100644) << 16
        wheel.writestr(item, content)
PYTHON
EXAMPLE=1 venv/bin/wheel-metadata-injector before/$name -o after/$name -v EXAMPLE >log 2>&1

answer() {
    local name="$1"
    shift
    if "$@" >out 2>&1; then
        printf '  %s: good\n' "$name"
    else
        printf '  %s: refused\n' "$name"
    fi
}

seen="$(
    for folder in before after; do
        printf '%s\n' "$folder"
        venv/bin/python - "$folder/$name" <<'PYTHON'
import re
import sys
import zipfile

with zipfile.ZipFile(sys.argv[1]) as wheel:
    mode = wheel.getinfo("tool-1.0.data/scripts/tool").external_attr >> 16
    record = wheel.read("tool-1.0.dist-info/RECORD").decode()
print(f"  mode of the program: {mode & 0o777:o}")
for path, digest in re.findall("(.+),sha256=(.+),", record):
    kind = "hexadecimal" if re.fullmatch("[0-9a-f]{64}", digest) else "base64"
    print(f"  {path}: {kind}, {len(digest)} characters")
PYTHON
        answer "wheel unpack" venv/bin/wheel unpack --dest "unpacked-$folder" "$folder/$name"
        python3 -m venv "checked-$folder"
        answer "installer, checking all" venv/bin/python -m installer \
            --prefix "$work/checked-$folder" --validate-record all "$folder/$name"
        python3 -m venv "pip-$folder"
        answer "pip install" "pip-$folder/bin/pip" install \
            --disable-pip-version-check --no-index "$folder/$name"
        answer "the command by pip" "pip-$folder/bin/tool"
        python3 -m venv --without-pip "uv-$folder"
        answer "uv pip install" venv/bin/uv pip install --offline --no-cache --no-config \
            --python "uv-$folder/bin/python" "$folder/$name"
        answer "the command by uv" "uv-$folder/bin/tool"
    done
)"

printf '%s\n' "$seen"
was="$(
    cat <<'END'
before
  mode of the program: 755
  tool-1.0.data/scripts/tool: base64, 43 characters
  tool-1.0.dist-info/METADATA: base64, 43 characters
  tool-1.0.dist-info/WHEEL: base64, 43 characters
  wheel unpack: good
  installer, checking all: good
  pip install: good
  the command by pip: good
  uv pip install: good
  the command by uv: good
after
  mode of the program: 644
  tool-1.0.data/scripts/tool: base64, 43 characters
  tool-1.0.dist-info/METADATA: base64, 43 characters
  tool-1.0.dist-info/WHEEL: base64, 43 characters
  tool-1.0.dist-info/WHEEL.metadata: hexadecimal, 64 characters
  wheel unpack: refused
  installer, checking all: refused
  pip install: good
  the command by pip: refused
  uv pip install: good
  the command by uv: good
END
)"
if [[ "$seen" != "$was" ]]; then
    printf 'the behaviour has changed; it was:\n%s\n' "$was" >&2
    exit 1
fi
