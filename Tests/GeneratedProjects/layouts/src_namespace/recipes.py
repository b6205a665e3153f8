"""What README says of growing: another exchange, another route; and what a slip comes to."""

import re
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from layouts.src_namespace.answers import operator
from layouts.src_namespace.project import ACCOUNTS, Project
from layouts.src_namespace.service import Service
from verification import python_code
from verification.claims import require, require_equal
from verification.commands import Command, run
from verification.http_api import Client
from verification.report import Check

_ROUTE = """\
        @self.app.post("/close_position")
        @basic_auth_required()
        async def close_position_endpoint() -> Response:
            change = PositionChange.model_validate_json(await _json_body())
            return _position_response(await self.client.decrease_position(change))

"""
_ROW = "| `POST /close_position` | takes it all |\n"


@dataclass(frozen=True)
class Recipes:
    """Copies of a project that has the example, changed as its owner would change it."""

    service: Service
    scratch: Path

    def checks(self, title: str) -> list[Check]:
        return [
            Check(f"README's recipe: another exchange{title}", self._exchange),
            Check(f"README's recipe: another route, and what is forgotten{title}", self._route),
        ]

    @property
    def _project(self) -> Project:
        return self.service.project

    def _copy(self, name: str) -> Path:
        copy = self.scratch / f"{self._project.name}-{name}"
        shutil.copytree(self._project.folder, copy, ignore=shutil.ignore_patterns(".git"))
        return copy

    def _exchange(self) -> str:
        """One line; the settings stay as they are until there are accounts at it."""
        copy = self._copy("exchange")
        module = copy / "src" / self._project.package / "exchanges.py"
        line = '    kraken = "kraken"\n'
        require(f"`{line.strip()}`" in self._project.readme, f"README does not say {line.strip()}")
        module.write_text(module.read_text(encoding="utf-8") + line, encoding="utf-8")
        told = self._require_whole(copy)
        path = {"PYTHONPATH": str(copy / "src")}
        change = {"exchange": "kraken", "account_id": "spot", "symbol": "ETHUSD", "quantity": "2"}
        with self.service.running(path, "exchange-unused"):
            operator(self.service.port).call("POST", "/increase_position", change).require(422)
        with self.service.running(path | {"KRAKEN_ACCOUNT_IDS": "spot"}, "exchange"):
            api = operator(self.service.port)
            api.call("POST", "/increase_position", change).require(200)
            other = change | {"exchange": "bybit", "account_id": ACCOUNTS[0]}
            api.call("POST", "/increase_position", other).require(200)
            found = api.call("GET", "/positions").require(200).json["positions"]
            quantities = {one["exchange"]: Decimal(one["quantity"]) for one in found}
            require_equal("positions", quantities, {"bybit": Decimal(2), "kraken": Decimal(2)})
        shutil.rmtree(copy)
        return told

    def _route(self) -> str:
        """A handler and a row of README's table. A row less is noticed, a guard less does no harm,
        and one that is opened is noticed."""
        copy = self._copy("route")
        app = copy / "src" / self._project.package / "app.py"
        mark = '        @self.app.post("/increase_position")\n'
        original = app.read_text(encoding="utf-8")
        require_equal("where a route begins", original.count(mark), 1)
        app.write_text(original.replace(mark, _ROUTE + mark), encoding="utf-8")
        self._require_noticed(copy, "test_readme_lists_all_routes")
        readme = copy / "README.md"
        row = "| `POST /commands` |"
        text = readme.read_text(encoding="utf-8")
        readme.write_text(text.replace(row, _ROW + row), encoding="utf-8")
        told = self._require_whole(copy)
        guard = "        @basic_auth_required()\n"
        forgotten = _ROUTE.replace(guard, "")
        app.write_text(original.replace(mark, forgotten + mark), encoding="utf-8")
        with self.service.running({"PYTHONPATH": str(copy / "src")}, "route"):
            Client(self.service.port).call("POST", "/close_position", {}).require(401)
            operator(self.service.port).call("POST", "/close_position", {}).require(422)
        opened = _ROUTE.replace(guard, "        @without_basic_auth\n")
        app.write_text(original.replace(mark, opened + mark), encoding="utf-8")
        self._require_noticed(copy, "test_every_route_is_guarded_but_those_that_are_open")
        shutil.rmtree(copy)
        return told

    def _pytest(self, copy: Path, *arguments: str) -> tuple[Command, Mapping[str, str]]:
        options = ["-q", "-p", "no:cacheprovider", "--ignore=tests/test_service.py"]
        command: Command = [self.service.used.python(), "-m", "pytest", *options, *arguments]
        env = self._project.environment(
            self.service.used.python(), {"PYTHONPATH": str(copy / "src")}
        )
        return command, env

    def _require_whole(self, copy: Path) -> str:
        """Its own checkers have nothing against it, and its tests pass."""
        python = self.service.used.python()
        python_code.ruff(copy, python)
        command, env = self._pytest(copy)
        mypy: Command = [python, "-m", "mypy", "--cache-dir", self.scratch / "mypy-recipes"]
        run(mypy, cwd=copy, env=env, seconds=300)
        told = run(command, cwd=copy, env=env, seconds=200).out.strip().splitlines()[-1]
        require(" passed" in told, f"not all tests passed: {told}")
        return told

    def _require_noticed(self, copy: Path, test: str) -> None:
        command, env = self._pytest(copy, "tests/test_app.py", "tests/test_auth.py")
        told = run(command, cwd=copy, env=env, codes=(1,), seconds=200).out
        failed = set(re.findall(r"^FAILED \S+::(\w+)", told, re.MULTILINE))
        require_equal("what fails", failed, {test})
