import argparse
import subprocess
import sys
from pathlib import Path

import httpx
import pytest
import yaml
from alembic import command
from alembic.config import Config
from fastapi import FastAPI
from sqlalchemy import create_engine, text

from src.core.config import PROJECT_ROOT, Settings
from tools.deployment import check_settings, render_manifests, smoke_test, wait_for

RANDOM_KEY = "0f3c1b7a9d2e4856" * 4


class Clock:
    """Time that passes by sleeping."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.now += seconds


@pytest.fixture
def production() -> Settings:
    return Settings(
        database_url=f"postgresql://app:{RANDOM_KEY}@db.example.com/app",
        secret_key=RANDOM_KEY,
        redis_url="rediss://redis.example.com",
        environment="production",
        sentry_dsn="https://key@sentry.example.com/1",
        notifications_url="https://notify.example.com",
    )


def test_settings_for_production_are_accepted(production: Settings) -> None:
    assert check_settings.find_faults(production) == ([], [])


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"debug": True}, "DEBUG"),
        ({"environment": "development"}, "ENVIRONMENT"),
        ({"database_url": "sqlite:///app.db"}, "SQLite"),
        ({"redis_url": None}, "REDIS_URL"),
        (
            {"notifications_url": "http://notify.example.com", "notifications_token": "t0ken"},
            "NOTIFICATIONS_URL",
        ),
    ],
)
def test_settings_that_endanger_production_are_named(
    production: Settings, change: dict[str, object], named: str
) -> None:
    values = {**production.model_dump(), **change}
    errors, _ = check_settings.find_faults(Settings.model_validate(values))

    assert len(errors) == 1
    assert named in errors[0]


def test_what_is_unwise_is_a_warning(production: Settings) -> None:
    errors, warnings = check_settings.find_faults(
        production.model_copy(update={"sentry_dsn": None})
    )

    assert errors == []
    assert "SENTRY_DSN" in warnings[0]


def test_the_program_ends_with_1_when_settings_are_missing() -> None:
    ran = subprocess.run(
        [sys.executable, "-m", "tools.deployment.check_settings"],
        cwd=PROJECT_ROOT,
        env={"DATABASE_URL": "sqlite://", "SECRET_KEY": "short"},
        capture_output=True,
        text=True,
        check=False,
    )

    assert ran.returncode == 1
    assert "SECRET_KEY" in ran.stderr


def test_the_program_ends_with_1_when_secrets_can_be_guessed() -> None:
    ran = subprocess.run(
        [sys.executable, "-m", "tools.deployment.check_settings"],
        cwd=PROJECT_ROOT,
        env={
            "DATABASE_URL": "postgresql://app:changeme@db.example.com/app",
            "SECRET_KEY": RANDOM_KEY,
            "ENVIRONMENT": "production",
        },
        capture_output=True,
        text=True,
        check=False,
    )

    assert ran.returncode == 1
    assert ran.stderr.startswith("error: DATABASE_URL")


def test_waiting_ends_as_soon_as_it_is_there() -> None:
    clock = Clock()
    answers = [False, False, True]

    def check() -> None:
        if not answers.pop(0):
            raise wait_for.NotReadyError("not yet")

    wait_for.wait(check, 10, clock=clock, sleep=clock.sleep)

    assert answers == []
    assert clock.now == 2


def test_waiting_ends_when_the_time_is_up() -> None:
    clock = Clock()

    def check() -> None:
        raise wait_for.NotReadyError("never")

    with pytest.raises(wait_for.NotReadyError, match="never"):
        wait_for.wait(check, 5, clock=clock, sleep=clock.sleep)
    assert clock.now == 5


def test_a_database_is_ready_when_it_has_all_migrations(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = f"sqlite:///{tmp_path}/migrated.db"
    migrated = settings.model_copy(update={"database_url": url})
    wait_for.check_database(migrated)
    with pytest.raises(wait_for.NotReadyError, match="is at"):
        wait_for.check_migrations(migrated)

    # alembic/env.py takes the settings of the process
    monkeypatch.setattr("src.core.config.get_settings", lambda: migrated)
    command.upgrade(Config(PROJECT_ROOT / "alembic.ini"), "user")
    with pytest.raises(wait_for.NotReadyError, match="is at"):
        wait_for.check_migrations(migrated)
    command.upgrade(Config(PROJECT_ROOT / "alembic.ini"), "head")
    wait_for.check_migrations(migrated)


def test_a_database_that_is_ahead_is_ready_too(settings: Settings, tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/ahead.db"
    engine = create_engine(url)
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE alembic_version (version_num VARCHAR(32))"))
        connection.execute(text("INSERT INTO alembic_version VALUES ('of a later release')"))
    engine.dispose()

    wait_for.check_migrations(settings.model_copy(update={"database_url": url}))


def test_what_is_absent_is_named(settings: Settings) -> None:
    # Port 9, which nothing listens on
    nowhere = settings.model_copy(
        update={
            "database_url": "postgresql://app@127.0.0.1:9/app",
            "redis_url": "redis://127.0.0.1:9",
        }
    )
    with pytest.raises(wait_for.NotReadyError, match="the database does not answer"):
        wait_for.check_database(nowhere)
    with pytest.raises(wait_for.NotReadyError, match="Redis does not answer"):
        wait_for.check_redis(nowhere)
    with pytest.raises(wait_for.NotReadyError, match="REDIS_URL is not set"):
        wait_for.check_redis(settings.model_copy(update={"redis_url": None}))


def test_nothing_to_wait_for_is_a_mistake(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        wait_for.main([])
    assert "--migrations" in capsys.readouterr().err


def test_a_release_has_its_image_everywhere_and_a_migration_of_its_own() -> None:
    first = list(yaml.safe_load_all(render_manifests.render("registry.test/service:1.2.3")))
    second = list(yaml.safe_load_all(render_manifests.render("registry.test/service:1.2.4")))

    assert {manifest["kind"] for manifest in first} == {
        "ConfigMap",
        "Deployment",
        "Job",
        "PodDisruptionBudget",
        "Service",
    }
    images = {
        container["image"]
        for manifest in first
        if manifest["kind"] in {"Deployment", "Job"}
        for kind in ("containers", "initContainers")
        for container in manifest["spec"]["template"]["spec"][kind]
    }
    assert images == {"registry.test/service:1.2.3"}
    jobs = [
        manifest["metadata"]["name"] for manifest in (*first, *second) if manifest["kind"] == "Job"
    ]
    assert len(set(jobs)) == 2
    assert all(len(name) <= 63 for name in jobs)


@pytest.mark.parametrize(
    "image", ["service", "service:latest", "Service:1", "service:1 --x", "service:1\nkind: x", ""]
)
def test_an_image_that_may_be_any_release_is_refused(image: str) -> None:
    with pytest.raises(argparse.ArgumentTypeError):
        render_manifests.image_reference(image)


@pytest.mark.parametrize(
    "image", ["service:1", "localhost:5000/team/service:v1.2", "r.test/s@sha256:" + "a" * 64]
)
def test_an_image_of_one_release_is_accepted(image: str) -> None:
    assert render_manifests.image_reference(image) == image


def test_manifests_that_changed_beyond_recognition_are_an_error(tmp_path: Path) -> None:
    for name in ("configmap.yaml", "service.yaml", "deployment.yaml"):
        (tmp_path / name).write_text("kind: Nothing\n")

    with pytest.raises(render_manifests.ManifestError):
        render_manifests.render("service:1", tmp_path)


def client_of(transport: httpx.AsyncBaseTransport) -> httpx.AsyncClient:
    return httpx.AsyncClient(transport=transport, base_url="http://test")


async def test_this_service_passes_the_smoke_test(app: FastAPI) -> None:
    async with client_of(httpx.ASGITransport(app)) as client:
        assert await smoke_test.run_checks(client, smoke_test.CHECKS) == []


async def test_a_service_that_shows_its_metrics_to_the_world_does_not(app: FastAPI) -> None:
    async with client_of(httpx.ASGITransport(app)) as client:
        failures = await smoke_test.run_checks(client, (smoke_test.hides_metrics,))
    assert failures == ["hides metrics: /metrics answers 200 to anybody"]


async def test_another_service_fails_every_check() -> None:
    def answer(_: httpx.Request) -> httpx.Response:
        return httpx.Response(500)

    async with client_of(httpx.MockTransport(answer)) as client:
        failures = await smoke_test.run_checks(client, smoke_test.CHECKS)
    assert len(failures) == len(smoke_test.CHECKS)


async def test_a_service_that_is_absent_fails_too() -> None:
    def refuse(_: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError("connection refused")

    async with client_of(httpx.MockTransport(refuse)) as client:
        assert await smoke_test.run_checks(client, (smoke_test.is_alive,)) == [
            "is alive: connection refused"
        ]
