"""What is claimed about the projects of the layout `staged-docker`.

Four projects, no two with a port in common: two are used from a shell, two by their containers.
Copies of two more are broken.
"""

from collections.abc import Sequence
from pathlib import Path

from layouts.staged_docker import code, files, stages, values
from layouts.staged_docker.project import DATABASE_NAME, DATABASE_USER, NAME, Project
from layouts.staged_docker.steps import Steps
from verification.breaks import read_breaks
from verification.containers import Containers
from verification.context import Context, Layout
from verification.generated import generated, installed
from verification.ignored import ignored_check
from verification.images import Images
from verification.postgres import Databases
from verification.python_code import Used
from verification.report import Check, Lane, Once
from verification.shells import shell_check

_BREAKS = Path(__file__).with_name("breaks.json")

# The defaults; and what differs from them in every respect.
_DEFAULT = Project(Path("demo"))
_OTHER = Project(Path("fleet"), ("load", "refine", "rank", "serve"), 730, "3.12", runners=False)
# What breaks are applied to: copied, and touched by nothing else. A break of a step in the middle
# needs a project that has one.
_WHOLE = Project(Path("whole"))
_MIDDLE = Project(Path("middle"), ("ingest", "refine", "serve"), 840)
# Not the default block, since the lanes run beside each other.
_FIRST = Project(Path("pier"), block=510)
_SECOND = Project(Path("quay"), ("collect", "rank", "answer"), 620, "3.12")

_PROJECTS = (_DEFAULT, _OTHER, _FIRST, _SECOND)


def _generate(context: Context, wanted: Project, *, owned: bool = False) -> Used[Project]:
    def prepare(made: Project) -> None:
        if owned:
            made.set_password()
            stages.hand_over(made)

    project = generated(context, NAME, wanted, prepare)
    return Used(project, installed(context, project, wanted.name, wanted.python))


def _lanes(context: Context) -> Sequence[Lane]:
    scratch = context.work
    default, other = (_generate(context, one) for one in (_DEFAULT, _OTHER))
    first, second = (_generate(context, one, owned=True) for one in (_FIRST, _SECOND))

    def make_images() -> str:
        machine: Containers = context.machine()
        images = Images(machine, scratch / "images")
        return images.make([_FIRST.python, _SECOND.python])

    images = Once("the stand-in images", make_images)

    def with_images() -> Containers:
        images()
        return context.machine()

    machine = Once("the stand-in images", with_images)
    title = f", {len(_OTHER.steps)} steps on {_OTHER.python} without runners"
    databases = Databases(scratch / "postgres", user=DATABASE_USER, name=DATABASE_NAME)
    default_steps = Steps(default, databases, scratch)
    shell = [
        *files.checks(context, default.project),
        ignored_check(
            context, NAME, [["--project-name={name}", "--steps={identifier},serve_it"]], [".env"]
        ),
        shell_check(context, default.project, ""),
        *code.checks("", default, databases, scratch),
        *default_steps.checks(""),
        *default_steps.override_checks(),
        *values.checks(default.project, default.python),
        *files.variant_checks(title, other.project),
        *code.checks(title, other, databases, scratch),
        *Steps(other, databases, scratch).checks(title),
    ]
    containers = stages.checks(
        stages.Stages(first.project, machine),
        stages.Stages(second.project, machine),
        default.python,
        scratch,
        images,
    )
    breaks = _break_checks(context, default.python)
    # Three lanes of about the same length: breaks are most of the checks.
    return [
        Lane(containers, contained=True),
        Lane([*shell, *breaks[1::2]]),
        Lane(breaks[::2]),
    ]


def _break_checks(context: Context, python: Once[Path]) -> list[Check]:
    """Of every break, the project that it fits; one virtual environment does for all."""
    whole, middle = (Used(_generate(context, one).project, python) for one in (_WHOLE, _MIDDLE))
    breaks = read_breaks(_BREAKS)
    chosen = context.breaks(breaks)
    of_whole = [one for one in chosen if not one.steps]
    of_middle = [one for one in chosen if one.steps]

    def listed() -> str:
        return code.every_module_is_listed(whole.project(), middle.project(), python(), breaks)

    return [
        Check("a break is listed for every module", listed),
        *code.break_checks(of_whole, whole, context.memory / "breaks"),
        *code.break_checks(of_middle, middle, context.memory / "breaks-middle"),
    ]


LAYOUT = Layout(NAME, [port for one in _PROJECTS for port in one.ports], _lanes)
