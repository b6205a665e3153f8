"""What is claimed about the projects of the layout `ops-k8s`.

Two projects, one with the default answers and one with as little as can be chosen and others in
every respect. What runs them, containers and breaks have projects of their own.
"""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from layouts.ops_k8s import files, life, names, operations
from layouts.ops_k8s.code import Code, every_module_is_listed
from layouts.ops_k8s.install import installed
from layouts.ops_k8s.journey import Journey
from layouts.ops_k8s.kafka import Kafka
from layouts.ops_k8s.later_choices import LaterChoices
from layouts.ops_k8s.notebooks import Notebooks
from layouts.ops_k8s.project import (
    DATABASE_NAME,
    DATABASE_USER,
    NAME,
    Project,
)
from layouts.ops_k8s.scripts import Scripts
from layouts.ops_k8s.services import Ports, Services, mlflow_server
from layouts.ops_k8s.shell import Shell
from verification.breaks import read_breaks
from verification.context import Context, Layout
from verification.generated import generated
from verification.hooks import hook_check
from verification.ignored import ignored_check
from verification.next_steps import NextSteps, next_checks
from verification.postgres import Databases
from verification.project import HARD_DESCRIPTION
from verification.python_code import Used
from verification.report import Check, Lane, Once
from verification.shells import shell_check

_BREAKS = Path(__file__).with_name("breaks.json")

_DEFAULT = Project(Path("retention"))
_SMALL = Project(
    Path("desk-2-of-the-long-running-eu-operations"),
    HARD_DESCRIPTION,
    "3.13",
    ("kafka",),
    ("postgres",),
    "postgres",
    "registry.example.com:5000/team/churn",
    ("production", "dr"),
    ("production",),
)
# Checks beside each other put faults into what they check, so that each lane has its own.
_OPERATED = replace(_DEFAULT, folder=Path("retention-operated"))
_SMALL_OPERATED = replace(_SMALL, folder=Path("desk-2-of-the-long-running-us-operations"))
_BARE = replace(_DEFAULT, folder=Path("bare"), example=False)
_BROKEN = replace(_DEFAULT, folder=Path("broken"))
_CONTAINED = replace(_DEFAULT, folder=Path("dock"))
# Scripts has the dependencies, which Poetry would install anew for each machine.
_NEXT = NextSteps(
    elsewhere=("scripts/test/",),
    begun={"scripts/setup/setup.sh": "scripts/setup/install_poetry.sh && ~/.local/bin/poetry -V"},
)
_PORTS = tuple(Ports(first) for first in range(20510, 20590, 10))


def _use(context: Context, wanted: Project) -> Used[Project]:
    project = generated(context, NAME, wanted)
    return Used(project, installed(context, project, wanted.name))


def _lanes(context: Context) -> Sequence[Lane]:
    databases = Databases(context.memory / "postgres", user=DATABASE_USER, name=DATABASE_NAME)
    default, small = _use(context, _DEFAULT), _use(context, _SMALL)
    mlflow = mlflow_server(context, default, _PORTS[0].mlflow)
    lanes = []
    operated = []
    # Other answers than the defaults take turns with a project without the example.
    turn = context.in_turn([_SMALL, _BARE])
    rows = [(default, _OPERATED, _PORTS[0], _PORTS[3], "", "churn")]
    if _SMALL in turn:
        title = ", other answers"
        rows.append((small, _SMALL_OPERATED, _PORTS[1], _PORTS[4], title, "churn-elsewhere"))
    for used, wanted, ports, others, title, model in rows:
        services = Services(context, used, databases, ports, mlflow)
        code = Code(used, context.memory, services)
        shell = Shell(used, services, context.memory)
        journey = Journey(shell, databases, model)
        lane = [*files.checks(used, title)]
        lane += code.checks(title) if title else code.script_checks()
        lane += [*journey.checks(title), *Kafka(shell, journey).checks(title)]
        if not title:
            lane += [*Notebooks(shell).checks(title), *Scripts(context, shell).checks(title)]
            lane += [hook_check(context, used, more=code.mypy_settings)]
            lane += [shell_check(context, used.project, title)]
            lane += LaterChoices(context, used, databases, _PORTS[6].database).checks()
        lanes.append(lane)
        own = Used(generated(context, NAME, wanted), used.python)
        servers = Services(context, own, databases, others, mlflow)
        operated += operations.checks(context, databases, own, servers, title)
    contained = operations.container_checks(
        context, generated(context, NAME, _CONTAINED), _PORTS[5], default
    )
    spare = Services(context, default, databases, _PORTS[2], mlflow)
    return [
        Lane(contained, contained=True),
        *(Lane(checks) for checks in lanes),
        Lane(
            [
                *(_without_example(context, databases, default, mlflow) if _BARE in turn else []),
                *next_checks(context, NAME, [_NEXT]),
            ]
        ),
        Lane(operated),
        Lane(_breaks(context, default, spare)),
        Lane(life.checks(context, default.python, spare)),
    ]


def _without_example(
    context: Context, databases: Databases, source: Used[Project], mlflow: Once[str]
) -> list[Check]:
    """What an owner begins with who wants nothing to delete; the libraries are no others."""
    used = Used(generated(context, NAME, _BARE), source.python)
    services = Services(context, used, databases, _PORTS[7], mlflow)
    title = ", no example"
    suites = ("unit", "integration", "e2e")
    code = Code(used, context.memory, services)
    return [*files.checks(used, title), *code.checks(title, suites)]


def _breaks(context: Context, source: Used[Project], services: Services) -> list[Check]:
    """And what is refused."""
    used = Used(generated(context, NAME, _BROKEN), source.python)
    breaks = read_breaks(_BREAKS)
    code = Code(used, context.memory, services)
    return [
        Check("wrong answers are refused", lambda: files.wrong_answers(context)),
        ignored_check(context, NAME, [["--environments={name}"], ["--project-name={name}"]], []),
        *names.checks(context, source.python),
        Check("a break is listed for every module", lambda: every_module_is_listed(used, breaks)),
        *code.break_checks(context.breaks(breaks), "", context.closing),
    ]


LAYOUT = Layout(NAME, [port for ports in _PORTS for port in ports.all], _lanes)
