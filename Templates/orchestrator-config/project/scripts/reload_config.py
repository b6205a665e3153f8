#!/usr/bin/env python3
"""Asks the running service to read its configuration again, once that has no faults."""

import argparse
import os
import socket
import sys
import threading
from contextlib import suppress
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from pathlib import Path
from urllib.parse import SplitResult, urlsplit

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from config_tools.arguments import port, seconds
from config_tools.check import check
from config_tools.faults import UsageError
<<@if VARIANT == multi-env>>
from config_tools.merged_copy import link_for, write_copy
<<@end>>
from config_tools.models import Settings
from config_tools.project import config_source, load_variables, show_faults
from config_tools.variables import resolve

EVERY_ADDRESS = ("0.0.0.0", "::")


def service_url(settings: Settings, port: int | None) -> str:
    """Where the service is, seen from this machine."""
    host = settings.server.host
    if host in EVERY_ADDRESS:
        host = "127.0.0.1"
    return f"http://{f'[{host}]' if ':' in host else host}:{port or settings.server.port}"


def split_url(url: str) -> SplitResult:
    with suppress(ValueError):  # of a port that is none
        parts = urlsplit(url)
        if parts.scheme in ("http", "https") and parts.hostname and parts.port != 0:
            return parts
    raise UsageError(f"{url} is no address: write http://HOST:PORT")


def ask(url: str, path: str, token: str, timeout: float) -> None:
    """Sends the request; no answer and a refusal are errors."""
    parts = split_url(url)
    connect = HTTPSConnection if parts.scheme == "https" else HTTPConnection
    connection = connect(parts.hostname or "", parts.port, timeout=timeout)
    too_late = UsageError(f"{url} did not answer within {timeout:g} seconds")
    expired = threading.Event()

    def give_up() -> None:
        expired.set()
        if connection.sock:
            with suppress(OSError):
                connection.sock.shutdown(socket.SHUT_RDWR)

    # The connection's own timeout is for each byte of an answer, and not for all.
    deadline = threading.Timer(timeout, give_up)
    deadline.start()
    try:
        connection.request(
            "POST",
            parts.path.rstrip("/") + path,
            headers={"Authorization": f"Bearer {token}", "Content-Length": "0"},
        )
        answer: HTTPResponse = connection.getresponse()
        answer.read()
    except (OSError, HTTPException) as error:
        if expired.is_set() or isinstance(error, TimeoutError):
            raise too_late from None
        if isinstance(error, HTTPException):
            reason = "gave an answer that is not HTTP. Is it another service?"
        else:
            reason = f"did not answer: {error}. Is the service running?"
        raise UsageError(f"{url} {reason}") from None
    finally:
        deadline.cancel()
        connection.close()
    if expired.is_set():
        raise too_late
    if not 200 <= answer.status < 300:
        raise UsageError(f"{url}{path} refused: {answer.status} {answer.reason}")


def main() -> int:
    parser = argparse.ArgumentParser(description="Makes the running service reload.")
    parser.add_argument("--port", type=port, help="where it listens (default: as in config.yaml)")
    parser.add_argument("--url", help="where it is, if on another machine: http://HOST:PORT")
    parser.add_argument("--timeout", type=seconds, default=10, help="seconds to wait (default: 10)")
    options = parser.parse_args()
    load_variables()
    try:
        checked = check(config_source(), os.environ)
        if checked.config is None:
            show_faults(checked.faults)
            print("error: the service was not asked", file=sys.stderr)
            return 1
        settings = checked.config.settings
<<@if VARIANT == multi-env>>
        if not options.url:
            link = link_for(options.port or settings.server.port)
            if not link.is_dir():
                raise UsageError(f"{link} is not there. Did run.py start a service on that port?")
            write_copy(checked.documents, link.resolve())
<<@end>>
        url = options.url or service_url(settings, options.port)
        token = resolve(settings.api.reload.token, os.environ)
        ask(url, settings.api.reload.path, token, options.timeout)
    except UsageError as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    print(f"{url} has reloaded its configuration")
    return 0


if __name__ == "__main__":
    sys.exit(main())
