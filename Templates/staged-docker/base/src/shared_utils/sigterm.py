"""Handles `SIGTERM`; imports next to nothing, so that a process can do this before all else."""

from __future__ import annotations

import os
import signal
import sys

_RETRY_SECONDS = 0.01


class Stopped(SystemExit):
    """Ends the process by way of its cleanup."""


def end_on_sigterm(exit_code: int) -> None:
    """Ends the process at once: where there is nothing to clean up, above all during imports.

    What is imported may drop an exception that is raised in it, or make another one of it.
    """
    signal.signal(signal.SIGTERM, lambda *_: os._exit(exit_code))


def exit_on_sigterm(exit_code: int) -> None:
    """Ends the process by an exception, so that temporary files are removed on the way out.

    Python drops an exception that is raised in a callback of its own, as when an object goes: it
    is raised again a moment later, when the callback is over.
    """

    def stop(_signal: int, _frame: object) -> None:
        raise Stopped(exit_code)

    def retry(dropped: sys.UnraisableHookArgs) -> None:
        if isinstance(dropped.exc_value, Stopped):
            signal.setitimer(signal.ITIMER_REAL, _RETRY_SECONDS)
        else:
            sys.__unraisablehook__(dropped)

    sys.unraisablehook = retry
    signal.signal(signal.SIGALRM, stop)
    signal.signal(signal.SIGTERM, stop)
