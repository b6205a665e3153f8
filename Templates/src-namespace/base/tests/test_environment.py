import re
from pathlib import Path

import pytest

from <<PACKAGE>> import environment
<<@fit 100>>
from <<PACKAGE>>.environment import <<PACKAGE|pascal>>Mode, <<@if SLACK>><<PACKAGE|pascal>>SlackChannel, <<@end>>get_<<PACKAGE>>_environment
<<@else>>
from <<PACKAGE>>.environment import (
    <<PACKAGE|pascal>>Mode,
<<@if SLACK>>
    <<PACKAGE|pascal>>SlackChannel,
<<@end>>
    get_<<PACKAGE>>_environment,
)
<<@end>>
<<@if EXAMPLE>>
from <<PACKAGE>>.exchanges import Exchange
<<@end>>
from <<PACKAGE>>.lifecycle import ShutdownTimes

README = Path(__file__).parents[1] / "README.md"

type Environ = dict[str, str]
<<@if EXAMPLE>>

# One of them has to be set.
ACCOUNT_IDS_NAMES = [f"{exchange.upper()}_ACCOUNT_IDS" for exchange in Exchange]
<<@end>>


class Asked(dict[str, str]):
    """An environment that remembers which of its variables were asked for."""

    def __init__(self, environ: Environ) -> None:
        super().__init__(environ)
        self.names: set[str] = set()

    def get(self, name: str, default: str = "") -> str:  # type: ignore[override]
        self.names.add(name)
        return super().get(name, default)


def problems_of(environ: Environ) -> list[str]:
    with pytest.raises(environment.ConfigurationError) as raised:
        get_<<PACKAGE>>_environment(environ)
    return raised.value.problems


def test_a_complete_environment(environ: Environ) -> None:
    env = get_<<PACKAGE>>_environment(
        environ
        | {
            "SERVER_IP": "0.0.0.0",  # noqa: S104 - as in a container
            "SERVER_PORT": "8080",
<<@if EXAMPLE>>
            "BYBIT_ACCOUNT_IDS": "main, hedge",
            "REDIS_URL": "redis://localhost:6379/0",
<<@end>>
            "SENTRY_DSN": "https://key@sentry.example/1",
            "LOG_LEVEL": "warning",
            "SHUTDOWN_GRACE_SECONDS": "25",
            "SHUTDOWN_DEADLINE_SECONDS": "28.5",
        }
    )

    assert env.MODE is <<PACKAGE|pascal>>Mode.prod
    assert (env.SERVER_IP, env.SERVER_PORT) == ("0.0.0.0", 8080)  # noqa: S104
<<@if EXAMPLE>>
    assert env.EXCHANGE_TO_ACCOUNTS_DICT == {Exchange.bybit: ["main", "hedge"]}
<<@end>>
    assert env.<<PACKAGE|upper>>_API_AUTH_USERNAME == "ann"
    assert env.<<PACKAGE|upper>>_API_AUTH_PASSWORD == "correct-horse-battery"
    assert env.QUART_SECRET_KEY == "0123456789abcdef0123456789abcdef"
<<@if EXAMPLE>>
    assert env.REDIS_URL == "redis://localhost:6379/0"
<<@end>>
    assert env.SENTRY_DSN == "https://key@sentry.example/1"
    assert env.LOG_LEVEL == "WARNING"
    assert env.SHUTDOWN_TIMES == ShutdownTimes(grace=25, deadline=28.5)


def test_what_is_optional_has_defaults(environ: Environ) -> None:
    environ |= {"SERVER_IP": "", "LOG_LEVEL": ""}
    env = get_<<PACKAGE>>_environment(environ)

    assert (env.SERVER_IP, env.SERVER_PORT) == ("127.0.0.1", 8000)
<<@if EXAMPLE>>
    assert (env.REDIS_URL, env.SENTRY_DSN) == (None, None)
<<@else>>
    assert env.SENTRY_DSN is None
<<@end>>
    assert env.SHUTDOWN_TIMES == ShutdownTimes()


def test_readme_lists_all_variables(environ: Environ) -> None:
    settings = README.read_text(encoding="utf-8").partition("\n## Settings\n")[2]
    rows = re.findall(r"^\| (`[A-Z<].*?) \|", settings.partition("\n## ")[0], re.MULTILINE)
    documented = {name for row in rows for name in re.findall(r"`(.*?)`", row)}

    asked = set()
    for mode in <<PACKAGE|pascal>>Mode:
<<@if SLACK>>
        variables = Asked(environ | SLACK | {"MODE": mode})
<<@else>>
        variables = Asked(environ | {"MODE": mode})
<<@end>>
        get_<<PACKAGE>>_environment(variables)
        asked |= variables.names

<<@if EXAMPLE>>
    assert documented == asked - set(ACCOUNT_IDS_NAMES) | {"<EXCHANGE>_ACCOUNT_IDS"}
