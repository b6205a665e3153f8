#!/usr/bin/env bash
# sarif-tools 3.0.5: what it makes of SARIF for Code Climate names files that are not there, and has
# a line that is no number.
#
# Expected: a place in SARIF is a URI, in which a blank is `%20`; a path in a Code Climate report, which
# GitLab shows beside the change, is that of a file. A line is a number in both.
# Seen: the URI is taken for a path as it is, so that a finding in `my docs/a#b.md` is one in
# `my%20docs/a%23b.md`. Where a finding is about a file as a whole, and says no line, its line is the
# text "1", while one that says line 1 has the number. Neither is complained of.
set -euo pipefail

work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check sarif-tools==3.0.5
cd -- "$work"

cat >report.sarif <<'SARIF'
{
  "version": "2.1.0",
  "runs": [
    {
      "tool": { "driver": { "name": "checker" } },
      "results": [
        {
          "ruleId": "encoded",
          "level": "error",
          "message": { "text": "in a file with a blank in its name" },
          "locations": [
            {
              "physicalLocation": {
                "artifactLocation": { "uri": "my%20docs/a%23b.md" },
                "region": { "startLine": 1 }
              }
            }
          ]
        },
        {
          "ruleId": "whole",
          "level": "error",
          "message": { "text": "about a file as a whole" },
          "locations": [ { "physicalLocation": { "artifactLocation": { "uri": "a.md" } } } ]
        }
      ]
    }
  ]
}
SARIF
venv/bin/python -m sarif codeclimate --output report.json report.sarif >log 2>&1 || {
    cat log >&2
    exit 1
}

seen="$(
    venv/bin/python - <<'PYTHON'
import json
from pathlib import Path

for issue in json.loads(Path("report.json").read_text()):
    print(issue["check_name"], json.dumps(issue["location"]))
PYTHON
)"

printf '%s\n' "$seen"
was="$(
    cat <<'END'
encoded {"path": "my%20docs/a%23b.md", "lines": {"begin": 1}}
whole {"path": "a.md", "lines": {"begin": "1"}}
END
)"
if [[ "$seen" != "$was" ]]; then
    printf 'the behaviour has changed; it was:\n%s\n' "$was" >&2
    exit 1
fi
