"""What a check demands."""

from verification.commands import CheckError


def require(condition: bool, problem: str) -> None:
    if not condition:
        raise CheckError(problem)


def require_equal(what: str, seen: object, expected: object) -> None:
    require(seen == expected, f"{what}: {seen!r}, expected {expected!r}")
