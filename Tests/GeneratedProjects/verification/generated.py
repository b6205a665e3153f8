"""Generates a project when a check first needs it, and the virtual environment that it needs."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from verification.context import Context
from verification.project import Project
from verification.report import Once
from verification.tools import virtual_environment

ProjectT = TypeVar("ProjectT", bound=Project)


def generated(
    context: Context,
    layout: str,
    wanted: ProjectT,
    prepare: Callable[[ProjectT], None] = lambda _: None,
) -> Once[ProjectT]:
    """`prepare` is what the owner does before anything else."""

    def make() -> ProjectT:
        folder = context.work / wanted.name
        told = context.new(layout, folder, *wanted.options).text
        made = replace(wanted, folder=folder, told=told)
        prepare(made)
        return made

    return Once(f"`scaffold new {wanted.name}`", make)


def installed(context: Context, project: Once[ProjectT], name: str, python: str) -> Once[Path]:
    """The Python of a virtual environment with what requirements-dev.txt has."""

    def install() -> Path:
        folder = context.work / f"venv-{name}"
        return virtual_environment(folder, python, project().folder / "requirements-dev.txt")

    return Once(f"requirements of {name}", install)
