#!/usr/bin/env bash
# inflection 0.5.1: whatever ends in -lice or -mice is taken for lice and mice.
#
# Expected: the singular of a word that is a singular is that word, as it is for `service` and `price`;
# at the least `slice`, which is a usual name of a class, is not harmed.
# Seen: its singular is `slouse`, that of `police` is `polouse`; the plural of that is the word again,
# so that a round trip does not show it. The singular of `cookies` and `caches`, which it has made
# itself from cookie and cache, is not the word either.
set -euo pipefail

work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check inflection==0.5.1
cd -- "$work"

seen="$(
    venv/bin/python - <<'PYTHON'
from inflection import pluralize, singularize

for word in ("slice", "splice", "police", "accomplice", "service"):
    print(word, "->", singularize(word), "->", pluralize(singularize(word)))
for word in ("cookie", "cache"):
    print(word, "->", pluralize(word), "->", singularize(pluralize(word)))
PYTHON
)"

printf '%s\n' "$seen"
was="$(
    cat <<'END'
slice -> slouse -> slice
splice -> splouse -> splice
police -> polouse -> police
accomplice -> accomplouse -> accomplice
service -> service -> services
cookie -> cookies -> cooky
cache -> caches -> cach
END
)"
if [[ "$seen" != "$was" ]]; then
    printf 'the behaviour has changed; it was:\n%s\n' "$was" >&2
    exit 1
fi
