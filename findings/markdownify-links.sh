#!/usr/bin/env bash
# markdownify 1.2.3 and cmarkgfm 2025.10.22: an address with `_` in it does not survive from HTML to
# Markdown to HTML.
#
# Expected: a page that shows an address as text shows the same address after the round trip, and links
# to it if to anything: each of the two is right about CommonMark, where `\_` is `_`.
# Seen: markdownify writes a backslash before `_` and `*`; the reader that GitHub uses finds bare links
# before it reads escapes, so that the backslash is shown, and is a part of the address. The same
# text without the scheme is right.
set -euo pipefail

work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check markdownify==1.2.3 beautifulsoup4==4.15.0 cmarkgfm==2025.10.22
cd -- "$work"

seen="$(
    venv/bin/python - <<'PYTHON'
from cmarkgfm import github_flavored_markdown_to_html
from markdownify import markdownify

for address in ("https://example.com/a_b", "example.com/a_b"):
    text = markdownify(f"<p>see {address} now</p>").strip()
    print(text)
    print(github_flavored_markdown_to_html(text).strip())
PYTHON
)"

printf '%s\n' "$seen"
was="$(
    cat <<'END'
see https://example.com/a\_b now
<p>see <a href="https://example.com/a%5C_b">https://example.com/a\_b</a> now</p>
see example.com/a\_b now
<p>see example.com/a_b now</p>
END
)"
if [[ "$seen" != "$was" ]]; then
    printf 'the behaviour has changed; it was:\n%s\n' "$was" >&2
    exit 1
fi
