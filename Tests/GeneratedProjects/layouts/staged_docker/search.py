"""What a running engine answers, compared with what the project's input has."""

import json
import re

from layouts.staged_docker.project import Project
from verification.claims import require_equal
from verification.commands import CheckError
from verification.servers import get_json


def documents(project: Project) -> list[dict[str, str]]:
    text = project.input_file.read_text(encoding="utf-8")
    return [json.loads(line) for line in text.splitlines() if line.strip()]


def require_answers(project: Project, port: int) -> str:
    return _require_search(project, port) if project.example else _require_result(project, port)


def _require_result(project: Project, port: int) -> str:
    """Without the example: all records, as they are."""
    known = sorted(documents(project), key=lambda record: record["id"])
    for path, expected in {
        "/health": (200, {"status": "ok", "records": len(known)}),
        "/result": (200, known),
    }.items():
        require_equal(path, get_json(port, path), expected)
    return f"{len(known)} records"


def _require_search(project: Project, port: int) -> str:
    """Every document is found by some word of its text, and nonsense finds nothing."""
    known = documents(project)
    status, health = get_json(port, "/health")
    if (status, health.get("status"), health.get("documents")) != (200, "ok", len(known)):
        raise CheckError(f"/health answers {status}: {health}")
    for document in known:
        words = sorted(set(re.findall(r"[a-z]{5,}", document["text"].lower())))
        if not any(document["id"] in _hits(port, word) for word in words):
            raise CheckError(f"no word of {document['id']!r} finds it")
    if _hits(port, "qqqqqqq"):
        raise CheckError("a word that no document has finds something")
    return f"{len(known)} documents"


def _hits(port: int, word: str) -> list[str]:
    status, answer = get_json(port, f"/search?q={word}&limit=100")
    if status != 200:
        raise CheckError(f"/search?q={word} answers {status}: {answer}")
    return [hit["id"] for hit in answer["hits"]]
