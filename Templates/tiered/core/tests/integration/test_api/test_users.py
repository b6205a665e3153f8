"""Users over HTTP: themselves, and what superusers may."""

import pytest
from httpx import AsyncClient

from src.models.user import User
from tests.conftest import PASSWORD, bearer

USERS = "/api/v1/users"


async def test_users_see_and_rename_themselves(client: AsyncClient, user: User) -> None:
    renamed = await client.patch(
        f"{USERS}/me", json={"full_name": "Ann Example"}, headers=bearer(user)
    )
    assert renamed.status_code == 200
    me = await client.get(f"{USERS}/me", headers=bearer(user))
    assert me.json() == renamed.json()
    assert me.json()["full_name"] == "Ann Example"
    assert "hashed_password" not in me.json()


async def test_users_cannot_give_themselves_rights(client: AsyncClient, user: User) -> None:
    body = {"full_name": "Ann", "is_superuser": True}
    assert (await client.patch(f"{USERS}/me", json=body, headers=bearer(user))).status_code == 422


async def test_a_changed_password_counts_at_once(client: AsyncClient, user: User) -> None:
    body = {"current_password": PASSWORD, "new_password": "another long password"}
    old = bearer(user)
    wrong = await client.put(
        f"{USERS}/me/password", json={**body, "current_password": "wrong"}, headers=old
    )
    assert wrong.status_code == 403
    assert wrong.json()["code"] == "permission_denied"

    changed = await client.put(f"{USERS}/me/password", json=body, headers=old)
    assert changed.status_code == 204

    # Whoever was logged in with the old one is not any more
    assert (await client.get(f"{USERS}/me", headers=old)).status_code == 401

    logins = [
        (
            await client.post(
                "/api/v1/auth/token", data={"username": user.email, "password": password}
            )
        ).status_code
        for password in (PASSWORD, "another long password")
    ]
    assert logins == [401, 200]


async def test_superusers_see_everybody(
    client: AsyncClient, user: User, other_user: User, superuser: User
) -> None:
    listed = await client.get(USERS, params={"limit": 2}, headers=bearer(superuser))
    assert listed.status_code == 200
    assert [row["email"] for row in listed.json()["items"]] == [user.email, other_user.email]
    assert (listed.json()["total"], listed.json()["limit"], listed.json()["offset"]) == (3, 2, 0)

    read = await client.get(f"{USERS}/{user.id}", headers=bearer(superuser))
    assert read.json() == listed.json()["items"][0]
    missing = await client.get(f"{USERS}/999", headers=bearer(superuser))
    assert missing.status_code == 404


async def test_a_deactivated_user_is_locked_out_at_once(
    client: AsyncClient, user: User, superuser: User
) -> None:
    response = await client.patch(
        f"{USERS}/{user.id}", json={"is_active": False}, headers=bearer(superuser)
    )
    assert response.status_code == 200
    assert response.json()["is_active"] is False
    assert response.json()["is_superuser"] is False
    assert (await client.get(f"{USERS}/me", headers=bearer(user))).status_code == 401


@pytest.mark.parametrize("body", [{"is_active": 0}, {"is_active": None}, {"email": "x@y.zz"}])
async def test_malformed_rights_are_refused(
    client: AsyncClient, user: User, superuser: User, body: dict[str, object]
) -> None:
    response = await client.patch(f"{USERS}/{user.id}", json=body, headers=bearer(superuser))
    assert response.status_code == 422


async def test_everybody_else_sees_nobody(
    client: AsyncClient, user: User, other_user: User
) -> None:
    url = f"{USERS}/{other_user.id}"
    for answer in (
        await client.get(USERS, headers=bearer(user)),
        await client.get(url, headers=bearer(user)),
        await client.patch(url, json={"is_active": False}, headers=bearer(user)),
    ):
        assert answer.status_code == 403
        assert answer.json()["code"] == "permission_denied"
    for answer in (
        await client.get(USERS),
        await client.get(url),
        await client.patch(url, json={"is_active": False}),
    ):
        assert answer.status_code == 401
