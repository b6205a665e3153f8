"""Projects that their owner changes: one gets another name, one a new version of its layout.

Both are used with the libraries of a project that has not changed.
"""

import re
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from layouts.src_namespace.code import Code
from layouts.src_namespace.project import NAME, Project
from verification.claims import require, require_equal
from verification.commands import run
from verification.context import Context
from verification.following import Edit, Followed
from verification.python_code import Used
from verification.report import Check, Once
from verification.tools import REPOSITORY

_OLD, _NEW = "keeper", "ledger-book"
_OLD_FOLDER, _NEW_FOLDER = "src/keeper", "src/ledger_book"
# At both ends of a module; in between there is what the layout writes.
_TOP, _BOTTOM = "# Kept by Ann.\n", '\nKEEPER = "Ann"\n'
# A file and a folder of the owner's own in the package; a test is outside of it.
_OWN = (
    Edit(f"{_OLD_FOLDER}/rates/__init__.py", '"""What things cost."""\n'),
    Edit(
        f"{_OLD_FOLDER}/rates/table.py",
        '"""The rates."""\n\nfrom ..exchanges import Exchange\n\nRATES = {Exchange.bybit: 3}\n',
    ),
    Edit(f"{_OLD_FOLDER}/rates.toml", "bybit = 3\n"),
    # What git knows nothing of.
    Edit(f"{_OLD_FOLDER}/__pycache__/app.pyc", "compiled\n"),
)
_OWN_TEST = Edit(
    "tests/test_rates.py",
    "from keeper.exchanges import Exchange\nfrom keeper.rates.table import RATES\n\n\n"
    "def test_every_exchange_has_a_rate() -> None:\n    assert set(RATES) == set(Exchange)\n",
)
# A route that was added does something of its owner's, and there is another one made by hand.
_CANCEL = f"{_NEW_FOLDER}/routes/post_orders_cancel.py"
_BY_HAND = """\
@self.app.get("/keeper")
        async def keeper_endpoint() -> Response:
            return jsonify({"name": "Ann"})

        """
_ROUTE_EDITS = (
    Edit(
        _CANCEL,
        "    return Answer(name=request.name.strip())",
        "    return Answer(name=request.name)",
    ),
    Edit(
        f"{_NEW_FOLDER}/app.py",
        f'{_BY_HAND}@self.app.post("/commands")',
        '@self.app.post("/commands")',
    ),
    Edit("README.md", "| `GET /keeper` | who keeps it |\n| `POST /commands`", "| `POST /commands`"),
    Edit(
        "tests/test_post_orders_cancel.py",
        "\n\ndef test_nothing_else() -> None:\n    assert ROUTE\n",
    ),
)
_SETTINGS = Edit(".env", "SERVER_PORT=8443", "SERVER_PORT=8000")

_MANIFEST = (REPOSITORY / "Templates" / NAME / "layout.json").read_text()
_PRESENT_VERSION = "".join(re.findall(r'^  "version": "([0-9.]+)",$', _MANIFEST, re.MULTILINE))
# What its layout, in a folder, becomes.
_VERSION = "3.0.0"
_LOG, _NEW_LOG = "request_log.py", "access_log.py"
_PACKAGE = "base/src/<<PACKAGE>>"
_IMPORT = "from <<PACKAGE>>.{} import RequestLog\n"
_FIRST_IMPORT = "from <<PACKAGE>>.auth import (\n"
_SECTION = "You can look at one line for each request.\n\n## Lifecycle\n"
_CHANGES = (
    Edit(f"{_PACKAGE}/app.py", "", _IMPORT.format("request_log")),
    Edit(f"{_PACKAGE}/app.py", _IMPORT.format("access_log") + _FIRST_IMPORT, _FIRST_IMPORT),
    Edit(f"{_PACKAGE}/{_NEW_LOG}", '{"/health", "/metrics", "/ready"}', '{"/health", "/ready"}'),
    Edit("base/README.md", _SECTION, "## Lifecycle\n"),
    Edit("layout.json", f'"version": "{_VERSION}"', f'"version": "{_PRESENT_VERSION}"'),
    Edit("layout.json", f'<<PACKAGE>>/{_NEW_LOG}": "One', f'<<PACKAGE>>/{_LOG}": "One'),
    Edit(
        "layout.json",
        f'"moved": {{ "{_PACKAGE}/{_LOG}": "{_PACKAGE}/{_NEW_LOG}" }},\n\n  "changes": {{\n'
        f'    "{_VERSION}": ["The log of requests is {_NEW_LOG}"],\n',
        '"changes": {\n',
    ),
)
# And after that, in the same files.
_LAST_VERSION = "4.0.0"
_MORE_CHANGES = (
    Edit(f"{_PACKAGE}/app.py", '"""The web layer: it translates', '"""The web layer: translates'),
    Edit(f"{_PACKAGE}/{_NEW_LOG}", "in the log for every request", "in the log for each request"),
    Edit("base/README.md", "## How it is checked\n", "## Checks\n"),
    Edit("layout.json", f'"version": "{_LAST_VERSION}"', f'"version": "{_VERSION}"'),
)
# Each in a file that the new versions change, the first where it has another name.
_EDITS = (
    Edit(
        f"{_OLD_FOLDER}/{_LOG}",
        '_REQUEST_ID = re.compile(rb"[A-Za-z0-9._:-]{1,64}")',
        '_REQUEST_ID = re.compile(rb"[A-Za-z0-9._-]{1,64}")',
    ),
    Edit(f"{_OLD_FOLDER}/app.py", "MAX_BODY_BYTES = 2**14", "MAX_BODY_BYTES = 16 * 1024"),
    Edit("README.md", "\n## Contacts\n\nAnn keeps this service.\n"),
)


