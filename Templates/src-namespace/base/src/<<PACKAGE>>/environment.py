"""Configuration: every variable of the environment is read here, once, and nowhere else."""

import ipaddress
import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import cast
from urllib.parse import urlsplit

<<@if EXAMPLE>>
from <<PACKAGE>>.exchanges import AccountID, Exchange
<<@end>>
from <<PACKAGE>>.lifecycle import DEFAULT_TIMES, ShutdownTimes

# As long as the hash that signs with it.
_KEY_LENGTH = 32
_PASSWORD_LENGTH = 12
<<@if EXAMPLE>>
_ACCOUNT_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")
<<@end>>
<<@if EXAMPLE and SLACK>>
_SLACK_USER_ID = re.compile(r"[UW][A-Z0-9]{2,20}")
<<@end>>


class <<PACKAGE|pascal>>Mode(StrEnum):
    """Where the service runs."""

    prod = "prod"
    dev = "dev"
    staging = "staging"


<<@if SLACK>>
class <<PACKAGE|pascal>>SlackChannel(StrEnum):
    """Where notifications go."""

    prod = "<<PROJECT_NAME>>-prod"
    dev = "<<PROJECT_NAME>>-dev"
    staging = "<<PROJECT_NAME>>-staging"


<<@end>>
@dataclass(frozen=True, kw_only=True)
class <<PACKAGE|pascal>>Environment:
    """Everything that can be configured. Secrets stay out of its representation."""

    MODE: <<PACKAGE|pascal>>Mode
    SERVER_IP: str
    SERVER_PORT: int
<<@if EXAMPLE>>
    EXCHANGE_TO_ACCOUNTS_DICT: dict[Exchange, list[AccountID]]
<<@end>>
    <<PACKAGE|upper>>_API_AUTH_USERNAME: str
    <<PACKAGE|upper>>_API_AUTH_PASSWORD: str = field(repr=False)
    QUART_SECRET_KEY: str = field(repr=False)
<<@if EXAMPLE>>
    REDIS_URL: str | None = field(repr=False)
<<@end>>
    SENTRY_DSN: str | None = field(repr=False)
    LOG_LEVEL: str
    LOG_JSON: bool
    SHUTDOWN_TIMES: ShutdownTimes
<<@if EXAMPLE and SLACK>>
    APPROVED_USER_IDS: list[str]
<<@end>>
<<@if SLACK>>
    SLACK_MODE: bool
    SLACK_CHANNEL: <<PACKAGE|pascal>>SlackChannel
    SLACK_OAUTH: str = field(repr=False)
<<@end>>
<<@if EXAMPLE and SLACK>>
    SLACK_SIGNING_SECRET: str = field(repr=False)
<<@end>>


class ConfigurationError(ValueError):
    """The environment is not one to run in; the text has a line for each variable at fault."""

    def __init__(self, problems: list[str]) -> None:
        lines = [f"  {problem}" for problem in problems]
        super().__init__("\n".join(["error: the environment is incomplete or malformed", *lines]))
        self.problems = problems


class _Reader:
    """Reads one variable after the other and remembers what is wrong with them.

    What is read after a problem is not fit for use: `raise_problems` comes before that.
    """

    def __init__(self, environ: Mapping[str, str]) -> None:
        self._environ = environ
        self._problems: list[str] = []

    def required[T](self, name: str, parse: Callable[[str], T]) -> T:
        value = self._environ.get(name, "")
        if not value:
            self._problems.append(f"{name} is not set")
            return cast("T", None)
        return self._parse(name, value, parse)

    def optional[T, D](self, name: str, parse: Callable[[str], T], default: D) -> T | D:
        """An empty variable counts as one that is not set."""
        value = self._environ.get(name, "")
        return self._parse(name, value, parse) if value else default

<<@if EXAMPLE>>
    def chosen[K, T](self, names: Mapping[K, str], parse: Callable[[str], T]) -> dict[K, T]:
        """Those of several variables that are set: one of them has to be."""
        found = {
            key: self._parse(name, value, parse)
            for key, name in names.items()
            if (value := self._environ.get(name, ""))
        }
        if not found:
            self._problems.append(f"{' or '.join(names.values())} is not set")
        return found

