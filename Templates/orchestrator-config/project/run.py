#!/usr/bin/env python3
"""Starts the Orchestrator API Service with this project's configuration, or checks that.

Ends with 1 if the configuration has faults, with 2 if the command makes no sense, and with 3 if
the service is not installed.
"""

import argparse
import os
import sys
<<@if VARIANT == multi-env>>
from contextlib import ExitStack
<<@end>>

from config_tools.arguments import port
from config_tools.check import Source, check
from config_tools.display import show
from config_tools.faults import UsageError
<<@if VARIANT == multi-env>>
from config_tools.merged_copy import SourceWatcher, link_for, merged_copy
<<@end>>
from config_tools.project import ROOT, config_source, load_variables, show_faults
<<@if VARIANT == multi-env>>
from config_tools.stop_signals import exit_on_stop_signals
<<@end>>
from config_tools.variables import placeholders

INSTALL = "pip install --index-url https://packages.example.com/simple orchestrator-api-service"


def main() -> int:
    options = parse_arguments()
    load_variables()
    try:
        source = config_source()
    except UsageError as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    if options.check:
        return check_only(source)
    if options.print_config:
        return print_config(source)
    return serve(source, options)


def parse_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Runs the Orchestrator API Service.")
    parser.add_argument("--host", help="address to listen on (default: as in config.yaml)")
    parser.add_argument("--port", type=port, help="port to listen on (default: as in config.yaml)")
<<@if VARIANT == multi-env>>
    parser.add_argument(
        "--reload", action="store_true", help="follow changes of the code and of the configuration"
    )
<<@else>>
    parser.add_argument("--reload", action="store_true", help="follow changes, in development")
<<@end>>
    instead = parser.add_mutually_exclusive_group()
    instead.add_argument("--check", action="store_true", help="check the configuration and stop")
    instead.add_argument(
        "--print-config", action="store_true", help="print the configuration without its secrets"
    )
    return parser.parse_args()


def check_only(source: Source) -> int:
    checked = check(source, os.environ)
    show_faults(checked.faults)
    if checked.config is None:
        return 1
    files, endpoints = len(checked.documents), len(checked.config.routes)
<<@if VARIANT == multi-env>>
    print(f"{source.name}: {files} files, {endpoints} endpoints, no faults")
<<@else>>
    print(f"{files} files, {endpoints} endpoints, no faults")
<<@end>>
    return 0


def print_config(source: Source) -> int:
    checked = check(source, None)
    print(show(checked.documents, os.environ), end="")
    show_faults(checked.faults)
    return 1 if checked.faults else 0


def serve(source: Source, options: argparse.Namespace) -> int:
    try:
        from orchestrator_api_service.cli import run_server
    except ModuleNotFoundError as error:
        if error.name != "orchestrator_api_service":
            raise
        print(f"error: orchestrator_api_service is not installed: {INSTALL}", file=sys.stderr)
        return 3
    checked = check(source, os.environ)
    if checked.config is None:
        show_faults(checked.faults)
        return 1
    if names := placeholders(checked.documents, os.environ):
        print(f"warning: no secret yet: {', '.join(names)}", file=sys.stderr)
    settings = checked.config.settings
    os.chdir(ROOT)  # paths in the configuration are relative to it
    (ROOT / settings.logging.file.path).parent.mkdir(parents=True, exist_ok=True)
<<@if VARIANT == multi-env>>
    number = options.port or settings.server.port
    exit_on_stop_signals()
    with ExitStack() as context:
        copy = context.enter_context(merged_copy(checked.documents, link_for(number)))
        if options.reload:
            context.enter_context(SourceWatcher(source, copy, os.environ))
        os.environ["CONFIG_PATH"] = str(copy)
        run_server(
            host=options.host or settings.server.host,
            port=number,
            reload=options.reload,
            config_path=str(copy),
        )
    return 0
<<@else>>
    os.environ["CONFIG_PATH"] = str(source)
    run_server(
        host=options.host or settings.server.host,
        port=options.port or settings.server.port,
        reload=options.reload,
        config_path=str(source),
    )
    return 0
<<@end>>


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(130)
