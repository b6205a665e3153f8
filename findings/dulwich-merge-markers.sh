#!/usr/bin/env bash
# dulwich 1.2.21 (with merge3 1.0.0): its merge of contents writes marks of conflicts that are no lines.
#
# Expected: what git does. Each mark of a conflict is a line of its own, also behind a last line without
# an end, and ends as the lines of the file do; a content with a NUL is no text, stays one side's, and
# is reported as such.
# Seen: behind a last line without an end the next mark goes on in that line, `mine=======`, so that
# nothing that looks for marks at the start of lines finds the middle or the end of the conflict; in a
# file of CRLF the marks end with LF; two binary contents come as one, with marks between them.
set -euo pipefail

work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check dulwich==1.2.21 merge3==1.0.0
cd -- "$work"

seen="$(
    venv/bin/python - <<'PYTHON'
from dulwich.merge import merge_blobs
from dulwich.objects import Blob

for base, ours, theirs in (
    (b"1\n2", b"1\nmine", b"1\ntheirs"),
    (b"1\r\n2\r\n", b"1\r\nmine\r\n", b"1\r\ntheirs\r\n"),
    (b"a\0b\n", b"mine\0\n", b"theirs\0\n"),
):
    print(merge_blobs(*map(Blob.from_string, (base, ours, theirs))))
PYTHON
)"

printf '%s\n' "$seen"
was="$(
    cat <<'END'
(b'1\n<<<<<<< ours\nmine=======\ntheirs>>>>>>> theirs\n', True)
(b'1\r\n<<<<<<< ours\nmine\r\n=======\ntheirs\r\n>>>>>>> theirs\n', True)
(b'<<<<<<< ours\nmine\x00\n=======\ntheirs\x00\n>>>>>>> theirs\n', True)
END
)"
if [[ "$seen" != "$was" ]]; then
    printf 'the behaviour has changed; it was:\n%s\n' "$was" >&2
    exit 1
fi
