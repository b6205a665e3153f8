#!/usr/bin/env bash
# doclifter 2.20.4: each apostrophe of a manual page becomes two, which takes the quotes of a
# command away.
#
# Expected: `\(aq` is the one character that a shell takes for a quote; manual pages are to write it
# so, since a bare `'` may be set as a typographer's quote. `\(dq` is the quotation mark in the same
# way.
# Seen: in DocBook `\(aq` is two apostrophes, in running text and in what is shown as it is to be
# typed. The page is well formed, and `'two words'` is an argument no more: the shell sees an empty
# text before and after it. `\(dq` is right.
set -euo pipefail

work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check doclifter==2.20.4
cd -- "$work"

cat >tool.1 <<'ROFF'
.TH TOOL 1 2026-11-29 "tool 1.0" "User Commands"
.SH NAME
tool \- does a thing
.SH DESCRIPTION
A layout\(aqs name.
.SH EXAMPLES
.nf
tool new \-\-title \(aqtwo words\(aq
tool new \-\-title \(dqtwo words\(dq
.fi
ROFF
venv/bin/doclifter tool.1

seen="$(
    venv/bin/python - <<'PYTHON'
import shlex
from xml.etree import ElementTree

page = ElementTree.parse("tool.1.xml").getroot()
print("text:", page.find(".//para").text.strip())
for line in page.find(".//literallayout").text.strip().splitlines():
    print("listing:", line)
    print("  arguments:", shlex.split(line))
PYTHON
)"

printf '%s\n' "$seen"
was="$(
    cat <<'END'
text: A layout''s name.
listing: tool new --title ''two words''
  arguments: ['tool', 'new', '--title', 'two', 'words']
listing: tool new --title "two words"
  arguments: ['tool', 'new', '--title', 'two words']
END
)"
if [[ "$seen" != "$was" ]]; then
    printf 'the behaviour has changed; it was:\n%s\n' "$was" >&2
    exit 1
fi
