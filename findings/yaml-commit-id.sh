#!/usr/bin/env bash
# PyYAML 6.0.4 and ruamel.yaml 0.19.1: what one writes as a text is a number to the other, such as a
# short commit id.
#
# Expected: a text that one library writes is a text to the other: a writer puts quotes round what
# looks like something else.
# Seen: PyYAML writes `12e45` and `0o17` without quotes, since the YAML 1.1 that it speaks wants a point
# in such a number; ruamel.yaml speaks 1.2 and reads 1.2e+46 and 15. The other way round it is `1:30`,
# which ruamel.yaml writes without quotes and PyYAML reads as 90.
set -euo pipefail

work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check PyYAML==6.0.4 ruamel.yaml==0.19.1
cd -- "$work"

seen="$(
    venv/bin/python - <<'PYTHON'
import io

import yaml
from ruamel.yaml import YAML

modern = YAML(typ="safe", pure=True)
modern.default_flow_style = False


def written(text):
    stream = io.StringIO()
    modern.dump({"id": text}, stream)
    return stream.getvalue()


for text in ("12e45", "0o17"):
    file = yaml.safe_dump({"id": text})
    print(f"PyYAML writes {file[4:].strip()}: ruamel.yaml reads {modern.load(file)['id']!r}")
for text in ("1:30", "off"):
    file = written(text)
    print(f"ruamel.yaml writes {file[4:].strip()}: PyYAML reads {yaml.safe_load(file)['id']!r}")
PYTHON
)"

printf '%s\n' "$seen"
was="$(
    cat <<'END'
PyYAML writes 12e45: ruamel.yaml reads 1.2e+46
PyYAML writes 0o17: ruamel.yaml reads 15
ruamel.yaml writes 1:30: PyYAML reads 90
ruamel.yaml writes off: PyYAML reads False
END
)"
if [[ "$seen" != "$was" ]]; then
    printf 'the behaviour has changed; it was:\n%s\n' "$was" >&2
    exit 1
fi
