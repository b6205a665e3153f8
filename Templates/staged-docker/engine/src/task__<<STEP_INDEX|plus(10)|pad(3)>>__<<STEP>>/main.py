"""The engine: serves what the steps before it have prepared, until SIGTERM."""

from shared_utils.sigterm import end_on_sigterm, exit_on_sigterm

if __name__ == "__main__":
    # Before the other imports: until it is handled, process 1 of a container ignores the signal.
    end_on_sigterm(0)

import asyncio
import errno
import logging
import socket

<<@if EXAMPLE>>
from shared_utils.document_results import read_documents
<<@end>>
from shared_utils.errors import StepError
<<@if EXAMPLE>>
from shared_utils.search_index import SearchIndex
<<@end>>
from shared_utils.step import run_step, step_name
<<@if not EXAMPLE>>
from shared_utils.step_results import read_result
<<@end>>

from .py_args import PyArgs

STEP = step_name(__file__)
log = logging.getLogger(STEP)


def listen(host: str, port: int) -> socket.socket:
    try:
        return socket.create_server((host, port), backlog=128)
    except OSError as error:
        reason = error.strerror or str(error)
        if error.errno == errno.EADDRINUSE:
            reason = "it is in use (README.md, Port traps)"
        raise StepError(
            f"cannot listen on ENGINE_HOST={host}, ENGINE_PORT={port}: {reason}"
        ) from None


def main() -> None:
    args = PyArgs.from_env(STEP)
<<@if EXAMPLE>>
    index = SearchIndex(read_documents(args.previous_result, args.previous_step))
    log.info("read %d documents from %s", index.document_count, args.previous_result)
<<@else>>
    records = read_result(args.previous_result, args.previous_step)
    log.info("read %d records from %s", len(records), args.previous_result)
<<@end>>

    # Late, because they take a while, and what is wrong so far shows without them.
    import uvicorn

    from .app import build_app

    config = uvicorn.Config(
<<@if EXAMPLE>>
        build_app(index, args.search_limit),
<<@else>>
        build_app(records),
<<@end>>
        log_config=None,
        server_header=False,
        timeout_graceful_shutdown=1,
    )
    loop_factory = config.get_loop_factory()
    with (
        listen(args.host, args.port) as server_socket,
        asyncio.Runner(loop_factory=loop_factory) as runner,
    ):
        log.info(
<<@if EXAMPLE>>
            "serving %d documents with %d words on http://%s:%d (/health, /search?q=word)",
            index.document_count,
            index.word_count,
<<@else>>
            "serving %d records on http://%s:%d (/health, /result)",
            len(records),
<<@end>>
            args.host,
            args.port,
        )
        # uvicorn finishes what is under way on SIGTERM, then hands the signal on: to this.
        exit_on_sigterm(0)
        try:
            runner.run(uvicorn.Server(config).serve(sockets=[server_socket]))
        finally:
            log.info("stopped")


if __name__ == "__main__":
    run_step(STEP, main, handles_sigterm=True)
