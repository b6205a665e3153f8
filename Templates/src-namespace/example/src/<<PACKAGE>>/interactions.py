"""What people answer when a command asks back."""

<<@fit 100>>
from <<PACKAGE>>.client import <<PACKAGE|pascal>>Client
<<@else>>
from <<PACKAGE>>.client import (
    <<PACKAGE|pascal>>Client,
)
<<@end>>
from <<PACKAGE>>.confirmations import Confirmations


class InteractionHandler:
    """Carries out the changes that are confirmed."""

<<@fit 100>>
    def __init__(self, client: <<PACKAGE|pascal>>Client, confirmations: Confirmations) -> None:
<<@else>>
<<@fit 100>>
    def __init__(
        self, client: <<PACKAGE|pascal>>Client, confirmations: Confirmations
    ) -> None:
<<@else>>
    def __init__(
        self,
        client: <<PACKAGE|pascal>>Client,
        confirmations: Confirmations,
    ) -> None:
<<@end>>
<<@end>>
        self._client = client
        self._confirmations = confirmations

    async def handle(self, user_id: str, confirmation: str, *, approved: bool) -> str:
        """Redeems the confirmation; a change that is not approved is dropped for good.

        Raises:
            ConfirmationError: It cannot be redeemed, by this user or at all.
            InsufficientPositionError: The position has become too small meanwhile.
        """
        action, change = await self._confirmations.redeem(user_id, confirmation)
        if not approved:
            return f"Dropped: {action} {change.key} by {change.quantity:f}."
        position = await self._client.apply(action, change)
        return f"Done: {position.key} has {position.quantity:f} now."
