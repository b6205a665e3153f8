"""Changes that wait for a yes: signed, so that what is confirmed is what was shown."""

import secrets

from itsdangerous import BadData, URLSafeTimedSerializer

from <<PACKAGE>>.positions import Action, PositionChange, RefusalError
from <<PACKAGE>>.stores import PositionStore

LIFETIME_SECONDS = 300


class ConfirmationError(RefusalError):
    """This is no confirmation that can be redeemed."""


class Confirmations:
    """Turns a change into a token that one user can redeem once, for a few minutes."""

    def __init__(
        self, secret_key: str, store: PositionStore, *, lifetime_seconds: int = LIFETIME_SECONDS
    ) -> None:
        self._serializer = URLSafeTimedSerializer(secret_key, salt="confirmation")
        self._store = store
        self._lifetime_seconds = lifetime_seconds

    def issue(self, user_id: str, action: Action, change: PositionChange) -> str:
        """A token for what this user has asked for."""
        content = {
            "id": secrets.token_urlsafe(12),
            "user_id": user_id,
            "action": action.value,
            "change": change.model_dump(mode="json"),
        }
        return self._serializer.dumps(content)

    async def redeem(self, user_id: str, token: str) -> tuple[Action, PositionChange]:
        """What the token stands for, which is spent by that.

        Raises:
            ConfirmationError: It was not issued here, or to another user, or too long ago, or it
                has been redeemed.
        """
        try:
            content = self._serializer.loads(token, max_age=self._lifetime_seconds)
        except BadData:
            raise ConfirmationError("the confirmation is invalid or has expired") from None
        if content["user_id"] != user_id:
            raise ConfirmationError("the confirmation belongs to another user")
        # One second more than it is good for: it never comes back to life
        if not await self._store.claim(content["id"], seconds=self._lifetime_seconds + 1):
            raise ConfirmationError("the confirmation has been used")
        return Action(content["action"]), PositionChange.model_validate(content["change"])
