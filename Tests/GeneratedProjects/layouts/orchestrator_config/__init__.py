"""What is claimed about the projects of the layout `orchestrator-config`.

All three variants with the default answers, with domains and environments of the user's own, and
without the example. Copies of two more are broken.
"""

from collections.abc import Sequence
from pathlib import Path

from layouts.orchestrator_config import (
    database,
    files,
    first_run,
    growth,
    legitimate,
    life,
    makefile,
)
from layouts.orchestrator_config.backups import Backups
from layouts.orchestrator_config.checker import Checker
from layouts.orchestrator_config.code import Code, every_module_is_listed
from layouts.orchestrator_config.environments import Environments, print_check
from layouts.orchestrator_config.postman import Postman
from layouts.orchestrator_config.project import NAME, Copies, Project
from layouts.orchestrator_config.reloads import Reloads
from layouts.orchestrator_config.service import Service
from verification.breaks import Break, read_breaks
from verification.context import Context, Layout
from verification.generated import generated, installed
from verification.hooks import hook_check
from verification.ignored import ignored_check
from verification.next_steps import NextSteps, next_checks
from verification.postgres import Databases
from verification.python_code import Used
from verification.report import Check, Lane, Once
from verification.shells import shell_check

_BREAKS = Path(__file__).with_name("breaks.json")

_MINIMAL = Project(Path("outline"))
_OTHER_MINIMAL = Project(
    Path("plan-2"),
    domains=("on", "customer_relations"),
    port=20410,
    license="mit",
    copyright='2026 Ann "the" Example',
)
_RECOMMENDED = Project(Path("conductor"), "recommended", port=20400)
_SEVERAL = Project(Path("relay"), "multi-env", port=20420)
# Words that YAML reads as something else, that SQL has, long ones; and more of each.
_OTHER = Project(
    Path("desk-2-of-the-long-running-eu-operations"),
    "multi-env",
    ("customer_relations_of_the_eu", "order", "null", "on"),
    ("stock_keeping", "no", "request"),
    ("qa", "prod-eu", "prod-us", "on-this-machine"),
    20430,
    "3.13",
    "on-this-machine",
    ("prod-eu", "prod-us"),
    license="apache-2.0",
)
_NONE_COMPLEX = Project(Path("plain"), "recommended", ("orders",), (), port=20440, python="3.15")
# Without the example: the last one has one environment, which is strict.
_BARE_MINIMAL = Project(Path("bare-plan"), domains=("orders", "on"), port=20460, example=False)
_BARE = Project(Path("bare"), "recommended", port=20470, example=False)
_BARE_SEVERAL = Project(
    Path("bare-relay"),
    "multi-env",
    ("orders",),
    ("stock",),
    ("production",),
    port=20480,
    example=False,
)
# What breaks are applied to: copied, and touched by nothing else.
_BROKEN = tuple(Project(Path(f"broken-{one}"), one) for one in ("recommended", "multi-env"))
# What a project's services listen on where that is not the project's own port.
_FREE_PORTS = {_RECOMMENDED: 20450, _SEVERAL: 20451, _OTHER: 20452, _NONE_COMPLEX: 20453}
_POSTGRESQL = 20490
_PORTS = (8000, *range(20400, 20490, 10), *_FREE_PORTS.values(), _POSTGRESQL)
# The last one has an environment that is strict, and none of this machine.
_NEXT = [
    NextSteps(),
    NextSteps(["--variant=recommended"]),
    NextSteps(["--variant=multi-env"]),
    NextSteps(["--variant=multi-env", "--environments=production", "--domains=orders"]),
]


