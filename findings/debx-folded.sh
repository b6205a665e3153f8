#!/usr/bin/env bash
# debx 0.2.13: of a field that goes on after a tab, only the first line is read; a dependency is
# lost.
#
# Expected: a field of a control file goes on in each line that begins with a space or a tab; dpkg
# and python-debian take both. In a description, a line of two spaces or more is shown as it is,
# where others are filled.
# Seen: a line that begins with a tab is left out, and what it names is no longer needed. In a
# description, all lines begin with one space, so that a command that stood on its own becomes part
# of the paragraph. Nothing is said; what debx has read and written is good for dpkg-deb.
set -euo pipefail

work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check debx==0.2.13 python-debian==1.1.1
cd -- "$work"

{
    printf 'Package: tool\nVersion: 1.0\nArchitecture: all\n'
    printf 'Maintainer: Example <example@example.org>\n'
    printf 'Depends: bash (>= 5)\n\t, git\n'
    printf 'Description: creates projects\n It is called so:\n .\n   tool new site\n'
} >control

cat >read.py <<'PYTHON'
import json
import sys
from pathlib import Path

from debian.deb822 import Deb822 as Debian
from debx import DebBuilder, Deb822

text = Path("control").read_text()
print("python-debian:")
for name, value in Debian(text).items():
    if name in ("Depends", "Description"):
        print("  ", name, json.dumps(value))
print("debx:")
control = Deb822.parse(text)
for name, value in list(control.items())[4:]:
    print("  ", name, json.dumps(value))
for name, content in (("before", text), ("after", control.dump())):
    builder = DebBuilder()
    builder.add_control_entry("control", content)
    Path(f"{name}.deb").write_bytes(builder.pack())
PYTHON

seen="$(
    venv/bin/python read.py
    for name in before after; do
        printf 'dpkg, of the package %s:\n' "$name"
        for field in Depends Description; do
            dpkg-deb --field "$name.deb" "$field" | sed "s/^/   $field: /"
        done
    done
)"

printf '%s\n' "$seen"
was="$(
    cat <<'END'
python-debian:
   Depends "bash (>= 5)\n\t, git"
   Description "creates projects\n It is called so:\n .\n   tool new site"
debx:
   Depends "bash (>= 5)"
   Description "creates projects\nIt is called so:\n.\ntool new site"
dpkg, of the package before:
   Depends: bash (>= 5), git
   Description: creates projects
   Description:  It is called so:
   Description:  .
   Description:    tool new site
dpkg, of the package after:
   Depends: bash (>= 5)
   Description: creates projects
   Description:  It is called so:
   Description:  .
   Description:  tool new site
END
)"
if [[ "$seen" != "$was" ]]; then
    printf 'the behaviour has changed; it was:\n%s\n' "$was" >&2
    exit 1
fi
