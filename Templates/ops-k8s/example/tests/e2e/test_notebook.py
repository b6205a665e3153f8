"""The notebook runs from the first cell to the last, and is committed without outputs."""

import json
import sys

import pytest

from src.utils.config import PROJECT_ROOT

NOTEBOOK = PROJECT_ROOT / "notebooks" / "exploration.ipynb"


def test_it_is_committed_without_outputs() -> None:
    cells = json.loads(NOTEBOOK.read_text(encoding="utf-8"))["cells"]
    code = [cell for cell in cells if cell["cell_type"] == "code"]
    assert code
    assert [cell for cell in code if cell["outputs"] or cell["execution_count"]] == []


@pytest.mark.parametrize("directory", [".", "notebooks"])
def test_it_runs_from_the_root_and_from_its_own_folder(
    directory: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    pyplot = pytest.importorskip("matplotlib.pyplot", reason="needs the group notebooks")
    pytest.importorskip("pandas", reason="needs the group notebooks")
    pyplot.switch_backend("agg")
    monkeypatch.setattr(pyplot, "show", lambda: None)  # warns where there is a screen
    monkeypatch.setattr(sys, "path", [*sys.path])
    monkeypatch.chdir(PROJECT_ROOT / directory)
    names: dict[str, object] = {}
    for cell in json.loads(NOTEBOOK.read_text(encoding="utf-8"))["cells"]:
        if cell["cell_type"] == "code":
            exec("".join(cell["source"]), names)  # noqa: S102 - it is this project's own code
