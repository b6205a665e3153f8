"""Where and when it was measured."""

import datetime
import os
import platform
import subprocess
from pathlib import Path

from tools import REPOSITORY, checked


def text(*, base: str, load_before: "tuple[float, ...]") -> str:
    now = datetime.datetime.now(datetime.timezone.utc)
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9
    loads = " and ".join(f"{load[0]:.1f}" for load in (load_before, os.getloadavg()))
    return (
        f"Measured on {now:%d %B %Y}, {now:%H:%M} UTC: {_processor()}, {os.cpu_count()} cores,"
        f" {memory:.0f} GB of memory, {platform.system()} {platform.release()}; on a tmpfs where"
        f" nothing else is said; load {loads} at the beginning and the end; commit {_commit()},"
        f" base {base[:7]}."
    )


def _processor() -> str:
    try:
        for line in Path("/proc/cpuinfo").read_text().splitlines():
            if line.startswith("model name"):
                return line.split(":", 1)[1].strip()
    except OSError:
        pass
    asked = subprocess.run(
        ["sysctl", "-n", "machdep.cpu.brand_string"], capture_output=True, text=True)
    return asked.stdout.strip() or platform.machine()


def _commit() -> str:
    commit = checked(["git", "rev-parse", "--short=7", "HEAD"], cwd=REPOSITORY).strip()
    program = ["Package.swift", "Sources", "Templates"]
    changed = checked(["git", "status", "--porcelain", "--", *program], cwd=REPOSITORY)
    return commit + " with changes" * bool(changed)
