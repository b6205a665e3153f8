#!/usr/bin/env bash
# pyte 0.8.2: a variation selector or a joiner takes the rest of a line away, or not.
#
# Expected: what follows an emoji is shown, as terminals do, however the bytes came in. U+FE0F, which
# asks for an emoji's colours, and U+200D, which joins two, have no width of their own.
# Seen: what follows one of them in the same `feed` is left out, up to the next control character,
# without a word; fed in two pieces, the same bytes are shown whole. A test that reads what a program
# printed through it sees another screen each time that a pipe cuts the output somewhere else.
set -euo pipefail

work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check pyte==0.8.2 wcwidth==0.9.4
cd -- "$work"

seen="$(
    venv/bin/python - <<'PYTHON'
import pyte


def shown(*pieces: str) -> str:
    screen = pyte.Screen(40, 1)
    stream = pyte.Stream(screen)
    for piece in pieces:
        stream.feed(piece)
    return screen.display[0].rstrip()


print("no selector:   ", shown("\u2764 12 passed\r"))
print("selector:      ", shown("\u2764\ufe0f 12 passed\r"))
print("in two pieces: ", shown("\u2764\ufe0f", " 12 passed\r"))
print("joiner:        ", shown("a\u200db 12 passed\r"))
print("then a colour: ", shown("\u2764\ufe0f 12 \x1b[32mpassed\x1b[0m\r"))
PYTHON
)"

printf '%s\n' "$seen"
was="$(
    cat <<'END'
no selector:    ❤ 12 passed
selector:       ❤
in two pieces:  ❤ 12 passed
joiner:         a
then a colour:  ❤passed
END
)"
if [[ "$seen" != "$was" ]]; then
    printf 'the behaviour has changed; it was:\n%s\n' "$was" >&2
    exit 1
fi
