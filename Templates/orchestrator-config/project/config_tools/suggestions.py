"""The remedy for a name that is not known, or not asked for."""

from collections.abc import Collection
from difflib import get_close_matches


def suggest_instead(name: str, wanted: Collection[str]) -> str:
    """What was meant, or what is asked for."""
    if nearest := get_close_matches(name, wanted, n=1):
        return f"did you mean {nearest[0]}?"
    if wanted:
        return f"known are {', '.join(sorted(wanted))}; remove it if it is none of these"
    return "remove it"


def suggest(name: str, known: Collection[str], place: str) -> str:
    """What was meant, or what there is, or where it belongs."""
    if nearest := get_close_matches(name, known, n=1):
        return f"did you mean {nearest[0]}?"
    if known:
        return f"known are {', '.join(sorted(known))}; define it in {place} if it is another"
    return f"define it in {place}"
