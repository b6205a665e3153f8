"""What is claimed about the projects of the layout `tiered`."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from layouts.tiered import files, stages
from layouts.tiered.background import Background
from layouts.tiered.code import Code, every_module_is_listed
from layouts.tiered.growth import Growth
from layouts.tiered.life import Life
from layouts.tiered.makefile import Makefile
from layouts.tiered.manifests import Manifests
from layouts.tiered.migrations import Migrations
from layouts.tiered.names import used_names_are_refused
from layouts.tiered.project import (
    DATABASE_NAME,
    DATABASE_USER,
    NAME,
    TIERS,
    Project,
)
from layouts.tiered.service import Service
from verification.breaks import Break, read_breaks
from verification.containers import Containers
from verification.context import Context, Layout
from verification.generated import generated, installed
from verification.hooks import hook_check
from verification.ignored import ignored_check
from verification.images import Images
from verification.next_steps import NextSteps, next_checks
from verification.postgres import Databases
from verification.project import HARD_DESCRIPTION
from verification.python_code import Used
from verification.report import Check, Lane, Once
from verification.shells import shell_check

_BREAKS = [Path(__file__).with_name(name) for name in ("breaks.json", "breaks_full.json")]
_OTHER_MODELS = ("warehouse_reservation", "category", "ox", "match")
_MVP = Project(Path("note"))
_OTHER_MVP = Project(
    Path("ledger-book"),
    models=_OTHER_MODELS,
    port=20110,
    python="3.15",
    description=HARD_DESCRIPTION,
)
_CORE = Project(Path("archive"), "core", port=20120)
_OTHER_CORE = Project(
    Path("stock-room"),
    "core",
    _OTHER_MODELS,
    20130,
    security_libraries="pyjwt-pwdlib",
    python="3.15",
    description=HARD_DESCRIPTION,
)
_FULL = Project(Path("harbor"), "full", port=20140)
_OTHER_FULL = Project(
    Path("trade-post"),
    "full",
    _OTHER_MODELS,
    20150,
    security_libraries="pyjwt-pwdlib",
    python="3.13",
    description=HARD_DESCRIPTION,
)
# What breaks are applied to: copied, and touched by nothing else.
_BROKEN = tuple(Project(Path(f"broken-{tier}"), tier) for tier in TIERS)
# What those have who delete the example before anything else.
_BARE = (
    Project(Path("bare-mvp"), example=False, python="3.13"),
    Project(Path("bare-core"), "core", example=False, python="3.13"),
    Project(Path("bare-full"), "full", example=False),
)
_GROWTH_PORT = 20170
# What an MVP becomes by updates.
_LIFE = Project(Path("life"), "full", port=20180)
_NEXT_PORT = 20190
_NEXT = [
    NextSteps(
        (f"--tier={tier}", f"--port={_NEXT_PORT}"),
        ".venv/bin/uvicorn ",
        _NEXT_PORT,
        typed="a password that nobody guesses\n",
    )
    for tier in TIERS
]
_CONTAINED = Project(Path("dock"), "full", ("item", "category"), 20160)

_DEFAULTS = (_MVP, _CORE, _FULL)
_OTHERS = (_OTHER_MVP, _OTHER_CORE, _OTHER_FULL)


def _generate(context: Context, wanted: Project) -> Used[Project]:
    project = generated(context, NAME, wanted)
    return Used(project, installed(context, project, wanted.name, wanted.python))


def _lanes(context: Context) -> Sequence[Lane]:
    fast = context.memory
    databases = Databases(fast / "postgres", user=DATABASE_USER, name=DATABASE_NAME)
    first: list[Check] = []
    second = next_checks(context, NAME, _NEXT)
    # What has other answers than the defaults is seen of one tier with each commit.
    turn = context.in_turn(list(zip(_OTHERS, _BARE, strict=True)))
    chosen = [*_DEFAULTS, *(other for other, _ in turn)]
    uses = {wanted: _generate(context, wanted) for wanted in chosen}
    for number, (wanted, used) in enumerate(uses.items()):
        by_default = wanted in _DEFAULTS
        lane = first if by_default else second
        title = f", {wanted.tier}, {'default' if by_default else 'other'} answers"
        lane += files.checks(used.project, title)
        code = Code(used, fast, databases)
        lane += code.checks(title)
        if wanted == _CORE:
            lane.append(hook_check(context, used, more=code.mypy_settings, activated=False))
        if by_default:
            lane.append(shell_check(context, used.project, title))
            lane += Makefile(used, databases, fast).checks(title)
        # The others have four times as many endpoints.
        service = Service(used, databases, fast, seed=number, examples=20 if by_default else 8)
        lane += service.checks(title, layered=wanted.layered)
        if wanted.layered:
            # What PostgreSQL makes of other names is seen by migrations and schemathesis.
            lane += code.postgres_checks(title) if by_default else []
            lane += Migrations(used, databases, fast).checks(title, everywhere=by_default)
        if wanted.tier == "full":
            lane += files.full_checks(used.project, title)
            lane += Manifests(used, fast).checks(title)
            lane += Background(used, databases, fast).checks(title)
    for _, wanted in turn:
        used = _generate(context, wanted)
        if wanted.python == _FULL.python:
            used = Used(used.project, uses[_FULL].python)
        title = f", {wanted.tier}, without the example"
        second += [*files.checks(used.project, title), *Code(used, fast, databases).checks(title)]
    second += Growth(context, uses[_FULL], databases, _GROWTH_PORT).checks()
    second += [
        Check("wrong answers are refused", lambda: files.wrong_answers(context)),
        Check("no model hides a builtin", lambda: files.builtins_are_refused(context)),
        Check("no model is called as the code's own", lambda: used_names_are_refused(context)),
        ignored_check(
            context, NAME, [["--tier=full", "--project-name={name}", "--models={identifier}"]], []
        ),
    ]
    breaks = _break_checks(context, databases, uses)
    containers = _container_checks(context, uses[_FULL].python)
    life = Life(context, _LIFE, uses[_FULL].python, databases).checks()
    return [
        Lane(containers, contained=True),
        *(Lane(checks) for checks in (first, second, breaks, life)),
    ]


def _container_checks(context: Context, python: Once[Path]) -> list[Check]:
    project = generated(context, NAME, _CONTAINED, stages.lock)

    def make_images() -> str:
        machine: Containers = context.machine()
        images = Images(machine, context.work / "images")
        return images.make([_CONTAINED.python], stages.server_images(project()))

    images = Once("the stand-in images", make_images)

    def with_images() -> Containers:
        images()
        return context.machine()

    machine = Once("the stand-in images", with_images)
    return stages.Stages(project, machine, python).checks(images)


def _break_checks(
    context: Context, databases: Databases, uses: Mapping[Project, Used[Project]]
) -> list[Check]:
    """A tier's modules are broken in a project of that tier that nothing else touches."""
    breaks = [one for path in _BREAKS for one in read_breaks(path)]
    found: list[Check] = []
    smaller: Once[Project] | None = None
    for wanted, source in zip(_BROKEN, _DEFAULTS, strict=True):
        used = Used(_generate(context, wanted).project, uses[source].python)
        own = [one for one in breaks if one.tier == wanted.tier]

        def listed(
            used: Used[Project] = used,
            own: Sequence[Break] = own,
            smaller: Once[Project] | None = smaller,
        ) -> str:
            return every_module_is_listed(used, smaller, own)

        found.append(Check(f"a break is listed for every module, {wanted.tier}", listed))
        found += Code(used, context.memory, databases).break_checks(
            context.breaks(own), f", {wanted.tier}", context.closing
        )
        smaller = used.project
    return found


_PORTS = [port for one in (*_DEFAULTS, *_OTHERS, _CONTAINED, _LIFE) for port in one.ports]
LAYOUT = Layout(NAME, [*_PORTS, _GROWTH_PORT, _NEXT_PORT], _lanes)
