#!/usr/bin/env bash
# py-spdx-license 0.0.1: sorting an expression loses a licence that one could choose.
#
# Expected: `sort()` puts the licences of an expression in one order and drops those that are there
# twice, which is what it says; what may be chosen stays the same.
# Seen: of five licences joined by OR in two groups, four are left, and the lost one is not there
# twice. Two expressions that offer different licences are the same when they are sorted, so that a
# comparison calls them equal. Without the groups, and joined by AND, all five stay.
set -euo pipefail

work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check \
    py-spdx-license==0.0.1 license-expression==30.4.4
cd -- "$work"

seen="$(
    venv/bin/python - <<'PYTHON'
from license_expression import get_spdx_licensing
from py_spdx_license.ast import parse

other = get_spdx_licensing()
for text in (
    "(Apache-2.0 OR (BSD-3-Clause OR ISC)) OR (MIT OR Zlib)",
    "BSD-3-Clause OR ISC OR MIT OR Zlib",
    "Apache-2.0 OR BSD-3-Clause OR ISC OR MIT OR Zlib",
    "(Apache-2.0 AND (BSD-3-Clause AND ISC)) AND (MIT AND Zlib)",
):
    print(text)
    print("  py-spdx-license   ", parse(text).sort().to_string())
    print("  license-expression", other.parse(text, validate=True).simplify())
PYTHON
)"

printf '%s\n' "$seen"
was="$(
    cat <<'END'
(Apache-2.0 OR (BSD-3-Clause OR ISC)) OR (MIT OR Zlib)
  py-spdx-license    BSD-3-Clause OR ISC OR MIT OR Zlib
  license-expression Apache-2.0 OR BSD-3-Clause OR ISC OR MIT OR Zlib
BSD-3-Clause OR ISC OR MIT OR Zlib
  py-spdx-license    BSD-3-Clause OR ISC OR MIT OR Zlib
  license-expression BSD-3-Clause OR ISC OR MIT OR Zlib
Apache-2.0 OR BSD-3-Clause OR ISC OR MIT OR Zlib
  py-spdx-license    Apache-2.0 OR BSD-3-Clause OR ISC OR MIT OR Zlib
  license-expression Apache-2.0 OR BSD-3-Clause OR ISC OR MIT OR Zlib
(Apache-2.0 AND (BSD-3-Clause AND ISC)) AND (MIT AND Zlib)
  py-spdx-license    Apache-2.0 AND BSD-3-Clause AND ISC AND MIT AND Zlib
  license-expression Apache-2.0 AND BSD-3-Clause AND ISC AND MIT AND Zlib
END
)"
if [[ "$seen" != "$was" ]]; then
    printf 'the behaviour has changed; it was:\n%s\n' "$was" >&2
    exit 1
fi
