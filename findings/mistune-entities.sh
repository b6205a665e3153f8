#!/usr/bin/env bash
# mistune 3.4.0: its usual reader knows no entities, its other one does.
#
# Expected: `&copy;` and `&#36;` are shown as the characters, which Markdown says, with raw HTML let
# through or not: what is escaped is the HTML. markdown-it with HTML turned off does so.
# Seen: `create_markdown()`, which escapes HTML by default, shows `&copy;` letter by letter. No form
# of `$` or `~` is left that it and Python-Markdown, which knows no backslash before them, both read.
set -euo pipefail

work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check mistune==3.4.0 markdown-it-py==4.3.0
cd -- "$work"

seen="$(
    venv/bin/python - <<'PYTHON'
import markdown_it
import mistune

text = "&copy; &#36;5"
for label, read in (
    ("mistune, html escaped    ", mistune.create_markdown()),
    ("mistune, html let through", mistune.create_markdown(escape=False)),
    ("markdown-it, html off    ", markdown_it.MarkdownIt("js-default").render),
):
    print(label, read(text).strip())
PYTHON
)"

printf '%s\n' "$seen"
was="$(
    cat <<'END'
mistune, html escaped     <p>&amp;copy; &amp;#36;5</p>
mistune, html let through <p>© $5</p>
markdown-it, html off     <p>© $5</p>
END
)"
if [[ "$seen" != "$was" ]]; then
    printf 'the behaviour has changed; it was:\n%s\n' "$was" >&2
    exit 1
fi
