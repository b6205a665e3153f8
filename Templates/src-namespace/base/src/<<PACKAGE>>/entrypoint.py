"""Life of the service, from the first statement to the exit code."""

import os
import signal
import sys
from types import TracebackType

EXIT_CODE_MISCONFIGURED = 2


async def main() -> int:
    """Builds the service from its environment and runs it until it is to stop."""
    # Imported here for the reason that `run` gives.
<<@fit 100>>
    from <<PACKAGE>>.app import <<PACKAGE|pascal>>WebServer
<<@else>>
    from <<PACKAGE>>.app import (
        <<PACKAGE|pascal>>WebServer,
    )
<<@end>>
<<@fit 100>>
    from <<PACKAGE>>.client import <<PACKAGE|pascal>>Client
<<@else>>
    from <<PACKAGE>>.client import (
        <<PACKAGE|pascal>>Client,
    )
<<@end>>
<<@if EXAMPLE>>
    from <<PACKAGE>>.commands import CommandHandler
    from <<PACKAGE>>.confirmations import Confirmations
<<@end>>
<<@fit 100>>
    from <<PACKAGE>>.environment import ConfigurationError, get_<<PACKAGE>>_environment
<<@else>>
    from <<PACKAGE>>.environment import (
        ConfigurationError,
        get_<<PACKAGE>>_environment,
    )
<<@end>>
<<@if EXAMPLE>>
    from <<PACKAGE>>.interactions import InteractionHandler
<<@end>>
<<@fit 100>>
    from <<PACKAGE>>.lifecycle import AsyncTaskManager, GracefulExit, end_by_deadline, stop_on_signals
<<@else>>
    from <<PACKAGE>>.lifecycle import (
        AsyncTaskManager,
        GracefulExit,
        end_by_deadline,
        stop_on_signals,
    )
<<@end>>
<<@fit 100>>
    from <<PACKAGE>>.observability import configure_logging, init_error_tracking
<<@else>>
    from <<PACKAGE>>.observability import (
        configure_logging,
        init_error_tracking,
    )
<<@end>>
<<@if EXAMPLE and SLACK>>
    from <<PACKAGE>>.slack_gateway import SlackGateway
<<@end>>
<<@if SLACK>>
    from <<PACKAGE>>.slack_messenger import SlackMessenger
<<@end>>
<<@if EXAMPLE>>
    from <<PACKAGE>>.stores import open_store
<<@end>>

    # 1. Initialize all dependencies
    try:
        env = get_<<PACKAGE>>_environment()
    except ConfigurationError as error:
        sys.stderr.write(f"{error}\n")
        return EXIT_CODE_MISCONFIGURED
    tm = AsyncTaskManager(env.SHUTDOWN_TIMES)
    stop_on_signals(tm.stop_signal, env.SHUTDOWN_TIMES)
    configure_logging(env.LOG_LEVEL, as_json=env.LOG_JSON)
    init_error_tracking(env.SENTRY_DSN, environment=env.MODE)

<<@if EXAMPLE>>
    store = open_store(env.REDIS_URL)
    confirmations = Confirmations(env.QUART_SECRET_KEY, store)
<<@end>>
<<@if SLACK>>
    messenger = SlackMessenger(env.SLACK_OAUTH, env.SLACK_CHANNEL) if env.SLACK_MODE else None
<<@end>>
<<@if EXAMPLE and SLACK>>
    client = <<PACKAGE|pascal>>Client(
        env.EXCHANGE_TO_ACCOUNTS_DICT,
        store,
        on_change=messenger.position_changed if messenger else None,
    )
<<@elif EXAMPLE>>
    client = <<PACKAGE|pascal>>Client(env.EXCHANGE_TO_ACCOUNTS_DICT, store)
<<@else>>
    client = <<PACKAGE|pascal>>Client()
<<@end>>
<<@if EXAMPLE>>
    command_handler = CommandHandler(client, confirmations)
    interaction_handler = InteractionHandler(client, confirmations)
<<@end>>
<<@if EXAMPLE and SLACK>>
    slack = None
    if messenger is not None:
        slack = SlackGateway(
            signing_secret=env.SLACK_SIGNING_SECRET,
            approved_user_ids=env.APPROVED_USER_IDS,
            command_handler=command_handler,
            interaction_handler=interaction_handler,
            messenger=messenger,
        )
<<@end>>
<<@if EXAMPLE>>
    server = <<PACKAGE|pascal>>WebServer(
        env=env,
        client=client,
        command_handler=command_handler,
        interaction_handler=interaction_handler,
<<@if SLACK>>
        slack=slack,
<<@end>>
    )
<<@else>>
    server = <<PACKAGE|pascal>>WebServer(env=env, client=client)
<<@end>>

    # 2. Define shutdown coordination
    async def shutdown_trigger() -> None:
        await tm.stop_signal.wait()
        server.ready = False

    # 3. Define cleanup handler
    async def handle_shutdown(
        exc_type: type[BaseException] | None,
        exc_val: BaseException | None,
        exc_tb: TracebackType | None,
    ) -> None:
        await server.exit_handler((exc_type, exc_val, exc_tb))
<<@if SLACK>>
        if messenger is not None:
            if exc_val is None:
                await messenger.close()
            else:
                messenger.post(f"<<PROJECT_NAME>> has failed: {exc_val}")
                await messenger.close(seconds=2.5)
<<@end>>

    # 4. Run with graceful exit management
    async with GracefulExit(
        app=server, exit_handler=handle_shutdown, times=env.SHUTDOWN_TIMES
    ) as graceful_exit:
        tm.add_task(server.serve(shutdown_trigger), name="run server")
        await tm.catch_breaking_errors()

    if graceful_exit.exit_code:
        # After a failure nobody asked for an end in time, but threads shall not delay it either
        end_by_deadline(graceful_exit.exit_code, env.SHUTDOWN_TIMES)
    return graceful_exit.exit_code


def run() -> None:
    """What `run-<<PACKAGE>>` does."""
    # The imports below take most of a start. Until `main` listens to signals nothing is open
    # that would have to be closed, so a signal ends the process at once.
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: os._exit(0))

    import uvloop

    from <<PACKAGE>>.lifecycle import wrap_in_system_exit

    wrap_in_system_exit(uvloop.run(main()))
