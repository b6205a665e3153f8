"""Values that are wrong, one of each kind and more: the error says what, where and what instead."""

from collections.abc import Mapping
from functools import partial
from pathlib import Path

from layouts.staged_docker.project import Project
from verification.commands import CheckError, run
from verification.report import Check, Once

# Variable, value, and the step that reads it: the first, or the last, which is the engine.
_WRONG = (
    ("RUNTIME_ENV", "STAGING", 0),
    ("RUNTIME_ENV", "dev", -1),
    ("DATABASE_PORT", "abc", 0),
    ("DATABASE_PORT", "0", 0),
    ("DATABASE_PORT", "65536", 0),
    ("DATABASE_NAME", " ", 0),
    ("DATABASE_WAIT_SECONDS", "-1", 0),
    ("INPUT_REPLACE", "maybe", 0),
    ("DATA_DIR", "~/data", 0),
    ("LOG_LEVEL", "LOUD", 0),
    ("ENGINE_PORT", "40,011", -1),
    ("ENGINE_HOST", "", -1),
    ("SEARCH_LIMIT", "ten", -1),
)


def checks(project: Once[Project], python: Once[Path]) -> list[Check]:
    made = [
        Check(
            f"wrong value {name}={value!r}",
            partial(_wrong, project, python, step, name, value),
        )
        for name, value, step in _WRONG
    ]
    made.append(Check("wrong value: no password", lambda: _no_password(project(), python())))
    return made


def _wrong(project: Once[Project], python: Once[Path], step: int, name: str, value: str) -> str:
    settings = {"POSTGRES_PASSWORD": "any", name: value}
    return _refused(project(), python(), step, settings, name, value)


def _refused(
    project: Project,
    python: Path,
    step: int,
    settings: Mapping[str, str],
    name: str,
    value: str | None,
) -> str:
    """The script ends at once, with one line for a person."""
    env = project.environment(python, settings)
    script = project.script(project.numbered_steps[step])
    result = run([script], cwd=Path("/"), env=env, codes=None)
    if result.code == 0:
        raise CheckError(f"it was taken\n{result.text}")
    last = (result.err.strip().splitlines() or [""])[-1]
    told = [name, "expected"] + ([repr(value)] if value is not None else [])
    missing = [part for part in told if part not in last]
    if missing:
        raise CheckError(f"the last line does not say {' or '.join(missing)}\n{result.text}")
    if "Traceback" in result.text:
        raise CheckError(f"a person gets a traceback\n{result.text}")
    return last.partition(": ")[2] or last


def _no_password(project: Project, python: Path) -> str:
    return _refused(project, python, 0, {}, "POSTGRES_PASSWORD", None)
