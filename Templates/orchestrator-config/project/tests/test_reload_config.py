"""The service is asked only if the configuration has no faults, and never waited for for long."""

import socket
import threading
from collections.abc import Iterator
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, HTTPServer
<<@if VARIANT == multi-env>>
from pathlib import Path
<<@end>>

import pytest

from config_tools.faults import UsageError
<<@if VARIANT == multi-env>>
from config_tools.merged_copy import link_for
<<@end>>
from scripts.reload_config import ask
from tests.conftest import Project
from tests.samples import edit

<<@if VARIANT == multi-env>>
SETTINGS = "base/config.yaml"
<<@else>>
SETTINGS = "config.yaml"
<<@end>>


class Service(HTTPServer):
    """Records what it is asked, and answers with a status."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.status = 204
        self.requests: list[tuple[str, str, str | None]] = []
<<@if VARIANT == multi-env>>
        self.copy: Path | None = None
        self.level = ""
<<@end>>

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


class Handler(BaseHTTPRequestHandler):
    server: Service

    def do_POST(self) -> None:
        token = self.headers["Authorization"]
        self.server.requests.append(("POST", self.path, token))
<<@if VARIANT == multi-env>>
        if self.server.copy:
            self.server.level = (self.server.copy / "config.yaml").read_text(encoding="utf-8")
<<@end>>
        self.send_response(self.server.status)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Leaves the output of the tests alone."""


@pytest.fixture
def service() -> Iterator[Service]:
    with Service() as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield server
        server.shutdown()
        thread.join()


<<@if VARIANT == multi-env>>
def give_copy(project: Project, service: Service) -> Path:
    """As run.py does it when it starts."""
    copy = project.root / "copy"
    copy.mkdir()
    (project.root / "data" / link_for(service.server_port).name).symlink_to(copy)
    service.copy = copy
    return copy


<<@end>>
def test_the_service_is_asked_with_the_token(project: Project, service: Service) -> None:
<<@if VARIANT == multi-env>>
    give_copy(project, service)
<<@end>>
    result = project.start("scripts/reload_config.py", "--port", str(service.server_port))
    assert result.returncode == 0, result.stderr
    assert result.stdout == f"{service.url} has reloaded its configuration\n"
    assert service.requests == [("POST", "/admin/reload", "Bearer admin-secret")]
<<@if VARIANT == multi-env>>
    assert "level: DEBUG" in service.level, "the copy is brought up to date before"


def test_a_service_that_run_py_did_not_start(project: Project, service: Service) -> None:
    result = project.run("scripts/reload_config.py", "--port", str(service.server_port))
    assert result.returncode == 1
    assert "is not there. Did run.py start a service on that port?" in result.stderr
    assert service.requests == []
<<@end>>


def test_the_service_may_be_elsewhere(project: Project, service: Service) -> None:
    result = project.run("scripts/reload_config.py", "--url", f"{service.url}/behind/")
    assert result.returncode == 0, result.stderr
    assert service.requests == [("POST", "/behind/admin/reload", "Bearer admin-secret")]


def test_a_configuration_with_faults_is_not_loaded(project: Project, service: Service) -> None:
    edit(project.config, SETTINGS, "port: 8123", "port: high")
    result = project.run("scripts/reload_config.py", "--url", service.url)
    assert result.returncode == 1
    assert "server.port has a value that does not fit" in result.stderr
    assert "the service was not asked" in result.stderr
    assert service.requests == []


def test_a_variable_that_is_not_set_is_a_fault(project: Project, service: Service) -> None:
    del project.variables["DB_PASSWORD"]
    result = project.run("scripts/reload_config.py", "--url", service.url)
    assert result.returncode == 1
    assert "the variable DB_PASSWORD is not set" in result.stderr
    assert service.requests == []


def test_a_refusal_is_an_error(project: Project, service: Service) -> None:
    service.status = 403
    result = project.run("scripts/reload_config.py", "--url", service.url)
    assert result.returncode == 1
    assert result.stderr == f"error: {service.url}/admin/reload refused: 403 Forbidden\n"


def test_a_service_that_does_not_answer() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        url = f"http://127.0.0.1:{listener.getsockname()[1]}"
        with pytest.raises(UsageError, match=r"did not answer within 0\.1 seconds"):
            ask(url, "/admin/reload", "token", 0.1)
    with pytest.raises(UsageError, match="Is the service running"):
        ask(url, "/admin/reload", "token", 5)


def test_an_answer_that_never_ends() -> None:
    """Each byte comes in time, and the whole does not."""
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def drip() -> None:
            connection, _ = listener.accept()
            with connection, suppress(OSError):
                connection.sendall(b"HTTP/1.1 200 OK\r\nX-Endless: ")
                while not over.wait(0.02):
                    connection.sendall(b".")

        over = threading.Event()
        thread = threading.Thread(target=drip)
        thread.start()
        url = f"http://127.0.0.1:{listener.getsockname()[1]}"
        with pytest.raises(UsageError, match=r"did not answer within 0\.2 seconds"):
            ask(url, "/admin/reload", "token", 0.2)
        over.set()
        thread.join()


@pytest.mark.parametrize("option", ["--timeout=0", "--timeout=inf", "--timeout=x", "--port=0"])
def test_an_option_that_makes_no_sense(project: Project, option: str) -> None:
    result = project.run("scripts/reload_config.py", option)
    assert result.returncode == 2
    assert f"argument {option.partition('=')[0]}: " in result.stderr


@pytest.mark.parametrize("url", ["ftp://127.0.0.1", "127.0.0.1:8000", "http://", "http://a:99999"])
def test_an_address_that_is_none(url: str) -> None:
    with pytest.raises(UsageError, match="is no address: write http://HOST:PORT"):
        ask(url, "/admin/reload", "token", 5)
