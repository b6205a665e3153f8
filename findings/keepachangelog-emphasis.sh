#!/usr/bin/env bash
# keepachangelog 2.0.0: what stands at the beginning of an entry is taken for its bullet, and an
# entry of two lines is two entries.
#
# Expected: the bullet of `- **Breaking:** …` is the dash; the rest is the entry, in bold as it was,
# and so with options such as `--force`. A line that is indented below an entry belongs to it, as in
# any Markdown. `[manual]: …` is where a link in the text goes to; releases have headings.
# Seen: all dashes and stars go, so that bold text has no beginning, and an option has no dashes any
# more. The second line of an entry is one of its own. A link is listed as a release without a date.
# Written again, the file is another one.
set -euo pipefail

work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check \
    keepachangelog==2.0.0 markdown-it-py==4.3.0
cd -- "$work"

cat >CHANGELOG.md <<'MARKDOWN'
# Changelog

## [1.1.0] - 2026-11-29

### Changed

- **Breaking:** see the [manual]
- --force is no longer needed
- An entry that is so long that it goes on
  in the next line

[1.1.0]: https://example.org/releases/1.1.0
[manual]: https://example.org/manual
MARKDOWN

seen="$(
    venv/bin/python - <<'PYTHON'
import json
from pathlib import Path

import keepachangelog
from markdown_it import MarkdownIt

print("Markdown:")
tokens = MarkdownIt().parse(Path("CHANGELOG.md").read_text())
for token in tokens:
    # Level 3 is what stands in an entry of a list; headings are on level 1.
    if token.type == "inline" and token.level > 1:
        print("  ", json.dumps(token.content))
changes = keepachangelog.to_dict("CHANGELOG.md")
print("keepachangelog:")
for entry in changes["1.1.0"]["changed"]:
    print("  ", json.dumps(entry))
print("releases:", ", ".join(changes))
print("written again:")
for line in keepachangelog.from_dict(changes).splitlines()[5:]:
    if line:
        print("  ", line)
PYTHON
)"

printf '%s\n' "$seen"
was="$(
    cat <<'END'
Markdown:
   "**Breaking:** see the [manual]"
   "--force is no longer needed"
   "An entry that is so long that it goes on\nin the next line"
keepachangelog:
   "Breaking:** see the [manual]"
   "force is no longer needed"
   "An entry that is so long that it goes on"
   "in the next line"
releases: 1.1.0, manual
written again:
   ## [1.1.0] - 2026-11-29
   ### Changed
   - Breaking:** see the [manual]
   - force is no longer needed
   - An entry that is so long that it goes on
   - in the next line
   ## [Manual]
   [1.1.0]: https://example.org/releases/1.1.0
   [Manual]: https://example.org/manual
END
)"
if [[ "$seen" != "$was" ]]; then
    printf 'the behaviour has changed; it was:\n%s\n' "$was" >&2
    exit 1
fi
