"""What works behind the requests: tasks, events, metrics and logs, with a real Redis."""

import json
import re
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from pathlib import Path

from layouts.tiered.api import PASSWORD, Api
from layouts.tiered.project import SECRET_KEY, Project
from layouts.tiered.service import Service
from verification.claims import require_equal
from verification.commands import CheckError, Command, run
from verification.postgres import Database, Databases
from verification.project import in_path
from verification.python_code import Used
from verification.redis import Redis, redis_server
from verification.report import Check
from verification.servers import LOOPBACK, Server, server, stand_in
from verification.tools import tool

_USER = "eve@example.com"
_SUPERUSER = "you@example.com"
_REQUEST_ID = "verification-0123456789"
# More than one call of the client tries, so that the task itself has to be retried.
_FAILURES = 4


@dataclass
class Notifications:
    """The service that messages are sent through: it is down at first."""

    failures: int = _FAILURES
    keys: list[str] = field(default_factory=list)
    sent: list[str] = field(default_factory=list)


@contextmanager
def notification_service(port: int) -> Iterator[Notifications]:
    state = Notifications()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            state.keys.append(self.headers.get("Idempotency-Key", ""))
            if len(state.keys) <= state.failures:
                self._answer(503, {})
                return
            state.sent.append(body["recipient"])
            self._answer(202, {"id": "m-1"})

        def _answer(self, status: int, body: object) -> None:
            data = json.dumps(body).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, *_: object) -> None:
            return

    with stand_in(port, Handler):
        yield state


@dataclass(frozen=True)
class _Everything:
    """All processes of a project, and what they work with."""

    settings: Mapping[str, str]
    database: Database
    redis: Redis
    notifications: Notifications
    service: Server
    worker: Server
    consumer: Server


