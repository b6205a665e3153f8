"""What is claimed about the projects of the layout `staged-docker`.

Five projects, no two with a port in common: three are used from a shell, two by their containers.
Copies of three more are broken.
"""

from collections.abc import Sequence
from pathlib import Path

from layouts.staged_docker import code, files, life, stages, values
from layouts.staged_docker.project import DATABASE_NAME, DATABASE_USER, NAME, Project
from layouts.staged_docker.readme import Readme
from layouts.staged_docker.roles import role_check
from layouts.staged_docker.steps import Steps
from verification.breaks import read_breaks
from verification.containers import Containers
from verification.context import Context, Layout
from verification.generated import generated, installed
from verification.hooks import hook_check
from verification.ignored import ignored_check
from verification.images import Images
from verification.next_steps import NextSteps, next_checks
from verification.postgres import Databases
from verification.python_code import Used
from verification.report import Check, Lane, Once
from verification.shells import shell_check

_BREAKS = Path(__file__).with_name("breaks.json")

# The defaults; what differs from them in every respect, with roles where one would not look for
# them; and the project without the example.
_DEFAULT = Project(Path("demo"))
_OTHER = Project(
    Path("fleet"),
    ("serve", "load", "refine", "rank"),
    ingest="load",
    engine="serve",
    block=730,
    python="3.13",
    runners=False,
)
_BARE = Project(Path("bare"), ("take", "hand_on", "give"), example=False, block=280, python="3.15")
# What breaks are applied to: copied, and touched by nothing else. A break of a step in the middle
# needs a project that has one.
_WHOLE = Project(Path("whole"))
_MIDDLE = Project(Path("middle"), ("ingest", "refine", "serve"), block=840)
_SKELETON = Project(Path("skeleton"), ("ingest", "refine", "serve"), example=False, block=950)
# Not the default block, since the lanes run beside each other.
_FIRST = Project(Path("pier"), block=510)
_SECOND = Project(Path("quay"), ("collect", "rank", "answer"), block=620, python="3.13")

# What gets another step when its owner has changed those that are there.
_LONGER = Project(Path("longer"), block=390)

# Readme has the commands that need the database.
_NEXT = NextSteps(missing=["Docker"], elsewhere=("docker ", "make run", "scripts_sh/"))

_PROJECTS = (_DEFAULT, _OTHER, _BARE, _FIRST, _SECOND, _LONGER)


def _generate(
    context: Context, wanted: Project, *, owned: bool = False, locked: bool = False
) -> Used[Project]:
    def prepare(made: Project) -> None:
        if locked:
            stages.lock(made, context.work)
        if owned:
            made.set_password()
            stages.hand_over(made)

    project = generated(context, NAME, wanted, prepare)
    return Used(project, installed(context, project, wanted.name, wanted.python))


def _lanes(context: Context) -> Sequence[Lane]:
    scratch = context.work
    default, other, bare = (_generate(context, one) for one in (_DEFAULT, _OTHER, _BARE))
    first = _generate(context, _FIRST, owned=True)
    second = _generate(context, _SECOND, owned=True, locked=True)

    def make_images() -> str:
        machine: Containers = context.machine()
        images = Images(machine, scratch / "images")
        return images.make([_FIRST.python, _SECOND.python])

    images = Once("the stand-in images", make_images)

    def with_images() -> Containers:
        images()
        return context.machine()

    machine = Once("the stand-in images", with_images)
    databases = Databases(scratch / "postgres", user=DATABASE_USER, name=DATABASE_NAME)
    default_steps = Steps(default, databases, scratch)
    options = ["--project-name={name}", "--steps={identifier},serve_it"]
    shell = [
        *files.checks(context, default.project),
        role_check(context),
        ignored_check(context, NAME, [options], [".env"]),
        shell_check(context, default.project, ""),
        *code.checks("", default, databases, scratch),
        *default_steps.checks(""),
        *default_steps.override_checks(),
        *values.checks(default.project, default.python),
        *Readme(context, default, databases, "").checks(),
        hook_check(context, default, activated=False),
    ]
    variants = [
        (f", {len(_OTHER.steps)} steps on {_OTHER.python} without runners", other),
        (f", without the example on {_BARE.python}", bare),
    ]
    for title, used in variants:
        shell += files.variant_checks(title, used.project)
        shell += code.checks(title, used, databases, scratch)
        shell += Steps(used, databases, scratch).checks(title)
    for title, used in context.in_turn(variants):
        shell += Readme(context, used, databases, title).variant_checks()
    containers = stages.checks(
        stages.Stages(first.project, machine),
        stages.Stages(second.project, machine),
        default.python,
        scratch,
        images,
    )
    breaks = _break_checks(context, default.python)
    # The first three are of about the same length: breaks are most of the checks.
    return [
        Lane(containers, contained=True),
        Lane([*shell, *breaks[1::2]]),
        Lane(breaks[::2]),
        Lane(
            [
                *life.checks(context, _LONGER, default.python, databases),
                *next_checks(context, NAME, [_NEXT]),
            ]
        ),
    ]


def _break_checks(context: Context, python: Once[Path]) -> list[Check]:
    """Of every break, the project that it fits; one virtual environment does for all."""
    whole, middle, skeleton = (
        Used(_generate(context, one).project, python) for one in (_WHOLE, _MIDDLE, _SKELETON)
    )
    breaks = read_breaks(_BREAKS)
    chosen = context.breaks(breaks)
    of_skeleton = [one for one in chosen if one.variant]
    of_middle = [one for one in chosen if one.steps and not one.variant]
    of_whole = [one for one in chosen if not one.steps and not one.variant]

    def listed() -> str:
        projects = [one.project() for one in (whole, middle, skeleton)]
        return code.every_module_is_listed(projects, python(), breaks)

    return [
        Check("a break is listed for every module", listed),
        *code.break_checks(of_whole, whole, context.memory / "breaks"),
        *code.break_checks(of_middle, middle, context.memory / "breaks-middle"),
        *code.break_checks(of_skeleton, skeleton, context.memory / "breaks-skeleton"),
    ]


LAYOUT = Layout(NAME, [port for one in _PROJECTS for port in one.ports], _lanes)
