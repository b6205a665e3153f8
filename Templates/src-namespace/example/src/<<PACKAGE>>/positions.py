"""Positions, and what is asked to change them."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from <<PACKAGE>>.exchanges import AccountID, Exchange


class Action(StrEnum):
    """What can be done with a position."""

    increase = "increase"
    decrease = "decrease"


@dataclass(frozen=True, order=True)
class PositionKey:
    """What there is one position of."""

    exchange: Exchange
    account_id: AccountID
    symbol: str

    def __str__(self) -> str:
        return f"{self.exchange}:{self.account_id}:{self.symbol}"


@dataclass(frozen=True)
class Position:
    """How much of a symbol an account holds; never negative."""

    key: PositionKey
    quantity: Decimal

    def as_json(self) -> dict[str, str]:
        """Quantities are text: a JSON number may lose digits on its way."""
        return {
            "exchange": self.key.exchange,
            "account_id": self.key.account_id,
            "symbol": self.key.symbol,
            "quantity": f"{self.quantity:f}",
        }


class PositionChange(BaseModel):
    """By how much which position is to change."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    exchange: Exchange
    account_id: Annotated[AccountID, Field(max_length=64)]
    symbol: Annotated[str, Field(pattern=r"^[A-Z0-9]{2,20}$")]
    # The sum of any number of such quantities is exact within the 28 digits of a Decimal
    quantity: Annotated[Decimal, Field(gt=0, max_digits=20, decimal_places=8, allow_inf_nan=False)]

    @property
    def key(self) -> PositionKey:
        return PositionKey(self.exchange, self.account_id, self.symbol)


class RefusalError(Exception):
    """What was asked for is not done; the text tells the asker why."""


class UnknownAccountError(RefusalError):
    """The service does not manage this account."""

    def __init__(self, key: PositionKey) -> None:
        super().__init__(f"{key.exchange} has no account {key.account_id!r} here")


class InsufficientPositionError(RefusalError):
    """A position cannot become smaller than nothing."""

    def __init__(self, position: Position) -> None:
        super().__init__(f"the position {position.key} has {position.quantity:f} only")