@dataclass(frozen=True)
class Background:
    """A project of the tier that has a worker and a queue."""

    used: Used[Project]
    databases: Databases
    scratch: Path

    @property
    def project(self) -> Project:
        return self.used.project()

    def checks(self, title: str) -> list[Check]:
        return [
            Check(f"worker, queue, metrics and logs{title}", self._everything),
            Check(f"the scheduler{title}", self._scheduler),
            Check(f"without Redis and without Sentry{title}", self._alone),
        ]

    def _environment(self, settings: Mapping[str, str]) -> dict[str, str]:
        return self.project.environment(self.used.python(), settings)

    def _run(
        self,
        command: Command,
        settings: Mapping[str, str],
        text: str = "",
        codes: tuple[int, ...] = (0,),
    ) -> str:
        env = self._environment(settings)
        arguments = [in_path(env, command[0]), *command[1:]]
        return run(arguments, cwd=self.project.folder, env=env, text=text, codes=codes).text

    @contextmanager
    def _process(
        self, name: str, command: Command, settings: Mapping[str, str], ready: str
    ) -> Iterator[Server]:
        """Until the block ends; then SIGTERM has to end it cleanly."""
        heartbeat = str(self.scratch / f"{self.project.name}-{name}-heartbeat")
        env = self._environment({**settings, "HEARTBEAT_FILE": heartbeat})
        log = self.scratch / f"{self.project.name}-{name}.log"
        arguments = [in_path(env, command[0]), *command[1:]]
        ports = [int(settings["METRICS_PORT"])]
        with server(arguments, log, cwd=self.project.folder, env=env, ports=ports) as process:
            process.wait_until(lambda: ready in process.output, name)
            yield process
            self._run(
                ["python", "-m", "tools.monitoring.check_heartbeat", "--file", heartbeat],
                settings,
            )
            code = process.stop(seconds=30)
            if code != 0 or "Traceback" in process.output.replace("\\n", "\n").split("stopp")[-1]:
                raise CheckError(f"SIGTERM ended the {name} with {code}\n{process.output}")

    @contextmanager
    def _running(self) -> Iterator[_Everything]:
        project = self.project
        folder = self.scratch / f"{project.name}-background"
        for name in ("redis", "worker-metrics"):
            (folder / name).mkdir(parents=True)
        with ExitStack() as stack:
            database = stack.enter_context(self.databases.server(project.database_port))
            redis = stack.enter_context(redis_server(project.redis_port, folder / "redis"))
            stub = stack.enter_context(notification_service(project.notifications_port))
            url = f"http://{LOOPBACK}:{project.notifications_port}"
            settings = {
                "DATABASE_URL": database.url,
                "SECRET_KEY": SECRET_KEY,
                "REDIS_URL": redis.url,
                "NOTIFICATIONS_URL": url,
                "ENVIRONMENT": "verification",
            }
            self._run(["python", "-m", "scripts.init_db"], settings)
            maker = ["python", "-m", "scripts.create_user", _SUPERUSER, "--superuser"]
            self._run(maker, settings, f"{PASSWORD}\n")
            # As README has them, with one child instead of one per processor.
            worker = [*project.documented("celery --app src.background.workers worker"), "-c", "1"]
            consumer = project.documented("python -m src.background.consumer")
            of_worker = {
                "METRICS_PORT": str(project.worker_port),
                "PROMETHEUS_MULTIPROC_DIR": str(folder / "worker-metrics"),
            }
            of_consumer = {"METRICS_PORT": str(project.consumer_port)}
            service = Service(self.used, self.databases, self.scratch)
            api = stack.enter_context(service.running(settings, "background"))
            working = stack.enter_context(
                self._process("worker", worker, settings | of_worker, "ready.")
            )
            consuming = stack.enter_context(
                self._process("consumer", consumer, settings | of_consumer, "consumer_started")
            )
            yield _Everything(settings, database, redis, stub, api, working, consuming)

    def _everything(self) -> str:
        project = self.project
        with self._running() as running:
            api = Api(project.port)
            user_id = self._require_task(running, api)
            events = self._require_events(running, api)
            series = self._require_metrics()
            self._require_logs(running)
            self._require_tools(running, user_id)
        return f"a task tried {_FAILURES + 1} times and done once, {events} events, {series} series"

    def _require_task(self, running: _Everything, api: Api) -> int:
        """Registering sends a message: retried until it is sent, and then never again."""
        user = {"email": _USER, "password": PASSWORD}
        made = api.call(
            "POST", "/api/v1/auth/register", user, headers={"X-Request-ID": _REQUEST_ID}
        ).require(201)
        require_equal("the request's id", made.headers.get("x-request-id"), _REQUEST_ID)
        stub = running.notifications
        running.worker.wait_until(lambda: bool(stub.sent), "the worker's message")
        require_equal("recipients", stub.sent, [_USER])
        require_equal("attempts", len(stub.keys), _FAILURES + 1)
        if len(set(stub.keys)) != 1 or not stub.keys[0]:
            raise CheckError(f"the attempts had the idempotency keys {stub.keys}")
        user_id = int(made.json["id"])
        script = (
            "from src.background.tasks import send_welcome_message as task\n"
            f"print([task.delay({user_id}).get(timeout=60) for _ in range(2)])\n"
        )
        told = self._run(["python", "-c", script], running.settings)
        if len(stub.keys) != _FAILURES + 1:
            raise CheckError(f"asked for twice more, it was done again: {told}")
        return user_id

    def _require_events(self, running: _Everything, api: Api) -> int:
        """What happens to records goes through the queue into the database, once each."""
        owner, superuser = api.login(_USER), api.login(_SUPERUSER)
        before = len(running.database.query("SELECT id FROM analytics_events"))
        path = self.project.paths[0]
        for name in ("one", "two", "three"):
            made = owner.call("POST", path, {"name": name}).require(201).json
            owner.call("PATCH", f"{path}/{made['id']}", {"name": name * 2}).require(200)
            owner.call("DELETE", f"{path}/{made['id']}").require(204)
        query = "SELECT event_id FROM analytics_events"
        running.consumer.wait_until(
            lambda: len(running.database.query(query)) >= before + 9, "nine stored events"
        )
        counted = superuser.call("GET", "/api/v1/analytics/events").require(200).json["counts"]
        stored = running.database.query(query)
        require_equal("events that are counted", sum(counted.values()), len(stored))
        require_equal("events stored twice", len(stored) - len(set(stored)), 0)
        owner.call("GET", "/api/v1/analytics/events").require(403)
        # What nobody understands does not hold up what comes after it.
        streams = [key for key in running.redis.ask("KEYS", "*") if key]
        kinds = {key: running.redis.ask("TYPE", key)[0] for key in streams}
        [stream] = [key for key, kind in kinds.items() if kind == "stream"]
        running.redis.ask("XADD", stream, "*", "body", "not JSON")
        owner.call("POST", path, {"name": "after"}).require(201)
        running.consumer.wait_until(
            lambda: len(running.database.query(query)) > len(stored), "the event after poison"
        )
        running.consumer.wait_until(
            lambda: running.redis.ask("XLEN", f"{stream}:dead") == ["1"], "a dead letter"
        )
        return len(running.database.query(query))

    def _require_metrics(self) -> int:
        project = self.project
        told = {
            "service": Api(project.port).call("GET", "/metrics").require(200).text,
            "worker": Api(project.worker_port).call("GET", "/metrics").require(200).text,
            "consumer": Api(project.consumer_port).call("GET", "/metrics").require(200).text,
        }
        for text in told.values():
            run([tool("promtool"), "check", "metrics"], text=text, codes=(0,))
        path = project.paths[0]
        _require_sample(told["service"], "http_requests_total", route=path, method="POST")
        _require_sample(told["service"], "http_requests_total", route=f"{path}/{{record_id}}")
        if re.search(rf'route="{path}/\d', told["service"]):
            raise CheckError("every record has a time series of its own")
        task = "send_welcome_message"
        for outcome in ("retry", "success"):
            _require_sample(told["worker"], "background_tasks_total", task=task, outcome=outcome)
        _require_sample(told["consumer"], "queue_messages_total", outcome="done")
        _require_sample(told["consumer"], "queue_messages_total", outcome="dead")
        return sum(
            1 for text in told.values() for line in text.splitlines() if not line.startswith("#")
        )

    def _require_logs(self, running: _Everything) -> None:
        """JSON, one object a line, and the request's id also in what the worker did for it."""
        for name in ("service", "worker", "consumer"):
            process: Server = getattr(running, name)
            lines = process.output.strip().splitlines()
            parsed = [_parsed(line) for line in lines]
            # Celery greets with a banner, which is no log; what has a level is.
            wrong = [
                line
                for line, one in zip(lines, parsed, strict=True)
                if one is None and re.search(r"\b(?:DEBUG|INFO|WARNING|ERROR|CRITICAL)\b", line)
            ]
            if wrong or not any(parsed):
                raise CheckError(f"the {name} logs lines that are not JSON\n" + "\n".join(wrong))
            ids = {one.get("request_id") for one in parsed if one}
            if name != "consumer" and _REQUEST_ID not in ids:
                raise CheckError(f"the {name}'s log lacks the request's id\n{process.output}")
            if PASSWORD in process.output or running.database.password in process.output:
                raise CheckError(f"the {name}'s log has a password")

    def _require_tools(self, running: _Everything, user_id: int) -> None:
        """Each does what its help says, and finds fault where there is some."""
        project, settings = self.project, running.settings
        url = f"http://{LOOPBACK}:{project.port}"
        module = ["python", "-m"]
        self._run([*module, "tools.deployment.smoke_test", url], settings)
        nobody = f"http://{LOOPBACK}:{project.port + 9}"
        self._run([*module, "tools.deployment.smoke_test", nobody], settings, codes=(1,))
        self._run([*module, "tools.monitoring.check_health", f"{url}/health"], settings)
        self._run([*module, "tools.monitoring.check_health", f"{url}/no"], settings, codes=(1,))
        waits = [*module, "tools.deployment.wait_for", "--timeout", "2"]
        self._run([*waits, "--database", "--redis", "--migrations"], settings)
        missing = {**settings, "REDIS_URL": f"redis://{LOOPBACK}:{project.port + 9}"}
        self._run([*waits, "--redis"], missing, codes=(1,))
        told = self._run([*module, "tools.monitoring.inspect_queue", "--dead"], settings)
        if "not JSON" not in told:
            raise CheckError(f"inspect_queue does not show the dead letter\n{told}")
        production = {**settings, "ENVIRONMENT": "production"}
        self._run([*module, "tools.deployment.check_settings"], production)
        self._run(
            [*module, "tools.deployment.check_settings"], production | {"DEBUG": "true"}, codes=(1,)
        )
        if user_id <= 0:
            raise CheckError(f"a user has the number {user_id}")

    def _scheduler(self) -> str:
        """It starts as README says, and git ignores what it remembers."""
        project = self.project
        with redis_server(project.redis_port, self.scratch / f"{project.name}-scheduler") as redis:
            settings = {"DATABASE_URL": "sqlite://", "SECRET_KEY": SECRET_KEY}
            # At this level it tells when it has looked for what is due.
            settings |= {"REDIS_URL": redis.url, "LOG_LEVEL": "DEBUG"}
            env = self._environment(settings)
            words = project.documented("celery --app src.background.workers beat")
            log = self.scratch / f"{project.name}-scheduler.log"
            command: Command = [in_path(env, words[0]), *words[1:]]
            before = set(project.folder.iterdir())
            with server(command, log, cwd=project.folder, env=env) as running:
                # Until its first round is over: what is imported late is not to be interrupted.
                running.wait_until(lambda: "beat: Waking up" in running.output, "a first round")
                code = running.stop()
                if code != 0 or "Traceback" in running.output:
                    raise CheckError(f"SIGTERM ended it with {code}\n{running.output}")
        run(["git", "init", "--quiet"], cwd=project.folder)
        made = set(project.folder.iterdir()) - before - {project.folder / ".git"}
        for path in made:
            told = run(["git", "check-ignore", path.name], cwd=project.folder, codes=(0, 1))
            path.unlink()
            if told.code == 1:
                raise CheckError(f"git would commit {path.name}, which the scheduler has made")
        return "starts and stops"

    def _alone(self) -> str:
        """Redis and Sentry are optional, and a Redis that has gone is nobody's error."""
        project = self.project
        service = Service(self.used, self.databases, self.scratch)
        with self.databases.server(project.database_port) as database:
            settings = {"DATABASE_URL": database.url, "SECRET_KEY": SECRET_KEY}
            self._run(["python", "-m", "scripts.init_db"], settings)
            gone = f"redis://{LOOPBACK}:{project.redis_port}/0"
            for number, extra in enumerate(({}, {"REDIS_URL": gone})):
                with service.running({**settings, **extra}, f"alone-{number}"):
                    api = Api(project.port)
                    email = f"user{number}@example.com"
                    api.register(email)
                    owner = api.login(email)
                    owner.call("POST", project.paths[0], {"name": "x"}).require(201)
                    listed = owner.call("GET", project.paths[0]).require(200).json
                    require_equal("records", listed["total"], 1)
                    api.call("GET", "/health").require(200)
                    ready = api.call("GET", "/health/ready")
                    ready.require(503 if extra else 200)
        return "works without Redis, and while Redis is gone"


def _require_sample(text: str, name: str, **labels: str) -> None:
    """A metric with these labels that has counted something."""
    for line in text.splitlines():
        match = re.fullmatch(rf"{name}\{{(.*)\}} (\S+)", line)
        if match is None:
            continue
        found = dict(re.findall(r'(\w+)="([^"]*)"', match[1]))
        if labels.items() <= found.items() and float(match[2]) > 0:
            return
    raise CheckError(f"no sample of {name} has {labels}\n{text}")


def _parsed(line: str) -> dict[str, object] | None:
    try:
        found = json.loads(line)
    except ValueError:
        return None
    return found if isinstance(found, dict) else None
