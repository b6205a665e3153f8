"""The file that a step leaves for the next one: JSON Lines below one line that vouches for them.

    {"step": "<step>", "documents": 8, "sha256": "<of all lines below>"}
    {"id": "…", "title": "…", "words": {"harbour": 2}}

It appears complete or not at all, and a reader notices when it was changed afterwards.
"""

import contextlib
import hashlib
import json
import os
import secrets
from collections.abc import Sequence
from pathlib import Path

from shared_utils.documents import IndexedDocument
from shared_utils.errors import StepError


def write_result(path: Path, step: str, documents: Sequence[IndexedDocument]) -> None:
    body = "".join(
        _json_line({"id": item.id, "title": item.title, "words": dict(item.words)})
        for item in documents
    ).encode()
    head = {"step": step, "documents": len(documents), "sha256": hashlib.sha256(body).hexdigest()}
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        _write_atomically(path, _json_line(head).encode() + body)
    except OSError as error:
        raise StepError(f"{path} cannot be written: {error.strerror or error}") from None


def read_result(path: Path, step: str) -> list[IndexedDocument]:
    """What `step` left behind; whatever is wrong with it is mended by running that step again."""
    remedy = f"run scripts_sh/{step}.sh"
    try:
        head_line, _, body = path.read_bytes().partition(b"\n")
    except FileNotFoundError:
        raise StepError(f"{path} does not exist: {remedy} first") from None
    except OSError as error:
        raise StepError(f"{path} cannot be read: {error.strerror or error}") from None
    try:
        head = json.loads(head_line)
        made_by, checksum = str(head["step"]), str(head["sha256"])
    except (ValueError, TypeError, KeyError):
        raise StepError(f"{path} is not the result of a step: {remedy} again") from None
    if made_by != step:
        raise StepError(f"{path} was made by {made_by}, not by {step}: {remedy} again")
    if hashlib.sha256(body).hexdigest() != checksum:
        raise StepError(f"{path} does not match its checksum: {remedy} again")
    try:
        return [_document(line) for line in body.splitlines()]
    except (ValueError, TypeError, KeyError, AttributeError):
        raise StepError(f"{path} has an entry of an unknown form: {remedy} again") from None


def _document(line: bytes) -> IndexedDocument:
    entry = json.loads(line)
    words = {str(word): int(count) for word, count in entry["words"].items()}
    return IndexedDocument(str(entry["id"]), str(entry["title"]), words)


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
