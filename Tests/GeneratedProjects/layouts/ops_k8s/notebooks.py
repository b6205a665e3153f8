"""The notebooks, executed in a kernel of the project's own environment."""

import json
from pathlib import Path
from typing import Any

from layouts.ops_k8s.shell import Shell
from verification.claims import require
from verification.commands import Command, Result, run
from verification.linters import require_files
from verification.report import Check


class Notebooks:
    """One project's."""

    def __init__(self, shell: Shell) -> None:
        self._shell = shell

    def checks(self, title: str) -> list[Check]:
        return [Check(f"the notebook is executed, and fails where a cell does{title}", self._all)]

    def _all(self) -> str:
        folder = self._shell.project.folder / "notebooks"
        seen = 0
        for path in require_files(folder, "*.ipynb"):
            cells = _code(path)
            clean = all(not cell["outputs"] and not cell["execution_count"] for cell in cells)
            require(clean, f"{path.name} comes with outputs")
            executed = folder / f".executed-{path.name}"
            try:
                self._execute(path, executed)
                for cell in _code(executed):
                    require(bool(cell["execution_count"]), f"not executed:\n{cell['source']}")
                outputs = [output for cell in _code(executed) for output in cell["outputs"]]
                require(bool(outputs), f"{path.name} shows nothing")
                broken = json.loads(path.read_text(encoding="utf-8"))
                _code_of(broken)[-1]["source"] = ["raise ArithmeticError('on purpose')"]
                executed.write_text(json.dumps(broken), encoding="utf-8")
                refused = self._execute(executed, executed, codes=None)
                planted = refused.code != 0 and "on purpose" in refused.text
                require(planted, f"it ended with {refused.code}\n{refused.text}")
            finally:
                executed.unlink(missing_ok=True)
            seen += len(cells)
        return f"{seen} cells"

    def _execute(self, path: Path, output: Path, codes: tuple[int, ...] | None = (0,)) -> Result:
        shell = self._shell
        home = str(shell.scratch / "jupyter")
        names = ("JUPYTER_RUNTIME_DIR", "JUPYTER_DATA_DIR", "IPYTHONDIR", "MPLCONFIGDIR")
        env = shell.environment(dict.fromkeys(names, home))
        command: Command = [shell.used.python().parent / "jupyter-execute", path]
        where = [f"--output={output.relative_to(path.parent).with_suffix('')}"]
        return run([*command, *where], cwd=path.parent, env=env, codes=codes, seconds=180)


def _code(path: Path) -> list[Any]:
    return _code_of(json.loads(path.read_text(encoding="utf-8")))


def _code_of(notebook: Any) -> list[Any]:
    return [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]
