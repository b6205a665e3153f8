#!/usr/bin/env bash
# sbomconvert 0.1.0 with lib4sbom 0.10.4: a library that is said to be a dependency of a program
# becomes what depends on the program.
#
# Expected: in SPDX, `A DEPENDENCY_OF B` is `B DEPENDS_ON A` told from the other end, and so it is
# with `CONTAINED_BY` and `CONTAINS`. Made into CycloneDX, each of them is a `dependsOn` of B.
# Seen: whatever the type, the first of the two depends on the second. Where SPDX tells it from the
# library's end, the graph in CycloneDX is the wrong way round, and a tool that walks down from the
# program does not come to the library. A variant of the program depends on it, too.
set -euo pipefail

work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check \
    sbomconvert==0.1.0 lib4sbom==0.10.4 spdx-tools==0.8.5
cd -- "$work"

cat >make.py <<'PYTHON'
import json
import sys

first, kind, second = sys.argv[1:]
packages = [
    {
        "SPDXID": f"SPDXRef-{name}",
        "name": name,
        "versionInfo": "1.0",
        "supplier": "Organization: Example",
        "downloadLocation": "NOASSERTION",
        "filesAnalyzed": False,
    }
    for name in ("program", "library")
]
relationships = [("DOCUMENT", "DESCRIBES", "program"), (first, kind, second)]
document = {
    "spdxVersion": "SPDX-2.3",
    "dataLicense": "CC0-1.0",
    "SPDXID": "SPDXRef-DOCUMENT",
    "name": "example",
    "documentNamespace": "https://example.org/spdx/example",
    "creationInfo": {"created": "2026-11-29T00:00:00Z", "creators": ["Tool: example-1.0"]},
    "packages": packages,
    "relationships": [
        {
            "spdxElementId": f"SPDXRef-{a}",
            "relationshipType": kind,
            "relatedSpdxElement": f"SPDXRef-{b}",
        }
        for a, kind, b in relationships
    ],
}
print(json.dumps(document))
PYTHON
cat >show.py <<'PYTHON'
import json

for item in json.load(open("to.json"))["dependencies"]:
    if item["ref"].startswith("SPDXRef-"):
        on = ", ".join(name.removeprefix("SPDXRef-") for name in item["dependsOn"])
        print("  CycloneDX:", item["ref"].removeprefix("SPDXRef-"), "dependsOn", on)
PYTHON

convert() {
    venv/bin/python make.py "$@" >from.spdx.json
    # A document that is not valid would be no surprise.
    venv/bin/pyspdxtools --infile from.spdx.json >/dev/null
    venv/bin/sbomconvert --input-file from.spdx.json --sbom cyclonedx --format json \
        --output-file to.json >/dev/null
    printf 'SPDX: %s %s %s\n' "$@"
    venv/bin/python show.py
}

seen="$(
    convert program DEPENDS_ON library
    convert library DEPENDENCY_OF program
    convert library RUNTIME_DEPENDENCY_OF program
    convert library CONTAINED_BY program
    convert library VARIANT_OF program
)"

printf '%s\n' "$seen"
was="$(
    cat <<'END'
SPDX: program DEPENDS_ON library
  CycloneDX: program dependsOn library
SPDX: library DEPENDENCY_OF program
  CycloneDX: library dependsOn program
SPDX: library RUNTIME_DEPENDENCY_OF program
  CycloneDX: library dependsOn program
SPDX: library CONTAINED_BY program
  CycloneDX: library dependsOn program
SPDX: library VARIANT_OF program
  CycloneDX: library dependsOn program
END
)"
if [[ "$seen" != "$was" ]]; then
    printf 'the behaviour has changed; it was:\n%s\n' "$was" >&2
    exit 1
fi
