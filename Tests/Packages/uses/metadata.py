"""What PyPI reads of the wheel, and shows of it."""

import re
import zipfile
from email.message import Message
from email.parser import Parser

from packages.about import DISTRIBUTION, LICENCE
from uses.bed import Bed
from uses.built import REPOSITORY
from verification.claims import require, require_equal

_TARGET = re.compile(r"(?:\]\(|^\[[^\]]+\]: )([^)\s]+)", re.MULTILINE)
_CODE = re.compile(r"^ *```.*?^ *```|`[^`\n]+`", re.MULTILINE | re.DOTALL)


def metadata(bed: Bed) -> Message:
    with zipfile.ZipFile(bed.built.wheel) as wheel:
        [name] = [one for one in wheel.namelist() if one.endswith(".dist-info/METADATA")]
        return Parser().parsestr(wheel.read(name).decode())


def described(bed: Bed) -> str:
    """It is the README, from which every link leads on."""
    read = metadata(bed)
    require_equal("the name", read["Name"], DISTRIBUTION)
    require_equal("the version", read["Version"], bed.built.version)
    shown, written = str(read.get_payload()), (REPOSITORY / "README.md").read_text(encoding="utf-8")
    targets, originals = (_TARGET.findall(_CODE.sub("", text)) for text in (shown, written))
    require_equal("links", len(targets), len(originals))
    for target, original in zip(targets, originals, strict=True):
        leads = target.startswith(("https://", "#")) and target.endswith(original)
        require(leads, f"{original} of the README leads to {target}")
    require_equal("what stands in code", _CODE.findall(shown), _CODE.findall(written))
    return f"{len(targets)} links"


def refused(bed: Bed) -> str:
    """By the index, as long as nobody may use it; and it says under which licence else."""
    read = metadata(bed)
    private = "Private :: Do Not Upload" in read.get_all("Classifier", [])
    require_equal("whether it may be published", not private, LICENCE is not None)
    require_equal("the licence", read["License-Expression"], LICENCE)
    names = ["NOTICE", *(["LICENSE"] if LICENCE is not None else [])]
    require_equal("the texts of licences", read.get_all("License-File"), names)
    return LICENCE or "no licence"