<<@end>>
    def _parse[T](self, name: str, value: str, parse: Callable[[str], T]) -> T:
        try:
            return parse(value)
        except ValueError as error:
            self._problems.append(f"{name} {error}")
            return cast("T", None)

    def raise_problems(self) -> None:
        if self._problems:
            raise ConfigurationError(self._problems)


<<@fit 100>>
def get_<<PACKAGE>>_environment(environ: Mapping[str, str] | None = None) -> <<PACKAGE|pascal>>Environment:
<<@else>>
def get_<<PACKAGE>>_environment(
    environ: Mapping[str, str] | None = None,
) -> <<PACKAGE|pascal>>Environment:
<<@end>>
    """Parses and validates the environment.

    Raises:
        ConfigurationError: At least one variable is missing or malformed; it names all of them.
    """
    env = _Reader(os.environ if environ is None else environ)

    # 1. Mode
    mode = env.required("MODE", _mode)

    # 2. Mode-specific configuration; an unknown mode is read as strictly as production
    match mode:
        case <<PACKAGE|pascal>>Mode.dev:
            default_log_level, log_json = "DEBUG", False
            key_length, password_length = 1, 1
<<@if SLACK>>
            slack_oauth_name = "SLACK_OAUTH_DEV_MOTHER"
            slack_channel = <<PACKAGE|pascal>>SlackChannel.dev
<<@end>>
        case <<PACKAGE|pascal>>Mode.staging:
            default_log_level, log_json = "DEBUG", True
            key_length, password_length = _KEY_LENGTH, _PASSWORD_LENGTH
<<@if SLACK>>
            slack_oauth_name = "SLACK_OAUTH_DEV_MOTHER"
            slack_channel = <<PACKAGE|pascal>>SlackChannel.staging
<<@end>>
        case _:
            default_log_level, log_json = "INFO", True
            key_length, password_length = _KEY_LENGTH, _PASSWORD_LENGTH
<<@if SLACK>>
            slack_oauth_name = "SLACK_OAUTH_MOTHER"
            slack_channel = <<PACKAGE|pascal>>SlackChannel.prod
<<@end>>

    # 3. Complex structures
<<@if EXAMPLE>>
    account_ids_names = {exchange: f"{exchange.upper()}_ACCOUNT_IDS" for exchange in Exchange}
    exchange_to_accounts_dict = env.chosen(account_ids_names, _account_ids)
<<@end>>
    shutdown_times = _shutdown_times(env)
<<@if EXAMPLE and SLACK>>
    if slack_mode := env.optional("SLACK_MODE", _flag, default=False):
        approved_user_ids = env.required("APPROVED_USER_IDS", _slack_user_ids)
        slack_oauth = env.required(slack_oauth_name, _secret(1))
        slack_signing_secret = env.required("SLACK_SIGNING_SECRET", _secret(1))
    else:
        approved_user_ids, slack_oauth, slack_signing_secret = [], "", ""
<<@elif SLACK>>
    slack_mode = env.optional("SLACK_MODE", _flag, default=False)
    slack_oauth = env.required(slack_oauth_name, _secret(1)) if slack_mode else ""
<<@end>>

    # 4. Validated configuration
    environment = <<PACKAGE|pascal>>Environment(
        MODE=mode,
        SERVER_IP=env.optional("SERVER_IP", _ip_address, default="127.0.0.1"),
        SERVER_PORT=env.optional("SERVER_PORT", _port, default=8000),
<<@if EXAMPLE>>
        EXCHANGE_TO_ACCOUNTS_DICT=exchange_to_accounts_dict,
<<@end>>
<<@fit 100>>
        <<PACKAGE|upper>>_API_AUTH_USERNAME=env.required("<<PACKAGE|upper>>_API_AUTH_USERNAME", _username),
<<@else>>
        <<PACKAGE|upper>>_API_AUTH_USERNAME=env.required(
            "<<PACKAGE|upper>>_API_AUTH_USERNAME", _username
        ),
<<@end>>
<<@fit 100>>
        <<PACKAGE|upper>>_API_AUTH_PASSWORD=env.required("<<PACKAGE|upper>>_API_AUTH_PASSWORD", _secret(password_length)),
<<@else>>
        <<PACKAGE|upper>>_API_AUTH_PASSWORD=env.required(
            "<<PACKAGE|upper>>_API_AUTH_PASSWORD", _secret(password_length)
        ),
<<@end>>
        QUART_SECRET_KEY=env.required("QUART_SECRET_KEY", _secret(key_length)),
<<@if EXAMPLE>>
        REDIS_URL=env.optional("REDIS_URL", _url("redis", "rediss"), default=None),
<<@end>>
        SENTRY_DSN=env.optional("SENTRY_DSN", _url("https", "http"), default=None),
        LOG_LEVEL=env.optional("LOG_LEVEL", _log_level, default=default_log_level),
        LOG_JSON=log_json,
        SHUTDOWN_TIMES=shutdown_times,
<<@if EXAMPLE and SLACK>>
        APPROVED_USER_IDS=approved_user_ids,
<<@end>>
<<@if SLACK>>
        SLACK_MODE=slack_mode,
        SLACK_CHANNEL=slack_channel,
        SLACK_OAUTH=slack_oauth,
<<@end>>
<<@if EXAMPLE and SLACK>>
        SLACK_SIGNING_SECRET=slack_signing_secret,
<<@end>>
    )
    env.raise_problems()
    return environment


