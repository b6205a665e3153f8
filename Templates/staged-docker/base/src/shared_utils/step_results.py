"""The file that a step leaves for the next one: JSON Lines below one line that vouches for them.

    {"step": "<step>", "records": 8, "sha256": "<of all lines below>"}
    {"id": "…", …}

It appears complete or not at all, and a reader notices when it was changed afterwards.
"""

import contextlib
import hashlib
import json
import os
import secrets
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from shared_utils.errors import MALFORMED, StepError


def write_result(path: Path, step: str, records: Sequence[Mapping[str, Any]]) -> None:
    body = "".join(_json_line(dict(record)) for record in records).encode()
    head = {"step": step, "records": len(records), "sha256": hashlib.sha256(body).hexdigest()}
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        _write_atomically(path, _json_line(head).encode() + body)
    except OSError as error:
        raise StepError(f"{path} cannot be written: {error.strerror or error}") from None


def read_result(path: Path, step: str) -> list[dict[str, Any]]:
    """What `step` left behind; whatever is wrong with it is mended by running that step again."""
    try:
        head_line, _, body = path.read_bytes().partition(b"\n")
    except FileNotFoundError:
        raise StepError(f"{path} does not exist: run scripts_sh/{step}.sh first") from None
    except OSError as error:
        raise StepError(f"{path} cannot be read: {error.strerror or error}") from None
    try:
        head = json.loads(head_line)
        made_by, checksum = str(head["step"]), str(head["sha256"])
    except MALFORMED:
        raise unusable(path, step, "is not the result of a step") from None
    if made_by != step:
        raise unusable(path, step, f"was made by {made_by}, not by {step}")
    if hashlib.sha256(body).hexdigest() != checksum:
        raise unusable(path, step, "does not match its checksum")
    try:
        records = [json.loads(line) for line in body.splitlines()]
    except ValueError:
        records = [None]
    if not all(isinstance(record, dict) for record in records):
        raise unusable(path, step, "has an entry of an unknown form")
    return records


def unusable(path: Path, step: str, problem: str) -> StepError:
    return StepError(f"{path} {problem}: run scripts_sh/{step}.sh again")


def _json_line(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")) + "\n"


def _write_atomically(path: Path, content: bytes) -> None:
    temporary = path.with_name(f".{path.name}.{secrets.token_hex(4)}.tmp")
    try:
        with temporary.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    finally:
        with contextlib.suppress(FileNotFoundError):
            temporary.unlink()
    directory = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(directory)  # or the new name may be lost when power fails
    finally:
        os.close(directory)