class _Uninstalled(Project):
    """What is installed is another one."""

    def environment(self, python: Path, extra: Mapping[str, str] | None = None) -> dict[str, str]:
        return super().environment(
            python, {"PYTHONPATH": str(self.folder / "src"), **(extra or {})}
        )


@dataclass(frozen=True)
class Life:
    context: Context
    python: Once[Path]

    def checks(self) -> list[Check]:
        title = ", renamed by update, with routes added"
        renamed = Once("another name by `scaffold update`, routes by `add`", self._rename)
        code = Code(Used(renamed, self.python), self.context.memory)
        return [
            Check(
                "update, add, remove: another name and routes keep what the owner has changed",
                lambda: _told(renamed),
            ),
            *code.checks(title),
            Check("update: new versions of a layout in a folder", self._new_versions),
        ]

    def _rename(self) -> Project:
        project = Followed(self.context.scaffold, self.context.memory / _OLD)
        project.begin(NAME)
        modules = sorted((project.folder / _OLD_FOLDER).glob("*.py"))
        names = [path.name for path in modules]
        for path in modules:
            text = path.read_text(encoding="utf-8")
            path.write_text(f"{_TOP}{text}\n{_BOTTOM}", encoding="utf-8")
        run([self.python(), "-m", "ruff", "format", "--no-cache", "src"], cwd=project.folder)
        edited = sorted(project.edits())
        require_equal("edits", edited, [f"{_OLD_FOLDER}/{name}" for name in names])

        back = ("--project-name", _OLD)
        own = [*_OWN, _OWN_TEST, _SETTINGS]
        project.keep(own, "--project-name", _NEW, back=back, moved=_moved)
        packages = [path.name for path in (project.folder / "src").iterdir()]
        require_equal("packages", packages, [Path(_NEW_FOLDER).name])
        for name in names:
            text = (project.folder / _NEW_FOLDER / name).read_text(encoding="utf-8")
            require(text.startswith(_TOP) and text.endswith(_BOTTOM), f"{name} has lost an edit")
        mode = (project.folder / _SETTINGS.path).stat().st_mode & 0o777
        require_equal(f"mode of {_SETTINGS.path}", mode, 0o600)
        # The layout knows of no other file that has the name, so that its owner sees to it.
        named = run(["git", "grep", "--files-with-matches", _OLD], cwd=project.folder)
        require_equal("the old name is in", named.out.split(), [_OWN_TEST.path])
        file = project.folder / _OWN_TEST.path
        file.write_text(_OWN_TEST.new.replace(_OLD, "ledger_book"), encoding="utf-8")
        project.commit("Follow the layout to another name")

        project.grow("add", "route", "POST /orders/cancel")
        project.grow("add", "route", "GET /orders", "DELETE /orders", edits=_ROUTE_EDITS)
        project.grow("remove", "route", "DELETE /orders")
        project.require_kept(*_ROUTE_EDITS)
        return _Uninstalled(project.folder)

    def _new_versions(self) -> str:
        """Of a copy of the layout that lies in one repository with the project."""
        repository = self.context.memory / "with-layout"
        layout, project = repository / "layouts" / NAME, self._beside(repository)
        project.edit(*_EDITS, *_OWN, _OWN_TEST)
        project.commit("Make it ours")
        edits = project.edits()
        require_equal("edits", sorted(edits), sorted(one.path for one in _EDITS))

        log = layout / _PACKAGE / _LOG
        log.rename(log.with_name(_NEW_LOG))
        told = ""
        for changes in (_CHANGES, _MORE_CHANGES):
            Followed(self.context.scaffold, layout).edit(*changes)
            project.commit("A new version of the layout")
            told += project.update()
            project.require_edits({_renamed(path): lines for path, lines in edits.items()})
            kept = (Edit(_renamed(one.path), one.new) for one in _EDITS)
            project.require_kept(*kept, *_OWN, _OWN_TEST)
            project.commit("Follow the layout to its new version")
        for text in (f"New in {NAME} {_VERSION}", f"The log of requests is {_NEW_LOG}"):
            require(text in told, f"`{text}` is not told\n{told}")
        project.require_kept(
            Edit(f"{_OLD_FOLDER}/{_NEW_LOG}", '"/metrics"'),
            Edit(f"{_OLD_FOLDER}/{_NEW_LOG}", "in the log for every request"),
            Edit(f"{_OLD_FOLDER}/app.py", "from keeper.access_log import RequestLog\n"),
            Edit("README.md", _SECTION),
            Edit("README.md", "## How it is checked\n"),
        )
        require(not (project.folder / _OLD_FOLDER / _LOG).exists(), f"{_LOG} is there")
        # What starts processes has been tried under another name.
        words = ("-m", "pytest", "-q", "-p", "no:cacheprovider", "--ignore=tests/test_service.py")
        env = _Uninstalled(project.folder).environment(self.python())
        tests = run([self.python(), *words], cwd=project.folder, env=env, seconds=240)
        return tests.out.strip().splitlines()[-1]

    def _beside(self, repository: Path) -> Followed:
        layouts = repository / "layouts"
        for name in (NAME, "shared"):
            shutil.copytree(REPOSITORY / "Templates" / name, layouts / name)
        run(["git", "init", "--quiet", repository])
        project = Followed(self.context.scaffold, repository / _OLD)
        project.begin(layouts / NAME)
        return project


def _moved(path: str) -> str:
    return path.replace(f"{_OLD_FOLDER}/", f"{_NEW_FOLDER}/")


def _renamed(path: str) -> str:
    return path.replace(_LOG, _NEW_LOG)


def _told(project: Once[Project]) -> str:
    project()
    return "edits in every module"
