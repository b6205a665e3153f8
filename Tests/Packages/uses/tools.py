"""Where the programs are that the checks use."""

from pathlib import Path

from verification import tools


def tool(name: str) -> Path:
    """One that `install` has put in place, else one of the machine's."""
    return tools.tool(name, tools.STATE / "packages/bin", "Tests/Packages/install")
