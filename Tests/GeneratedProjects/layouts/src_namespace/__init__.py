"""What is claimed about the projects of the layout `src-namespace`.

Two projects, one with the default answers and one with others in every respect, are used from a
shell, two more as images; two are without the example. Copies of two others are broken.
"""

import os
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from layouts.src_namespace import files, names
from layouts.src_namespace.code import Code, every_module_is_listed
from layouts.src_namespace.container import Container, public_images
from layouts.src_namespace.entrypoint import Entrypoint
from layouts.src_namespace.life import Life
from layouts.src_namespace.lifecycle import Lifecycle
from layouts.src_namespace.makefile import Makefile
from layouts.src_namespace.packaging import Packaging, install
from layouts.src_namespace.project import NAME, Project
from layouts.src_namespace.recipes import Recipes
from layouts.src_namespace.service import Service
from layouts.src_namespace.slack import Slack
from verification.breaks import read_breaks
from verification.containers import Containers
from verification.context import Context, Layout
from verification.generated import generated
from verification.hooks import hook_check
from verification.images import Images
from verification.next_steps import NextSteps, next_checks
from verification.project import HARD_DESCRIPTION
from verification.python_code import Used
from verification.report import Check, Lane, Once
from verification.shells import shell_check
from verification.tools import interpreter, tool

_BREAKS = Path(__file__).with_name("breaks.json")
_BREAKS_BARE = Path(__file__).with_name("breaks_bare.json")

_DEFAULT = Project(Path("position-keeper"))
_OTHER = Project(
    Path("desk-2-of-the-long-running-eu-operations"),
    HARD_DESCRIPTION,
    "3.13",
    "eu-central-1",
    slack=False,
    license="apache-2.0",
)
_BARE = Project(Path("bare-service"), "Begins with one route", "3.15", example=False)
_OTHER_BARE = replace(_BARE, folder=Path("plain"), python="3.14", slack=False)
_CONTAINED = Project(Path("dock"))
_OTHER_CONTAINED = replace(_OTHER, folder=Path("quay-2-of-the-long-running-eu-operations"))
_BROKEN = Project(Path("broken"))
_BROKEN_BARE = Project(Path("broken-bare"), "Begins with one route", example=False)
# What each of the first five listens on; what it works with is on the ports after that.
_PORTS = (20310, 20320, 20330, 20340, 20350, 20360, 20370)
_NEXT_PORT = 20380
_NEXT = NextSteps(
    (),
    "uv run --env-file .env run-",
    _NEXT_PORT,
    {"SERVER_PORT": str(_NEXT_PORT)},
    missing=["uv"],
)


def _programs() -> list[Path]:
    """What an owner of such a project has, besides the Python."""
    return [tool("uv")]


def _search_path(python: Once[Path]) -> dict[str, str]:
    """The Python where it lies: one that was made for the verification does not work by a link."""
    folders = [python().parent, interpreter(_BROKEN.python).executable.parent]
    return {"PATH": os.pathsep.join([*map(str, folders), os.environ["PATH"]])}


def _use(context: Context, wanted: Project) -> Used[Project]:
    project = generated(context, NAME, wanted)
    return Used(project, install(context, project))


def _lanes(context: Context) -> Sequence[Lane]:
    shell: list[list[Check]] = []
    default = (_DEFAULT, _PORTS[0], "", "")
    variants = [
        (_OTHER, _PORTS[1], ", other answers", "tests/test_app.py"),
        (_BARE, _PORTS[5], ", without the example", "tests/test_app.py"),
        (_OTHER_BARE, _PORTS[6], ", without example and Slack", ""),
    ]
    for wanted, port, title, hatched in (default, *context.in_turn(variants)):
        used = _use(context, wanted)
        service = Service(used, context.memory, port, wanted.example)
        checks = [
            *files.checks(used.project, title),
            *([] if title else [shell_check(context, used.project, title)]),
            *Code(used, context.memory).checks(title),
            *service.checks(title),
            *(Slack(service).checks(title) if wanted.slack else ()),
        ]
        if wanted != _OTHER_BARE:
            checks += [
                *Lifecycle(service).checks(title),
                *Entrypoint(service).checks(title),
                *Packaging(context, used, service, context.memory).checks(title, hatched),
            ]
        if wanted in (_DEFAULT, _BARE):
            checks += Makefile(service, context.memory).checks(title)
        if wanted == _DEFAULT:
            checks += Recipes(service, context.memory).checks(title)
        shell.append(checks)
    broken = _use(context, _BROKEN)
    return [
        Lane(_containers(context), contained=True),
        *(Lane(checks) for checks in shell),
        Lane([*Life(context, broken.python).checks(), *next_checks(context, NAME, [_NEXT])]),
        Lane(_breaks(context, broken)),
        Lane(_breaks_of_bare(context)),
    ]


def _containers(context: Context) -> list[Check]:
    wanted = (_CONTAINED, _OTHER_CONTAINED)
    projects = [generated(context, NAME, one) for one in wanted]

    def make_images() -> str:
        others = {image for project in projects for image in public_images(project())}
        images = Images(context.machine(), context.work / "images")
        return images.make([one.python for one in wanted], sorted(others))

    images = Once("the stand-in images", make_images)

    def with_images() -> Containers:
        images()
        return context.machine()

    machine = Once("the stand-in images", with_images)
    first, second = (
        Container(project, machine, context.work, port)
        for project, port in zip(projects, _PORTS[2:4], strict=True)
    )
    return [
        Check("stand-ins for the public images", images),
        *first.checks(""),
        *second.checks(", other answers"),
    ]


def _breaks(context: Context, used: Used[Project]) -> list[Check]:
    """And what is refused, or made nevertheless, where a name is hard."""
    breaks = read_breaks(_BREAKS)
    return [
        Check("wrong answers are refused", lambda: files.wrong_answers(context)),
        hook_check(context, used, programs=_programs, more=partial(_search_path, used.python)),
        *names.checks(context, used.python, _PORTS[4]),
        Check("a break is listed for every module", lambda: every_module_is_listed(used, breaks)),
        *Code(used, context.memory).break_checks(context.breaks(breaks), "", context.closing),
    ]


def _breaks_of_bare(context: Context) -> list[Check]:
    """Of what is there without the example alone, or is tested in another way."""
    used = _use(context, _BROKEN_BARE)
    breaks = context.breaks(read_breaks(_BREAKS_BARE))
    return Code(used, context.memory).break_checks(breaks, ", without the example", context.closing)


_ALL_PORTS = [port + offset for port in _PORTS for offset in range(3)]
LAYOUT = Layout(NAME, [*_ALL_PORTS, _NEXT_PORT], _lanes)
