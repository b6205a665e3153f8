"""Registration, login, what a token is good for, and forgotten passwords."""

from datetime import UTC, datetime, timedelta

<<@if SECURITY_LIBRARIES == jose-passlib>>
import pytest
from fastapi import FastAPI
from httpx import AsyncClient
from jose import jwt
<<@else>>
import jwt
import pytest
from fastapi import FastAPI
from httpx import AsyncClient
<<@end>>

from src.core.config import Settings
from src.core.security import create_reset_token, password_version
from src.models.user import User
from tests.conftest import PASSWORD, UserMaker, bearer

REGISTER = "/api/v1/auth/register"
TOKEN = "/api/v1/auth/token"
ME = "/api/v1/users/me"
NEW_PASSWORD = "another long password"


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


async def reset(client: AsyncClient, token: str, password: str) -> int:
    body = {"token": token, "new_password": password}
    return (await client.put("/api/v1/auth/password", json=body)).status_code


async def login(client: AsyncClient, email: str, password: str) -> int:
    data = {"username": email, "password": password}
    return (await client.post(TOKEN, data=data)).status_code


async def test_a_forgotten_password_is_replaced_once(client: AsyncClient, user: User) -> None:
    token = create_reset_token(user.id, user.hashed_password)
    assert await reset(client, token, "too short") == 422
    assert await reset(client, token, NEW_PASSWORD) == 204
    assert await login(client, user.email, PASSWORD) == 401
    assert await login(client, user.email, NEW_PASSWORD) == 200

    assert await reset(client, token, "and yet another one") == 403
    assert await login(client, user.email, NEW_PASSWORD) == 200


async def test_other_tokens_replace_no_password(
    client: AsyncClient, user: User, other_user: User, make_user: UserMaker
) -> None:
    _, expires, signature = create_reset_token(user.id, user.hashed_password).split(".")
    gone = await make_user("gone@example.com", is_active=False)
    forged = [
        f"{other_user.id}.{expires}.{signature}",
        f"{user.id}.{int(expires) + 1}.{signature}",
        f"{user.id}.{expires}.{signature[::-1]}",
        f"999.{expires}.{signature}",
        create_reset_token(gone.id, gone.hashed_password),
        "0",
    ]
    assert {await reset(client, token, NEW_PASSWORD) for token in forged} == {403}
    assert await reset(client, "nonsense", NEW_PASSWORD) == 422
    for one in (user, other_user):
        assert await login(client, one.email, PASSWORD) == 200


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
    claims = {
        "sub": user.email,
        "pwd": password_version(user.hashed_password),
        "exp": now + timedelta(minutes=5),
    }

    def encode_without(name: str) -> str:
        return jwt.encode({one: claims[one] for one in claims if one != name}, key, "HS256")

    tokens = {
        "valid": jwt.encode(claims, key, "HS256"),
        "another key": jwt.encode(claims, "another key" * 3, "HS256"),
        "another algorithm": jwt.encode(claims, key, "HS512"),
        "expired": jwt.encode({**claims, "exp": now - timedelta(seconds=1)}, key, "HS256"),
        "eternal": encode_without("exp"),
        "for nobody": encode_without("sub"),
        "for any password": encode_without("pwd"),
        "no token": "nonsense",
    }
    statuses = {
        name: (await client.get(ME, headers={"Authorization": f"Bearer {token}"})).status_code
        for name, token in tokens.items()
    }
    assert statuses.pop("valid") == 200
    assert set(statuses.values()) == {401}, statuses