def _lanes(context: Context) -> Sequence[Lane]:
    projects = {
        one: generated(context, NAME, one)
        for one in (
            _MINIMAL,
            _OTHER_MINIMAL,
            _BARE_MINIMAL,
            _RECOMMENDED,
            _SEVERAL,
            _OTHER,
            _NONE_COMPLEX,
            _BARE,
            _BARE_SEVERAL,
        )
    }
    # One virtual environment for each version of Python: all projects require the same.
    python = {
        one.python: installed(context, projects[one], one.python, one.python)
        for one in (_RECOMMENDED, _OTHER, _NONE_COMPLEX)
    }
    used = {one: Used(project, python[one.python]) for one, project in projects.items()}
    walked = projects[_RECOMMENDED]
    databases = Databases(context.memory / "postgres", user="service", name="records")
    first = [
        *_of_minimal(context, used[_MINIMAL], ", minimal"),
        *_of_project(context, used[_RECOMMENDED], _RECOMMENDED, ", recommended"),
        Check("workflows", lambda: files.workflow(projects[_RECOMMENDED])),
        *_of_minimal(context, used[_OTHER_MINIMAL], ", minimal, other answers"),
        *_of_minimal(context, used[_BARE_MINIMAL], ", minimal, no example"),
        Check("wrong answers are refused", lambda: files.wrong_answers(context)),
        Check("options of the layout", lambda: files.options(context)),
        ignored_check(context, NAME, files.NAMED, [".env", "logs/.gitkeep"]),
        *(shell_check(context, projects[one], f", {one.variant}") for one in (_MINIMAL, _SEVERAL)),
    ]
    second = [
        *_of_project(context, used[_SEVERAL], _SEVERAL, ", multi-env", walked),
        *_of_others(context, used[_OTHER], _OTHER, ", multi-env, other answers", walked),
        *Code(used[_OTHER], context.memory).checks(", multi-env, other answers"),
        Check("workflows, other answers", lambda: files.workflow(projects[_OTHER])),
        database.postgresql_check(databases, projects[_OTHER], _POSTGRESQL, ", other answers"),
        *_of_others(context, used[_NONE_COMPLEX], _NONE_COMPLEX, ", none complex", walked),
        *Code(used[_NONE_COMPLEX], context.memory).checks(", none complex"),
        Check(
            "README's first run in a clone", lambda: first_run.clone(context, used[_NONE_COMPLEX])
        ),
        hook_check(context, used[_NONE_COMPLEX], "config_tools", activated=False),
    ]
    third = [
        *growth.checks(context, python[_OTHER.python]),
        *makefile.checks(context, used[_SEVERAL], ", multi-env"),
        *next_checks(context, NAME, _NEXT),
        *_of_bare(context, used[_BARE], ", recommended, no example"),
        *_of_bare(context, used[_BARE_SEVERAL], ", one strict, no example"),
    ]
    breaks = _breaks(context, python[_RECOMMENDED.python])
    lived = life.checks(context, python[_RECOMMENDED.python])
    return [Lane(checks) for checks in (first, second, third, breaks, lived)]


def _of_minimal(context: Context, used: Used[Project], title: str) -> list[Check]:
    return [
        *files.checks(used.project, title, minimal=True),
        Check(
            f"README's commands make a database, start and ask the service{title}",
            lambda: first_run.minimal(context, used),
        ),
    ]


def _of_project(
    context: Context,
    used: Used[Project],
    wanted: Project,
    title: str,
    walked: Once[Project] | None = None,
) -> list[Check]:
    """What `walked` has as well is not walked again."""
    copies = Copies(used, context.memory)
    port = _FREE_PORTS[wanted]
    checker = Checker(copies, walked=walked)
    return [
        *files.checks(used.project, title),
        Check(f"README's yamllint{title}", lambda: files.own_yamllint(copies)),
        *Code(used, context.memory).checks(title),
        *checker.checks(title),
        *checker.trap_checks(title),
        print_check(copies, title),
        *(Environments(copies, port).checks(title) if wanted.several else ()),
        *database.checks(copies, title),
        *Service(copies, port, wanted.several).checks(title),
        *Postman(copies, plant=walked is None).checks(title),
        *Backups(copies).checks(title),
        *Reloads(copies, port).checks(title),
        legitimate.check(copies, title),
    ]


def _of_others(
    context: Context, used: Used[Project], wanted: Project, title: str, walked: Once[Project]
) -> list[Check]:
    """What depends on the domains, and on the environments."""
    copies = Copies(used, context.memory)
    port = _FREE_PORTS[wanted]
    return [
        *files.checks(used.project, title),
        *Checker(copies, ("rename",), walked).checks(title),
        *(Environments(copies, port).checks(title) if wanted.several else ()),
        *database.checks(copies, title),
        *Postman(copies).checks(title),
    ]


def _of_bare(context: Context, used: Used[Project], title: str) -> list[Check]:
    """What is left without the example has checks, tests and programs that work."""
    copies = Copies(used, context.memory)
    return [
        *files.checks(used.project, title),
        *Code(used, context.memory).checks(title),
        *Checker(copies, ("rename",)).checks(title),
        *database.checks(copies, title),
        *Postman(copies).checks(title),
        *makefile.checks(context, used, title)[:2],
    ]


def _breaks(context: Context, python: Once[Path]) -> list[Check]:
    """A variant's modules are broken in a project of that variant that nothing else touches."""
    breaks = read_breaks(_BREAKS)
    found: list[Check] = []
    smaller: Once[Project] | None = None
    for wanted in _BROKEN:
        used = Used(generated(context, NAME, wanted), python)
        own = [one for one in breaks if one.variant == wanted.variant]

        def listed(
            used: Used[Project] = used,
            smaller: Once[Project] | None = smaller,
            own: Sequence[Break] = own,
        ) -> str:
            return every_module_is_listed(used, smaller, own)

        found.append(Check(f"a break is listed for every module, {wanted.variant}", listed))
        found += Code(used, context.memory).break_checks(
            context.breaks(own), f", {wanted.variant}", context.closing
        )
        smaller = used.project
    return found


LAYOUT = Layout(NAME, _PORTS, _lanes)
