"""The service really runs: as README says, over HTTP, and held against its own OpenAPI document."""

import re
import shutil
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from layouts.tiered.api import (
    PASSWORD,
    Api,
    require_errors,
    require_health,
    require_records,
    require_users,
)
from layouts.tiered.project import SECRET_KEY, Project
from verification.claims import require_equal
from verification.commands import CheckError, Command, run
from verification.markdown_text import shown
from verification.postgres import Database, Databases
from verification.project import in_path
from verification.python_code import Used
from verification.redis import redis_server
from verification.report import Check
from verification.servers import Server, answers, server
from verification.tools import tool

_SUPERUSER = "you@example.com"


@dataclass(frozen=True)
class Service:
    """A project, served by its owner at a shell."""

    used: Used[Project]
    databases: Databases
    scratch: Path
    # Of schemathesis.
    seed: int = 1
    examples: int = 20

    @property
    def project(self) -> Project:
        return self.used.project()

    def environment(self, settings: Mapping[str, str]) -> dict[str, str]:
        return self.project.environment(self.used.python(), settings)

    def checks(self, title: str, *, layered: bool) -> list[Check]:
        if not layered:
            return [
                Check(f"first run as README says{title}", self._first_run_of_mvp),
                Check(f"schemathesis{title}", self._schemathesis_of_mvp),
            ]
        return [
            Check(f"first run as README says{title}", self._first_run),
            Check(f"a missing setting is explained{title}", self._missing_settings),
            Check(f"schemathesis on PostgreSQL{title}", self._schemathesis),
        ]

    def command(self, *, reloads: bool = False) -> Command:
        """README's own, which reloads; several times as slow when it is asked a lot."""
        words = self.project.documented("uvicorn src.main:app")
        require_equal("README's port", words[words.index("--port") + 1], str(self.project.port))
        return words if reloads else [word for word in words if word != "--reload"]

    @contextmanager
    def running(
        self, settings: Mapping[str, str], name: str, *, reloads: bool = False
    ) -> Iterator[Server]:
        """Until the block ends; that SIGTERM stops it cleanly is part of it."""
        project = self.project
        log = self.scratch / f"{project.name}-{name}.log"
        env = self.environment(settings)
        command = [
            in_path(env, self.command(reloads=reloads)[0]),
            *self.command(reloads=reloads)[1:],
        ]
        with server(command, log, cwd=project.folder, env=env, ports=[project.port]) as service:
            service.wait_until(
                lambda: answers(project.port, "/health"), f"the service on {project.port}"
            )
            yield service
            code = service.stop()
            # uvicorn dies of the signal that it was told to stop by, once it has stopped.
            if code not in (0, -15, 143) or "Traceback" in service.output:
                raise CheckError(f"SIGTERM ended the service with {code}\n{service.output}")

    # The first run

    def _first_run_of_mvp(self) -> str:
        project = self.project
        before = {path.name for path in project.folder.iterdir()}
        with self.running({}, "first-run", reloads=True):
            seen = self._require_all(Api(project.port))
            kept = Api(project.port).call("POST", project.paths[0], {"name": "Kept"}).json
            project.try_requests({})
        with self.running({}, "second-run"):
            path = f"{project.paths[0]}/{kept['id']}"
            require_equal(path, Api(project.port).call("GET", path).require(200).json, kept)
        made = {path.name for path in project.folder.iterdir()} - before
        run(["git", "init", "--quiet"], cwd=project.folder)
        for name in made:
            ignored = run(
                ["git", "check-ignore", "--no-index", "--quiet", name],
                cwd=project.folder,
                codes=(0, 1),
            )
            left = project.folder / name
            shutil.rmtree(left) if left.is_dir() else left.unlink()
            if ignored.code == 1:
                raise CheckError(f"git would commit {name}, which the service has made")
        return seen

    def _require_all(self, api: Api) -> str:
        project = self.project
        require_health(api, project)
        document = api.call("GET", "/openapi.json").require(200).json
        require_equal("the title", document["info"]["title"], project.name)
        # The page that shows it reads Markdown.
        require_equal(
            "the description", shown(document["info"]["description"]), project.description
        )
        api.call("GET", "/docs").require(200)
        require_equal("/", api.call("GET", "/").require(307).headers["location"], "/docs")
        return f"{require_records(api, project)}, {require_errors(api, project)}"

    def _first_run(self) -> str:
        """From `.env` on, with a database that is made by the first command."""
        project = self.project
        env = self.environment({})
        for line in project.documented_commands():
            if line.startswith(("cp ", "sh ")):
                run(["bash", "-c", line], cwd=project.folder, env=env)
        settings = project.folder / ".env"
        try:
            if settings.stat().st_mode & 0o077:
                raise CheckError(".env can be read by others")
            left = sorted(path.name for path in project.folder.glob(".env*"))
            require_equal("settings files", left, [".env", ".env.example"])
            with self.databases.server(project.database_port) as running:
                return self._serve_first_run(running)
        finally:
            settings.unlink(missing_ok=True)

    def _serve_first_run(self, running: Database) -> str:
        project = self.project
        # As whoever edits the line in `.env` would; the environment has the last word.
        url = running.url.removesuffix(running.name) + "first_run"
        with ExitStack() as stack:
            settings = {"DATABASE_URL": url}
            if project.tier == "full":
                folder = self.scratch / f"redis-{project.name}-first-run"
                redis = stack.enter_context(redis_server(project.redis_port, folder))
                settings["REDIS_URL"] = redis.url
            told = [self._script(["python", "-m", "scripts.init_db"], settings) for _ in range(2)]
            if "first_run" not in told[0] or "first_run" in told[1]:
                raise CheckError(f"twice init_db said\n{told[0]}\n{told[1]}")
            command = project.documented("python -m scripts.create_user")
            told = [self._script(command, settings, f"{PASSWORD}\n") for _ in range(2)]
            if "made" not in told[0] or "made" in told[1]:
                raise CheckError(f"twice create_user said\n{told[0]}\n{told[1]}")
            with self.running(settings, "first-run", reloads=True):
                api = Api(project.port)
                superuser = api.login(_SUPERUSER)
                seen = self._require_all(superuser)
                project.try_requests({"…": PASSWORD})
                first = superuser.call("GET", project.paths[0]).json["items"][0]
                superuser.call("DELETE", f"{project.paths[0]}/{first['id']}").require(204)
                users = require_users(api, project, superuser)
                self._require_verified(settings, api)
                self._require_reset(settings, superuser)
                return f"{seen}, {users}"

    def _require_verified(self, settings: Mapping[str, str], api: Api) -> None:
        """Nobody becomes a superuser by having registered an address before its owner."""
        email = "boss@example.com"
        api.register(email)
        command = ["python", "-m", "scripts.create_user", email, "--superuser"]
        told = self._script(command, settings, "the password of the real owner\n", codes=(1,))
        if "cannot log in with this password" not in told:
            raise CheckError(f"create_user says of somebody else's address\n{told}")
        api.login(email).call("GET", "/api/v1/users").require(403)

    def _require_reset(self, settings: Mapping[str, str], superuser: Api) -> None:
        """A token for a new password is good once, and ends what the old password has begun."""
        command = self.project.documented("python -m scripts.reset_password")
        token = self._script(command, settings).strip().splitlines()[-1]
        body = {"token": token, "new_password": f"{PASSWORD} again"}
        superuser.call("PUT", "/api/v1/auth/password", body).require(204)
        superuser.call("PUT", "/api/v1/auth/password", body).require(403)
        superuser.call("GET", "/api/v1/users/me").require(401)
        Api(self.project.port).login(_SUPERUSER, f"{PASSWORD} again")

    def _script(
        self,
        command: Command,
        settings: Mapping[str, str],
        text: str = "",
        codes: tuple[int, ...] = (0,),
    ) -> str:
        env = self.environment(settings)
        words = [in_path(env, command[0]), *command[1:]]
        return run(words, cwd=self.project.folder, env=env, text=text, codes=codes).text

    def _missing_settings(self) -> str:
        """One line for a person, whatever is started."""
        complete = {"DATABASE_URL": "sqlite://", "SECRET_KEY": SECRET_KEY}
        wrong = {
            "DATABASE_URL": (None, "mysql://localhost/x"),
            "SECRET_KEY": (None, "short"),
        }
        commands: list[Command] = [
            self.command(),
            ["alembic", "upgrade", "head"],
            ["python", "-m", "scripts.init_db"],
        ]
        count = 0
        for name, values in wrong.items():
            for value in values:
                settings = {key: one for key, one in complete.items() if key != name}
                settings |= {name: value} if value is not None else {}
                env = self.environment(settings)
                for command in commands if value is None else commands[:1]:
                    arguments = [in_path(env, command[0]), *command[1:]]
                    result = run(arguments, cwd=self.project.folder, env=env, codes=None)
                    last = (result.err.strip().splitlines() or [""])[-1]
                    if result.code == 0 or name not in last or "Traceback" in result.text:
                        raise CheckError(
                            f"{name}={value}: `{result.command}` ended with {result.code}\n"
                            f"{result.text}"
                        )
                    count += 1
        return f"{count} starts"

    # The OpenAPI document

    def _schemathesis_of_mvp(self) -> str:
        file = self.scratch / f"{self.project.name}.db"
        with self.running({"DATABASE_URL": f"sqlite:///{file}"}, "schemathesis"):
            return self._hold_against_document("")

    def _schemathesis(self) -> str:
        project = self.project
        with ExitStack() as stack:
            running = stack.enter_context(self.databases.server(project.database_port))
            settings = {"DATABASE_URL": running.url, "SECRET_KEY": SECRET_KEY}
            if project.tier == "full":
                folder = self.scratch / f"redis-{project.name}-schemathesis"
                redis = stack.enter_context(redis_server(project.redis_port, folder))
                settings["REDIS_URL"] = redis.url
            self._script(["python", "-m", "scripts.init_db"], settings)
            command: Command = ["python", "-m", "scripts.create_user", _SUPERUSER, "--superuser"]
            self._script(command, settings, f"{PASSWORD}\n")
            stack.enter_context(self.running(settings, "schemathesis"))
            return self._hold_against_document(Api(project.port).login(_SUPERUSER).token)

    def _hold_against_document(self, token: str) -> str:
        url = f"http://127.0.0.1:{self.project.port}/openapi.json"
        arguments = ["run", url, "--checks=all", f"--max-examples={self.examples}", "--no-color"]
        if token:
            arguments += ["-H", f"Authorization: Bearer {token}"]
        folder = self.scratch / f"schemathesis-{self.project.name}"
        folder.mkdir(exist_ok=True)
        command: Command = [tool("schemathesis"), *arguments, f"--seed={self.seed}"]
        result = run(command, cwd=folder, seconds=400)
        match = re.search(r"(\d+) generated, (\d+) passed", result.out)
        if match is None or match[1] != match[2]:
            raise CheckError(f"it does not say that all has passed\n{result.text}")
        if token and re.search(r"authentication", result.out, re.IGNORECASE):
            raise CheckError(f"the token was of no use\n{result.text}")
        return f"{match[1]} requests with seed {self.seed}"
