"""Handles `SIGTERM`; imports next to nothing, so that a process can do this before all else."""

import signal
import sys


def exit_on_sigterm(exit_code: int) -> None:
    """Ends the process by an exception, so that temporary files are removed on the way out."""

    def stop(_signal: int, _frame: object) -> None:
        sys.exit(exit_code)

    signal.signal(signal.SIGTERM, stop)
