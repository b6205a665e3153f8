"""Where things are in this project."""

import os
import sys
from collections.abc import Sequence
from pathlib import Path

from dotenv import load_dotenv

<<@if VARIANT == multi-env>>
from config_tools.environments import Environment, find_environment
from config_tools.faults import Fault
<<@else>>
from config_tools.faults import Fault, UsageError
<<@end>>

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT / "data"
<<@if VARIANT == multi-env>>
DEFAULT_ENVIRONMENT = "<<LOCAL>>"
<<@end>>


def load_variables() -> None:
    """Adds what .env says to the environment, which wins where both have a variable."""
    load_dotenv(ROOT / ".env")


def config_root() -> Path:
    """The configuration: ORCHESTRATOR_CONFIG_PATH, relative to the project's root."""
    return ROOT / (os.environ.get("ORCHESTRATOR_CONFIG_PATH") or "config")


<<@if VARIANT == multi-env>>
def config_source() -> Environment:
    """The environment that ENVIRONMENT names."""
    return find_environment(config_root(), os.environ.get("ENVIRONMENT") or DEFAULT_ENVIRONMENT)
<<@else>>
def config_source() -> Path:
    """The directory that is checked and served."""
    root = config_root()
    if not root.is_dir():
        raise UsageError(f"{root} is no directory: correct ORCHESTRATOR_CONFIG_PATH")
    return root
<<@end>>


def show_faults(faults: Sequence[Fault]) -> None:
    """One after the other, on standard error."""
    for fault in faults:
        print(f"error: {fault}", file=sys.stderr)
