"""`SIGTERM` and `SIGHUP` end the process by an exception, so that what it has made is removed."""

from __future__ import annotations

import signal
import sys
from types import FrameType

_RETRY_SECONDS = 0.01


class Stopped(SystemExit):
    """Ends the process by way of its cleanup, with the exit code that shells give it."""

    def __init__(self, number: int) -> None:
        super().__init__(128 + number)
        self.number = number


def exit_on_stop_signals() -> None:
    """Has the signals raise `Stopped`; one that is ignored, as under nohup, stays so.

    Python drops an exception that is raised in a callback of its own, as there are many while the
    service imports its modules: it is raised again a moment later, when the callback is over.
    """
    tell = sys.unraisablehook

    def stop(number: int, _frame: FrameType | None) -> None:
        raise Stopped(number)

    def retry(dropped: sys.UnraisableHookArgs) -> None:
        error = dropped.exc_value
        if not isinstance(error, Stopped):
            tell(dropped)
            return
        signal.signal(signal.SIGALRM, lambda _, frame: stop(error.number, frame))
        signal.setitimer(signal.ITIMER_REAL, _RETRY_SECONDS)

    sys.unraisablehook = retry
    for number in (signal.SIGTERM, signal.SIGHUP):
        if signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, stop)
