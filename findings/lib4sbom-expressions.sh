#!/usr/bin/env bash
# lib4sbom 0.10.4: a package of two licences has none, unless the first is one's own.
#
# Expected: the licence of a package in SPDX is an expression; `MIT OR Apache-2.0` is one as `MIT`
# is, and read and written again it is what it was. `NOASSERTION` says that nothing is said.
# Seen: with AND or OR in it, a licence is unknown when it is read, and NOASSERTION when it is
# written. It stays if it begins with a `LicenseRef-`; the same two the other way round are lost.
# With an exception (WITH) it stays. Asked about the expression by itself, the library knows it.
set -euo pipefail

work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check \
    lib4sbom==0.10.4 spdx-tools==0.8.5
cd -- "$work"

cat >make.py <<'PYTHON'
import json
import sys

package = {
    "SPDXID": "SPDXRef-tool",
    "name": "tool",
    "versionInfo": "1.0",
    "downloadLocation": "NOASSERTION",
    "filesAnalyzed": False,
    "licenseDeclared": sys.argv[1],
}
document = {
    "spdxVersion": "SPDX-2.3",
    "dataLicense": "CC0-1.0",
    "SPDXID": "SPDXRef-DOCUMENT",
    "name": "example",
    "documentNamespace": "https://example.org/spdx/example",
    "creationInfo": {"created": "2026-11-29T00:00:00Z", "creators": ["Tool: example-1.0"]},
    "packages": [package],
    "documentDescribes": ["SPDXRef-tool"],
}
if "LicenseRef-own" in sys.argv[1]:
    document["hasExtractedLicensingInfos"] = [
        {"licenseId": "LicenseRef-own", "extractedText": "Do as you like.", "name": "Own"}
    ]
print(json.dumps(document))
PYTHON
cat >through.py <<'PYTHON'
import contextlib
import io
import json

from lib4sbom.generator import SBOMGenerator
from lib4sbom.license import LicenseScanner
from lib4sbom.parser import SBOMParser

declared = json.load(open("from.spdx.json"))["packages"][0]["licenseDeclared"]
parser = SBOMParser()
parser.parse_file("from.spdx.json")
(package,) = parser.get_packages()
generator = SBOMGenerator(sbom_type="spdx", format="json")
with contextlib.redirect_stdout(io.StringIO()):
    generator.generate("tool", parser.get_sbom(), filename="to.spdx.json")
(written,) = json.load(open("to.spdx.json"))["packages"]
print(declared)
print("  by itself:", LicenseScanner().find_license(declared))
print("  read:     ", package["licensedeclared"])
print("  written:  ", written["licenseDeclared"])
PYTHON

seen="$(
    for licence in "MIT" "Apache-2.0 WITH Swift-exception" "MIT OR Apache-2.0" \
        "Apache-2.0 AND LGPL-2.1-or-later" "LicenseRef-own AND MIT" "MIT AND LicenseRef-own"; do
        venv/bin/python make.py "$licence" >from.spdx.json
        # A document that is not valid would be no surprise.
        venv/bin/pyspdxtools --infile from.spdx.json >/dev/null
        venv/bin/python through.py
    done
)"

printf '%s\n' "$seen"
was="$(
    cat <<'END'
MIT
  by itself: MIT
  read:      MIT
  written:   MIT
Apache-2.0 WITH Swift-exception
  by itself: Apache-2.0 WITH Swift-exception
  read:      Apache-2.0 WITH Swift-exception
  written:   Apache-2.0 WITH Swift-exception
MIT OR Apache-2.0
  by itself: MIT OR Apache-2.0
  read:      UNKNOWN
  written:   NOASSERTION
Apache-2.0 AND LGPL-2.1-or-later
  by itself: Apache-2.0 AND LGPL-2.1-or-later
  read:      UNKNOWN
  written:   NOASSERTION
LicenseRef-own AND MIT
  by itself: LicenseRef-own AND MIT
  read:      LicenseRef-own AND MIT
  written:   LicenseRef-own AND MIT
MIT AND LicenseRef-own
  by itself: MIT AND LicenseRef-own
  read:      UNKNOWN
  written:   NOASSERTION
END
)"
if [[ "$seen" != "$was" ]]; then
    printf 'the behaviour has changed; it was:\n%s\n' "$was" >&2
    exit 1
fi
