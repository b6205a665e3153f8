"""How soon a service stops, on a machine that does other things as well."""

from collections.abc import Callable

from verification.commands import CheckError

_SECONDS_TO_STOP = 2.0
_TRIES = 3


class _LateError(CheckError):
    """It ended, and well, but not in time."""


def require_soon(took: float, log: str = "", *, seconds: float = _SECONDS_TO_STOP) -> None:
    if took > seconds:
        raise _LateError(f"it went on for {took:.2f} s\n{log}".rstrip())


def at_best(make: Callable[[], str]) -> str:
    """Other checks can make it late; a service that is slow to stop is late every time.

    What is told has how often it was late before.
    """
    late = 0
    while True:
        try:
            return make() + (f", late before: {late}" if late else "")
        except _LateError:
            late += 1
            if late == _TRIES:
                raise
