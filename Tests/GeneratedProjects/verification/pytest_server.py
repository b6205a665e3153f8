"""Run by a project's own Python: see warm_pytest.py.

Reads a request a line, and answers with pytest's exit code; -1 if it had to be ended.
"""

import contextlib
import ctypes
import importlib
import json
import os
import pathlib
import signal
import sys
import tempfile
import time
import traceback
import warnings
from typing import Any

_KILL_ON_PARENT_DEATH = 1


def run(request: dict[str, Any], project: str, modules: str = "") -> None:
    """In a child: never returns."""
    ctypes.CDLL(None).prctl(_KILL_ON_PARENT_DEATH, signal.SIGKILL)
    os.setpgid(0, 0)
    output = os.open(request["output"], os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    nothing = os.open(os.devnull, os.O_RDONLY)
    for old, new in ((nothing, 0), (output, 1), (output, 2)):
        os.dup2(old, new)
    code = 3
    try:
        os.environ.clear()
        os.environ.update(request["environment"])
        tempfile.tempdir = None
        os.chdir(request["folder"])
        # As `python -m pytest` does, and Python with a PYTHONPATH.
        paths = filter(None, os.environ.get("PYTHONPATH", "").split(os.pathsep))
        sys.path[:1] = [request["folder"], *paths]
        import pytest

        code = int(pytest.main(request["arguments"]))
        if modules:
            pathlib.Path(modules).write_text("\n".join(libraries(project)), encoding="utf-8")
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def libraries(project: str) -> list[str]:
    """What has been imported that is not the project's."""
    return [
        name
        for name, module in list(sys.modules.items())
        if (file := getattr(module, "__file__", None) or "").endswith((".py", ".so"))
        and not file.startswith(project)
        and name != "__main__"
    ]


def forked(request: dict[str, Any], project: str, modules: str = "") -> int:
    child = os.fork()
    if child == 0:
        run(request, project, modules)
    deadline = time.monotonic() + request["seconds"]
    while time.monotonic() < deadline:
        ended, status = os.waitpid(child, os.WNOHANG)
        if ended:
            code = os.waitstatus_to_exitcode(status)
            break
        time.sleep(0.01)
    else:
        code = -1
    # Whatever a test has started goes with it.
    with contextlib.suppress(ProcessLookupError):
        os.killpg(child, signal.SIGKILL)
    if code == -1:
        os.waitpid(child, 0)
    return code


def main() -> None:
    project = sys.argv[1]
    with tempfile.NamedTemporaryFile() as modules, tempfile.NamedTemporaryFile() as output:
        request = {
            "folder": project,
            "environment": dict(os.environ),
            "arguments": ["-q", "-p", "no:cacheprovider", "--collect-only"],
            "seconds": 120,
            "output": output.name,
        }
        code = forked(request, project, modules.name)
        if code != 0:
            sys.exit(f"no tests: {code}\n{pathlib.Path(output.name).read_text()}")
        with warnings.catch_warnings():
            # The project says what it does about these; here they have been seen already.
            warnings.simplefilter("ignore")
            for name in pathlib.Path(modules.name).read_text().splitlines():
                with contextlib.suppress(Exception):
                    importlib.import_module(name)
    for line in sys.stdin:
        print(json.dumps(forked(json.loads(line), project)), flush=True)


if __name__ == "__main__":
    main()
