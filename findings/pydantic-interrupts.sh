#!/usr/bin/env bash
# pydantic 2.14.4: Ctrl-C while it reads its input is told as a fault of the input, and forgotten.
#
# Expected: what is no `Exception`, as KeyboardInterrupt and SystemExit, goes through a validation
# and ends the program, as it does from a validator that its user has written, and from a property
# or an iterator that Python itself reads.
# Seen: from an iterator whose items are validated, and from a property that is read by
# `from_attributes`, it comes as a ValidationError; from a serializer, as a
# PydanticSerializationError. Whoever answers such an error with a message, as web frameworks do,
# goes on running. A program that is to end by a signal cannot count on an exception of its handler.
set -euo pipefail

work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check \
    pydantic==2.14.4 pydantic-core==2.50.5
cd -- "$work"

seen="$(
    venv/bin/python - <<'PYTHON'
import signal
import sys

from pydantic import BaseModel, BeforeValidator, ConfigDict, PlainSerializer, TypeAdapter
from typing import Annotated


def interrupt(_=None):
    signal.raise_signal(signal.SIGINT)


def stop(_=None):
    sys.exit(3)


def items(end):
    yield 1
    end()


class Row:
    def __init__(self, end):
        self.end = end

    @property
    def size(self):
        self.end()


class Model(BaseModel):
    model_config = ConfigDict(from_attributes=True)
    size: int


def cases(end):
    validated = TypeAdapter(Annotated[int, BeforeValidator(end)])
    serialized = TypeAdapter(Annotated[int, PlainSerializer(end)])
    yield "list() of an iterator", lambda: list(items(end))
    yield "a property", lambda: Row(end).size
    yield "a validator", lambda: validated.validate_python(1)
    yield "list[int] of an iterator", lambda: TypeAdapter(list[int]).validate_python(items(end))
    yield "from_attributes", lambda: Model.model_validate(Row(end))
    yield "a serializer", lambda: serialized.dump_python(1)


for name, end in (("SIGINT", interrupt), ("sys.exit(3)", stop)):
    for where, read in cases(end):
        try:
            read()
        except BaseException as error:
            print(f"{name} in {where}: {type(error).__name__}")
PYTHON
)"

printf '%s\n' "$seen"
was="$(
    cat <<'END'
SIGINT in list() of an iterator: KeyboardInterrupt
SIGINT in a property: KeyboardInterrupt
SIGINT in a validator: KeyboardInterrupt
SIGINT in list[int] of an iterator: ValidationError
SIGINT in from_attributes: ValidationError
SIGINT in a serializer: PydanticSerializationError
sys.exit(3) in list() of an iterator: SystemExit
sys.exit(3) in a property: SystemExit
sys.exit(3) in a validator: SystemExit
sys.exit(3) in list[int] of an iterator: ValidationError
sys.exit(3) in from_attributes: ValidationError
sys.exit(3) in a serializer: PydanticSerializationError
END
)"
if [[ "$seen" != "$was" ]]; then
    printf 'the behaviour has changed; it was:\n%s\n' "$was" >&2
    exit 1
fi
