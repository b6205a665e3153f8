"""Run by a project's own Python, in the project: many runs of its programs, in one process.

Reads a list of runs as JSON: program, arguments, files with the text that they have during the run
(none: the file is away), and variables with their values (none: it is not set). Prints how each
ended.
"""

import contextlib
import functools
import gc
import importlib
import io
import json
import os
import runpy
import sys
import traceback
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

yaml: Any = importlib.import_module("yaml")
_compose = yaml.compose
# The same reader in C; what is not YAML at all is told in other words, so `exact` does without.
_LOADER: Any = None if "exact" in sys.argv else getattr(yaml, "CSafeLoader", None)


@functools.cache
def compose(text: str, Loader: Any) -> Any:
    """Files are the same in most runs, and reading them takes most of the time."""
    return _compose(text, Loader=_LOADER or Loader)


@contextlib.contextmanager
def changed(files: Mapping[str, str | None]) -> Iterator[None]:
    before = {Path(name): Path(name).read_bytes() for name in files if Path(name).is_file()}
    for name, text in files.items():
        path = Path(name)
        if text is None:
            path.unlink()
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text.encode("utf-8", "surrogateescape"))
    try:
        yield
    finally:
        for name in files:
            Path(name).unlink(missing_ok=True)
        for path, content in before.items():
            path.write_bytes(content)


def run(program: str, arguments: list[str], variables: Mapping[str, str | None]) -> dict[str, Any]:
    """As `python PROGRAM …` would be."""
    before, code = dict(os.environ), 0
    for name, value in variables.items():
        os.environ.pop(name, None)
        if value is not None:
            os.environ[name] = value
    sys.argv = [program, *arguments]
    out, err = io.StringIO(), io.StringIO()
    try:
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            runpy.run_path(program, run_name="__main__")
    except SystemExit as ended:
        code = ended.code if isinstance(ended.code, int) else 1
    except BaseException:
        code = 1
        err.write(traceback.format_exc())
    finally:
        os.environ.clear()
        os.environ.update(before)
    return {"code": code, "out": out.getvalue(), "err": err.getvalue()}


def main() -> None:
    sys.path.insert(0, os.getcwd())
    yaml.compose = compose
    gc.disable()
    ended = []
    for one in json.load(sys.stdin):
        with changed(one["files"]):
            ended.append(run(one["program"], one["arguments"], one["variables"]))
    json.dump(ended, sys.stdout)


if __name__ == "__main__":
    main()
