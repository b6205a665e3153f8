"""Registration, login, and what a token is good for."""

from datetime import UTC, datetime, timedelta

import pytest
from fastapi import FastAPI
from httpx import AsyncClient
from jose import jwt

from src.core.config import Settings
from src.models.user import User
from tests.conftest import PASSWORD, UserMaker, bearer

REGISTER = "/api/v1/auth/register"
TOKEN = "/api/v1/auth/token"
ME = "/api/v1/users/me"


async def test_who_registers_can_log_in(client: AsyncClient) -> None:
    registered = await client.post(
        REGISTER, json={"email": "Ann@Example.com", "password": PASSWORD, "full_name": "Ann"}
    )
    assert registered.status_code == 201
    assert registered.json()["email"] == "ann@example.com"
    assert "password" not in registered.text

    login = await client.post(TOKEN, data={"username": "ann@example.COM", "password": PASSWORD})
    assert login.status_code == 200
    assert login.json()["token_type"] == "bearer"
    assert login.json()["expires_in"] == 30 * 60

    token = login.json()["access_token"]
    me = await client.get(ME, headers={"Authorization": f"Bearer {token}"})
    assert me.json() == registered.json()


async def test_nobody_registers_as_a_superuser(client: AsyncClient) -> None:
    body = {"email": "eve@example.com", "password": PASSWORD}
    assert (await client.post(REGISTER, json={**body, "is_superuser": True})).status_code == 422
    assert (await client.post(REGISTER, json=body)).json()["is_superuser"] is False


async def test_an_address_is_registered_once(client: AsyncClient, user: User) -> None:
    response = await client.post(REGISTER, json={"email": user.email.upper(), "password": PASSWORD})
    assert response.status_code == 409
    assert response.json()["code"] == "conflict"


@pytest.mark.parametrize(
    ("email", "password"),
    [
        ("not-an-address", PASSWORD),
        ("two@@example.com", PASSWORD),
        (f"{'a' * 250}@example.com", PASSWORD),
        ("ann@example.com", "too short"),
        ("ann@example.com", "x" * 129),
    ],
)
async def test_malformed_addresses_and_passwords_are_refused(
    client: AsyncClient, email: str, password: str
) -> None:
    response = await client.post(REGISTER, json={"email": email, "password": password})
    assert response.status_code == 422


@pytest.mark.parametrize(
    ("email", "password"),
    [
        ("ann@example.com", "another password"),
        ("nobody@example.com", PASSWORD),
        ("ann@example.com\0", PASSWORD),
    ],
)
async def test_a_wrong_login_does_not_say_what_is_wrong(
    client: AsyncClient, user: User, email: str, password: str
) -> None:
    response = await client.post(TOKEN, data={"username": email, "password": password})
    assert response.status_code == 401
    assert response.headers["WWW-Authenticate"] == "Bearer"
    assert response.json()["detail"] == "The address or the password is wrong"


async def test_an_inactive_user_is_locked_out(client: AsyncClient, make_user: UserMaker) -> None:
    user = await make_user("gone@example.com", is_active=False)
    login = await client.post(TOKEN, data={"username": user.email, "password": PASSWORD})
    assert login.status_code == 401
    assert (await client.get(ME, headers=bearer(user))).status_code == 401


async def test_without_a_token_nothing_is_shown(client: AsyncClient) -> None:
    response = await client.get(ME)
    assert response.status_code == 401
    assert response.headers["WWW-Authenticate"] == "Bearer"
    assert response.json()["code"] == "not_authenticated"


async def test_forged_and_expired_tokens_are_refused(
    client: AsyncClient, app: FastAPI, settings: Settings, user: User
) -> None:
    key = settings.secret_key.get_secret_value()
    now = datetime.now(UTC)
    claims = {"sub": user.email, "exp": now + timedelta(minutes=5)}
    tokens = {
        "valid": jwt.encode(claims, key, "HS256"),
        "another key": jwt.encode(claims, "another key", "HS256"),
        "another algorithm": jwt.encode(claims, key, "HS512"),
        "expired": jwt.encode({**claims, "exp": now - timedelta(seconds=1)}, key, "HS256"),
        "eternal": jwt.encode({"sub": user.email}, key, "HS256"),
        "for nobody": jwt.encode({"exp": claims["exp"]}, key, "HS256"),
        "no token": "nonsense",
    }
    statuses = {
        name: (await client.get(ME, headers={"Authorization": f"Bearer {token}"})).status_code
        for name, token in tokens.items()
    }
    assert statuses.pop("valid") == 200
    assert set(statuses.values()) == {401}, statuses