<<@else>>
    assert documented == asked
<<@end>>


def test_more_time_for_requests_is_more_time_for_the_process(environ: Environ) -> None:
    environ["SHUTDOWN_GRACE_SECONDS"] = "20"
    env = get_<<PACKAGE>>_environment(environ)

    assert env.SHUTDOWN_TIMES == ShutdownTimes(grace=20, deadline=20.3)


@pytest.mark.parametrize("value", ["20", "20.29", "1e9", "-1", "later", "nan"])
def test_the_process_does_not_end_before_its_requests(environ: Environ, value: str) -> None:
    environ |= {"SHUTDOWN_GRACE_SECONDS": "20", "SHUTDOWN_DEADLINE_SECONDS": value}

    (problem,) = problems_of(environ)

    assert problem == "SHUTDOWN_DEADLINE_SECONDS must be a number of seconds from 20.3 to 9999.999"
<<@if EXAMPLE>>


@pytest.mark.parametrize("exchange", list(Exchange))
def test_every_exchange_has_its_variable(environ: Environ, exchange: Exchange) -> None:
    del environ["BYBIT_ACCOUNT_IDS"]
    environ[f"{exchange.upper()}_ACCOUNT_IDS"] = "a,b"
    env = get_<<PACKAGE>>_environment(environ)

    assert env.EXCHANGE_TO_ACCOUNTS_DICT == {exchange: ["a", "b"]}
<<@end>>


def test_the_environment_of_the_process_is_the_default(
    environ: Environ, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in environ.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("SERVER_PORT", "8123")

    assert get_<<PACKAGE>>_environment().SERVER_PORT == 8123


def test_all_missing_variables_are_reported_at_once() -> None:
    assert problems_of({"MODE": ""}) == [
        "MODE is not set",
<<@if EXAMPLE>>
        f"{' or '.join(ACCOUNT_IDS_NAMES)} is not set",
<<@end>>
        "<<PACKAGE|upper>>_API_AUTH_USERNAME is not set",
        "<<PACKAGE|upper>>_API_AUTH_PASSWORD is not set",
        "QUART_SECRET_KEY is not set",
    ]


def test_all_malformed_variables_are_reported_at_once() -> None:
    environ = {
        "MODE": "production",
        "SERVER_IP": "localhost",
        "SERVER_PORT": "65536",
<<@if EXAMPLE>>
        "BYBIT_ACCOUNT_IDS": "main,main",
<<@end>>
        "<<PACKAGE|upper>>_API_AUTH_USERNAME": "a:b",
        "<<PACKAGE|upper>>_API_AUTH_PASSWORD": "hunter2",
        "QUART_SECRET_KEY": "short",
<<@if EXAMPLE>>
        "REDIS_URL": "http://localhost",
<<@end>>
        "SENTRY_DSN": "https://",
        "LOG_LEVEL": "LOUD",
        "SHUTDOWN_GRACE_SECONDS": "soon",
        "SHUTDOWN_DEADLINE_SECONDS": "0.1",
    }

    problems = problems_of(environ)

    assert {problem.split()[0] for problem in problems} == set(environ)
    assert len(problems) == len(environ)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SERVER_PORT", "0"),
        ("SERVER_PORT", "-1"),
        ("SERVER_PORT", "٨٠"),
<<@if EXAMPLE>>
        ("BYBIT_ACCOUNT_IDS", "main,"),
        ("BYBIT_ACCOUNT_IDS", "ma:in"),
        ("BYBIT_ACCOUNT_IDS", "m" * 65),
        ("REDIS_URL", "localhost:6379"),
<<@else>>
        ("SENTRY_DSN", "sentry.example"),
<<@end>>
        ("SHUTDOWN_GRACE_SECONDS", "-1"),
        ("SHUTDOWN_GRACE_SECONDS", "inf"),
        ("MODE", "PROD"),
    ],
)
def test_malformed_values(environ: Environ, name: str, value: str) -> None:
    (problem,) = problems_of(environ | {name: value})

    assert problem.startswith(f"{name} must be ")


@pytest.mark.parametrize("value", ["1", "65535"])
def test_the_outermost_ports(environ: Environ, value: str) -> None:
    environ["SERVER_PORT"] = value
    env = get_<<PACKAGE>>_environment(environ)

    assert env.SERVER_PORT == int(value)


def test_no_message_repeats_a_secret() -> None:
    environ = {
        "MODE": "staging",
        "<<PACKAGE|upper>>_API_AUTH_PASSWORD": "hunter2",
        "QUART_SECRET_KEY": "too-short",
    }

    with pytest.raises(environment.ConfigurationError) as raised:
        get_<<PACKAGE>>_environment(environ)

    assert "hunter2" not in str(raised.value)
    assert "too-short" not in str(raised.value)
    assert "QUART_SECRET_KEY must have 32 characters at least" in str(raised.value)


