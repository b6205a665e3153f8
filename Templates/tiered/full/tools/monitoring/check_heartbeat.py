"""Ends with 0 if a worker, consumer or scheduler has shown life lately: a probe for what has no HTTP port."""

import argparse
import sys
import time
from pathlib import Path

from src.background.heartbeat import HEARTBEAT_FILE


def age_seconds(file: Path) -> float:
    """Seconds since the last heartbeat; infinite when there was none."""
    try:
        return time.time() - file.stat().st_mtime
    except FileNotFoundError:
        return float("inf")


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="Looks at the age of the heartbeat file.")
    parser.add_argument("--file", type=Path, default=HEARTBEAT_FILE)
    parser.add_argument(
        "--max-age", type=float, default=120.0, help="seconds (default: %(default)s)"
    )
    options = parser.parse_args(arguments)
    age = age_seconds(options.file)
    if age <= options.max_age:
        return 0
    print(f"the last heartbeat in {options.file} was {age:.0f} s ago", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
