"""What is claimed about the projects of the layout `tiered`."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from layouts.tiered.code import Code
from layouts.tiered.project import DATABASE_NAME, DATABASE_USER, HARD_DESCRIPTION, NAME, Project
from layouts.tiered.service import Service
from verification.context import Context, Layout
from verification.postgres import Databases
from verification.python_code import Used
from verification.report import Check, Once
from verification.tools import virtual_environment

_OTHER_MODELS = ("warehouse_reservation", "category", "ox")
_MVP = Project(Path("note"))
_OTHER_MVP = Project(Path("ledger-book"), "mvp", _OTHER_MODELS, 20110, "3.12", HARD_DESCRIPTION)
_CORE = Project(Path("archive"), "core", port=20120)
_OTHER_CORE = Project(Path("stock-room"), "core", _OTHER_MODELS, 20130, "3.12", HARD_DESCRIPTION)
_FULL = Project(Path("harbor"), "full", port=20140)
_OTHER_FULL = Project(Path("trade-post"), "full", _OTHER_MODELS, 20150, "3.12", HARD_DESCRIPTION)
_PROJECTS = (_MVP, _OTHER_MVP, _CORE, _OTHER_CORE, _FULL, _OTHER_FULL)


def _generate(context: Context, wanted: Project) -> Used[Project]:
    def make() -> Project:
        folder = context.work / wanted.name
        context.new(NAME, folder, *wanted.options)
        return replace(wanted, folder=folder)

    project = Once(f"`scaffold new {wanted.name}`", make)

    def install() -> Path:
        folder = context.work / f"venv-{wanted.name}"
        requirements = project().folder / "requirements-dev.txt"
        return virtual_environment(folder, wanted.python, requirements)

    return Used(project, Once(f"requirements of {wanted.name}", install))


def _lanes(context: Context) -> Sequence[Sequence[Check]]:
    databases = Databases(context.work / "postgres", user=DATABASE_USER, name=DATABASE_NAME)
    lanes: list[list[Check]] = [[], []]
    for number, wanted in enumerate(_PROJECTS):
        used = _generate(context, wanted)
        title = f", {wanted.tier}, Python {wanted.python}, {len(wanted.models)} models"
        code = Code(used, context.memory, databases)
        service = Service(used, databases, context.memory)
        lane = lanes[number % 2]
        lane += code.checks(title)
        if wanted.layered:
            lane += code.postgres_checks(title)
        lane += service.checks(title, layered=wanted.layered)
    return lanes


LAYOUT = Layout(NAME, [port for one in _PROJECTS for port in one.ports], _lanes)
