"""The kinds of packages: who makes each, and what that needs on the machine."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from packages import archive, bill, debian, formula, image, installer, source, wheel
from packages.release import Package, Payload, Release


@dataclass(frozen=True)
class ForMachine:
    """What carries a binary, or is about one."""

    name: str
    make: Callable[[Release, Payload, Path], Package]
    programs: tuple[str, ...] = ()


@dataclass(frozen=True)
class ForAll:
    """What covers all machines; made last, of what lies in the folder by then."""

    name: str
    make: Callable[[Release, Path], Package]
    programs: tuple[str, ...] = ()


FOR_MACHINE = (
    ForMachine("archive", archive.make, archive.TOOLS),
    ForMachine("wheel", wheel.make, wheel.TOOLS),
    ForMachine("deb", debian.make, debian.TOOLS),
    ForMachine("image", image.make, image.TOOLS),
    ForMachine("bill", bill.make),
)
FOR_ALL = (
    ForAll("source", source.make, source.TOOLS),
    ForAll("formula", formula.make),
    ForAll("installer", installer.make),
)