def _mode(value: str) -> <<PACKAGE|pascal>>Mode:
    try:
        return <<PACKAGE|pascal>>Mode(value)
    except ValueError:
        modes = ", ".join(<<PACKAGE|pascal>>Mode)
        raise ValueError(f"must be one of {modes}") from None


def _secret(length: int) -> Callable[[str], str]:
    def parse(value: str) -> str:
        if len(value) < length:
            raise ValueError(f"must have {length} characters at least")
        return value

    return parse


def _username(value: str) -> str:
    if ":" in value:
        raise ValueError("must not contain a colon, which ends the name in basic authentication")
    return value


<<@if SLACK>>
def _flag(value: str) -> bool:
    match value.lower():
        case "true" | "1":
            return True
        case "false" | "0":
            return False
    raise ValueError("must be true or false")


<<@end>>
def _ip_address(value: str) -> str:
    try:
        return str(ipaddress.ip_address(value))
    except ValueError:
        raise ValueError("must be an IP address to listen on, such as 0.0.0.0") from None


def _port(value: str) -> int:
    if not re.fullmatch(r"[0-9]{1,5}", value) or not 1 <= int(value) <= 65535:
        raise ValueError("must be a port from 1 to 65535")
    return int(value)


def _log_level(value: str) -> str:
    levels = ("DEBUG", "INFO", "WARNING", "ERROR")
    if value.upper() not in levels:
        raise ValueError(f"must be one of {', '.join(levels)}")
    return value.upper()


def _url(*schemes: str) -> Callable[[str], str]:
    def parse(value: str) -> str:
        url = urlsplit(value)
        if url.scheme not in schemes or not url.hostname:
            raise ValueError(f"must be a URL that begins with {' or '.join(schemes)}://")
        return value

    return parse


def _seconds(least: float) -> Callable[[str], float]:
    def parse(value: str) -> float:
        number = float(value) if re.fullmatch(r"[0-9]{1,4}(\.[0-9]{1,3})?", value) else -1.0
        if number < least:
            raise ValueError(f"must be a number of seconds from {least} to 9999.999")
        return number

    return parse


def _shutdown_times(env: _Reader) -> ShutdownTimes:
    """Who gives requests more time, need not say that the process goes on for longer as well."""
    grace = env.optional("SHUTDOWN_GRACE_SECONDS", _seconds(0), default=DEFAULT_TIMES.grace)
    least = round((grace or 0) + ShutdownTimes.LEAST_AFTER_GRACE, 3)
    deadline = env.optional("SHUTDOWN_DEADLINE_SECONDS", _seconds(least), default=least)
    return ShutdownTimes(grace, deadline)
<<@if EXAMPLE>>


def _account_ids(value: str) -> list[AccountID]:
    return _items(value, _ACCOUNT_ID, "account ids")
<<@end>>
<<@if EXAMPLE and SLACK>>


def _slack_user_ids(value: str) -> list[str]:
    return _items(value, _SLACK_USER_ID, "Slack user ids")
<<@end>>
<<@if EXAMPLE>>


def _items(value: str, pattern: re.Pattern[str], meaning: str) -> list[str]:
    items = [item.strip() for item in value.split(",")]
    if not all(pattern.fullmatch(item) for item in items) or len(set(items)) < len(items):
        raise ValueError(f"must be different {meaning} with commas between them")
    return items
<<@end>>
