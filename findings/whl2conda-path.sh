#!/usr/bin/env bash
# whl2conda 26.7.2: a wheel for a platform and any Python 3 becomes a conda package that no Python
# finds.
#
# Expected: `py3-none-PLATFORM` is what the wheels of programs that are not written in Python are
# called; they carry a module or their metadata beside the program, and these belong where the
# Python of the environment looks. Made for one Python (`cp3N`), the package has them there.
# Seen: they are in `lib/python3/site-packages`, since the tag says 3 and no more. The conversion
# says nothing; the program is installed and runs, while the module cannot be imported and the
# distribution is not installed to whoever asks for its version.
set -euo pipefail

work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check whl2conda==26.7.2 wheel==0.48.0
cd -- "$work"

cat >make.py <<'PYTHON'
import base64
import hashlib
import sys
import zipfile

python = sys.argv[1]
tag = f"{python}-none-manylinux_2_17_x86_64"
info = "tool-1.0.dist-info"
files = {
    "tool/__init__.py": b"",
    "tool-1.0.data/scripts/tool": b"#!/bin/sh\necho hello\n",
    f"{info}/METADATA": b"Metadata-Version: 2.1\nName: tool\nVersion: 1.0\n",
    f"{info}/WHEEL": f"Wheel-Version: 1.0\nRoot-Is-Purelib: false\nTag: {tag}\n".encode(),
}
record = ""
for path, content in files.items():
    digest = base64.urlsafe_b64encode(hashlib.sha256(content).digest()).rstrip(b"=").decode()
    record += f"{path},sha256={digest},{len(content)}\n"
files[f"{info}/RECORD"] = f"{record}{info}/RECORD,,\n".encode()
with zipfile.ZipFile(f"tool-1.0-{tag}.whl", "w") as wheel:
    for path, content in files.items():
        item = zipfile.ZipInfo(path, (2026, 11, 29, 0, 0, 0))
        item.create_system = 3
        item.external_attr = (0o100755 if "scripts" in path else 0o100644) << 16
        wheel.writestr(item, content)
print(f"tool-1.0-{tag}.whl")
PYTHON
minor="$(venv/bin/python -c 'import sys; print(sys.version_info.minor)')"

# An environment of conda is laid out as one of venv; such a package is put there as it is.
convert() {
    local python="$1" wheel
    wheel="$(venv/bin/python make.py "$python")"
    # A wheel that is not valid would be no surprise.
    venv/bin/wheel unpack --dest "unpacked-$python" "$wheel" >/dev/null
    venv/bin/whl2conda convert --allow-impure --format tree --out-dir "conda-$python" "$wheel" \
        >log 2>&1
    python3 -m venv --without-pip "env-$python"
    cp -r "conda-$python"/*/bin "conda-$python"/*/lib "env-$python"
    printf '  warnings: %d\n' "$(grep -ci warn log || true)"
    printf '  the module: %s\n' "$(cd "conda-$python"/* && find . -name __init__.py)"
    printf '  the command: %s\n' "$("env-$python/bin/tool")"
    "env-$python/bin/python" - <<'PYTHON'
import importlib.metadata
import importlib.util

found = importlib.util.find_spec("tool") is not None
names = [item.name for item in importlib.metadata.distributions()]
print("  import tool:", "found" if found else "not found")
print("  installed, as it is told to Python:", "tool" in names)
PYTHON
}

seen="$(
    printf 'py3-none-manylinux_2_17_x86_64\n'
    convert py3
    printf 'cp3N-none-manylinux_2_17_x86_64\n'
    convert "cp3$minor" | sed "s/python3\.$minor/python3.N/"
)"

printf '%s\n' "$seen"
was="$(
    cat <<'END'
py3-none-manylinux_2_17_x86_64
  warnings: 0
  the module: ./lib/python3/site-packages/tool/__init__.py
  the command: hello
  import tool: not found
  installed, as it is told to Python: False
cp3N-none-manylinux_2_17_x86_64
  warnings: 0
  the module: ./lib/python3.N/site-packages/tool/__init__.py
  the command: hello
  import tool: found
  installed, as it is told to Python: True
END
)"
if [[ "$seen" != "$was" ]]; then
    printf 'the behaviour has changed; it was:\n%s\n' "$was" >&2
    exit 1
fi
