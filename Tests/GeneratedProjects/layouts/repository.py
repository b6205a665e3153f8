"""What is claimed about this repository: its workflows, and the verification's own code.

A claim that the program's own tests can make is made by them.
"""

import json
import shutil
import threading
from collections.abc import Sequence
from functools import partial

from layouts.workflows import workflows
from verification.claims import require, require_equal
from verification.commands import run
from verification.context import Context, Layout
from verification.linters import refuses
from verification.report import Check, Lane
from verification.servers import held
from verification.tools import REPOSITORY, tool

_NAME = "repository"
_HERE = REPOSITORY / "Tests/GeneratedProjects"
# What is written as this folder is.
_VERIFICATIONS = (
    *(".", "../Packages", "../RealDisks", "../Terminals"),
    # Programs are named: beside this folder `extend-include` finds none.
    *("../Packages/build", "../Packages/check-tag", "../Packages/verify"),
    *("../RealDisks/verify", "../Terminals/verify"),
)
_PORT = 20892


def _lanes(context: Context) -> Sequence[Lane]:
    return [
        Lane(
            [
                Check("workflows", partial(workflows, context)),
                Check("a layout without checks, and checks without one", partial(_lists, context)),
                Check("a port is one check's at a time", _one_at_a_time),
                Check("the verification's Python", partial(_python, context)),
            ]
        )
    ]


def _lists(context: Context) -> str:
    """`verify` begins with holding its list of layouts against that of the program."""
    listed = context.work / "listed.json"
    program = context.work / "scaffold"
    program.write_text(f"#!/bin/sh\nexec cat {listed}\n", encoding="utf-8")
    program.chmod(0o755)
    told = run([context.scaffold, "list", "--format", "json"]).out
    names = [one["name"] for one in json.loads(told)["layouts"]]
    for changed, complaint in (
        ([*names, "sixth"], "the layout sixth has no checks"),
        (names[1:], f"there are checks for {names[0]}"),
    ):
        layouts = [{"name": name} for name in changed]
        listed.write_text(json.dumps({"layouts": layouts}), encoding="utf-8")
        # What it would verify does not matter: it does not come to that.
        result = run([_HERE / "verify", "--scaffold", program, _NAME], codes=(1,))
        require(complaint in result.text, f"it does not say “{complaint}”\n{result.text}")
    return f"{len(names)} layouts"


def _one_at_a_time() -> str:
    """Of two that want it at once, the second comes in when the first has gone."""
    seen: list[str] = []
    meeting = threading.Barrier(2)

    def take() -> None:
        with held([_PORT]):
            try:
                meeting.wait(1)
            except threading.BrokenBarrierError:
                seen.append("alone")
            else:
                seen.append("not alone")

    takers = [threading.Thread(target=take) for _ in range(2)]
    for one in takers:
        one.start()
    for one in takers:
        one.join()
    require_equal("who was there", seen, ["alone", "alone"])
    return ""


def _python(context: Context) -> str:
    """As `pyproject.toml` beside it wants it, in form, in style and in types."""
    settings = str(_HERE / "pyproject.toml")
    for command in (["format", "--check"], ["check"]):
        run([tool("ruff"), *command, "--config", settings, *_VERIFICATIONS], cwd=_HERE)
    checked = run([tool("mypy")], cwd=_HERE, seconds=300).out
    copy = context.work / "repository.py"
    shutil.copyfile(__file__, copy)
    ruff = ["--config", settings, "--no-cache"]
    refuses("ruff", ["format", "--check", *ruff], copy, "_NAME = ", "_NAME  = ")
    refuses("ruff", ["check", *ruff], copy, "import json\n", "import json\nimport os\n")
    wrong = context.work / "wrong.py"
    wrong.write_text("def half(one: int) -> int:\n    return one / 2\n", encoding="utf-8")
    run([tool("mypy"), "--config-file", settings, wrong], cwd=_HERE, codes=(1,))
    return checked.strip()


LAYOUT = Layout(_NAME, (_PORT,), _lanes)
