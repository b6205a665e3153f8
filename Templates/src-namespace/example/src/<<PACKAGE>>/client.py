"""The business: positions in the accounts that this service manages."""

<<@if SLACK>>
from collections.abc import Callable, Mapping, Sequence
<<@else>>
from collections.abc import Mapping, Sequence
<<@end>>

import structlog

from <<PACKAGE>>.exchanges import AccountID, Exchange
<<@fit 100>>
from <<PACKAGE>>.positions import Action, Position, PositionChange, UnknownAccountError
<<@else>>
from <<PACKAGE>>.positions import (
    Action,
    Position,
    PositionChange,
    UnknownAccountError,
)
<<@end>>
from <<PACKAGE>>.stores import PositionStore

logger = structlog.get_logger(__name__)


class <<PACKAGE|pascal>>Client:
    """Reads and changes positions. It knows nothing of HTTP."""

<<@if SLACK>>
    def __init__(
        self,
        accounts: Mapping[Exchange, Sequence[AccountID]],
        store: PositionStore,
        on_change: Callable[[Action, PositionChange, Position], None] | None = None,
    ) -> None:
<<@else>>
    def __init__(
        self, accounts: Mapping[Exchange, Sequence[AccountID]], store: PositionStore
    ) -> None:
<<@end>>
        self._accounts = accounts
        self._store = store
<<@if SLACK>>
        self._on_change = on_change
<<@end>>

    async def positions(self) -> list[Position]:
        """All positions that are not zero."""
        return await self._store.positions()

    async def increase_position(self, change: PositionChange) -> Position:
        """Adds to a position, which comes into being if it is not there."""
        return await self.apply(Action.increase, change)

    async def decrease_position(self, change: PositionChange) -> Position:
        """Takes from a position.

        Raises:
            InsufficientPositionError: It has less than that; nothing has changed.
        """
        return await self.apply(Action.decrease, change)

    async def apply(self, action: Action, change: PositionChange) -> Position:
        """Does what the action says."""
        self.check_account(change)
        by = change.quantity if action is Action.increase else -change.quantity
        position = await self._store.change(change.key, by)
        logger.info(
            "position_changed",
            action=action.value,
            position=str(change.key),
            by=f"{change.quantity:f}",
            quantity=f"{position.quantity:f}",
        )
<<@if SLACK>>
        if self._on_change is not None:
            self._on_change(action, change, position)
<<@end>>
        return position

    def check_account(self, change: PositionChange) -> None:
        """Raises `UnknownAccountError` unless the account is one of ours."""
        if change.account_id not in self._accounts.get(change.exchange, ()):
            raise UnknownAccountError(change.key)

    async def check_store(self) -> None:
        """Raises `StoreUnavailableError` unless positions can be read and changed."""
        await self._store.ping()

    async def close(self) -> None:
        await self._store.close()