def test_the_representation_has_no_secrets(environ: Environ) -> None:
    secrets = {
<<@if EXAMPLE>>
        "REDIS_URL": "redis://:pass-of-redis@localhost",
<<@end>>
        "SENTRY_DSN": "https://key-of-sentry@sentry.example/1",
<<@if SLACK>>
        "SLACK_MODE": "true",
        "SLACK_OAUTH_MOTHER": "token-of-slack",
<<@end>>
<<@if EXAMPLE and SLACK>>
        "SLACK_SIGNING_SECRET": "secret-of-slack",
        "APPROVED_USER_IDS": "U012AB3CD",
<<@end>>
    }

    shown = repr(get_<<PACKAGE>>_environment(environ | secrets))

    assert "'ann'" in shown
    assert "correct-horse-battery" not in shown
    assert "0123456789abcdef" not in shown
    assert "-of-" not in shown


@pytest.mark.parametrize(
    ("mode", "level", "as_json"),
    [("prod", "INFO", True), ("staging", "DEBUG", True), ("dev", "DEBUG", False)],
)
def test_each_mode_logs_in_its_own_way(
    environ: Environ, mode: str, level: str, *, as_json: bool
) -> None:
    env = get_<<PACKAGE>>_environment(environ | {"MODE": mode})

    assert (env.MODE, env.LOG_LEVEL, env.LOG_JSON) == (mode, level, as_json)


@pytest.mark.parametrize(("mode", "count"), [("prod", 2), ("staging", 2), ("dev", 0)])
def test_short_secrets_are_for_development_only(environ: Environ, mode: str, count: int) -> None:
    environ |= {
        "MODE": mode,
        "<<PACKAGE|upper>>_API_AUTH_PASSWORD": "short",
        "QUART_SECRET_KEY": "short",
    }

    if count:
        assert len(problems_of(environ)) == count
    else:
        env = get_<<PACKAGE>>_environment(environ)
        assert env.QUART_SECRET_KEY == "short"
<<@if SLACK>>


SLACK = {
    "SLACK_MODE": "true",
    "SLACK_OAUTH_MOTHER": "xoxb-mother",
    "SLACK_OAUTH_DEV_MOTHER": "xoxb-dev-mother",
<<@if EXAMPLE>>
    "SLACK_SIGNING_SECRET": "signing-secret",
    "APPROVED_USER_IDS": "U012AB3CD, W9XYZ",
<<@end>>
}


@pytest.mark.parametrize(
    ("mode", "token"),
    [("prod", "xoxb-mother"), ("staging", "xoxb-dev-mother"), ("dev", "xoxb-dev-mother")],
)
def test_each_mode_has_its_slack(environ: Environ, mode: str, token: str) -> None:
    env = get_<<PACKAGE>>_environment(environ | SLACK | {"MODE": mode})

    assert env.SLACK_MODE
    assert env.SLACK_OAUTH == token
    assert env.SLACK_CHANNEL is <<PACKAGE|pascal>>SlackChannel[mode]
    assert env.SLACK_CHANNEL.endswith(f"-{mode}")
<<@if EXAMPLE>>
    assert env.SLACK_SIGNING_SECRET == "signing-secret"
    assert env.APPROVED_USER_IDS == ["U012AB3CD", "W9XYZ"]
<<@end>>


def test_slack_is_off_unless_it_is_asked_for(environ: Environ) -> None:
    environ |= SLACK | {"SLACK_MODE": "False"}
    env = get_<<PACKAGE>>_environment(environ)

    assert not env.SLACK_MODE
<<@if EXAMPLE>>
    assert (env.APPROVED_USER_IDS, env.SLACK_OAUTH, env.SLACK_SIGNING_SECRET) == ([], "", "")
<<@else>>
    assert env.SLACK_OAUTH == ""
<<@end>>


def test_slack_needs_all_of_its_variables(environ: Environ) -> None:
<<@if EXAMPLE>>
    assert problems_of(environ | {"SLACK_MODE": "1"}) == [
        "APPROVED_USER_IDS is not set",
        "SLACK_OAUTH_MOTHER is not set",
        "SLACK_SIGNING_SECRET is not set",
    ]
<<@else>>
    assert problems_of(environ | {"SLACK_MODE": "1"}) == ["SLACK_OAUTH_MOTHER is not set"]
<<@end>>


def test_malformed_slack_variables(environ: Environ) -> None:
<<@if EXAMPLE>>
    (problem,) = problems_of(environ | SLACK | {"APPROVED_USER_IDS": "ann"})
    assert problem.startswith("APPROVED_USER_IDS must be different Slack user ids")
<<@end>>
    (problem,) = problems_of(environ | {"SLACK_MODE": "on"})
    assert problem == "SLACK_MODE must be true or false"
<<@end>>
