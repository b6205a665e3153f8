"""Where positions are held."""

from enum import StrEnum

type AccountID = str


class Exchange(StrEnum):
    """An exchange whose accounts are listed in `<EXCHANGE>_ACCOUNT_IDS`."""

    bybit = "bybit"
