"""Who may ask: clients, each by a key of which the service knows no more than a hash.

`python -m src.api.keys CLIENT` makes a new one.
"""

import argparse
import hashlib
import hmac
import logging
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Self

from src.utils.settings import LOCAL, ApiSettings

log = logging.getLogger(__name__)


class NoApiKeysError(Exception):
    """Everybody could ask, and this is not a developer's machine."""


@dataclass(frozen=True)
class ApiKeys:
    """The hashes by the names of the clients."""

    hashes: Mapping[str, str]

    @classmethod
    def of(cls, settings: ApiSettings, environment: str) -> Self:
        if not settings.api_keys:
            if environment != LOCAL:
                raise NoApiKeysError(
                    f"ENVIRONMENT={environment}: API_KEYS has to be set;"
                    " `python -m src.api.keys CLIENT` makes a key"
                )
            log.warning("there are no API_KEYS: everybody who reaches the API may ask")
        return cls(settings.api_keys)

    def __bool__(self) -> bool:
        return bool(self.hashes)

    def client_of(self, key: str) -> str | None:
        """Whose key this is. All are compared, each in the same time whatever it is."""
        given = hash_of(key)
        same = [name for name, one in self.hashes.items() if hmac.compare_digest(one, given)]
        return same[0] if same else None


def hash_of(key: str) -> str:
    """A fast hash, since a key is not a password: nobody can guess 256 random bits."""
    return hashlib.sha256(key.encode()).hexdigest()


def new_key() -> str:
    return secrets.token_hex(32)


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description="Makes a key for a client of the API.")
    parser.add_argument("client", help="its name, which logs show: letters, digits, `_` and `-`")
    client = parser.parse_args(arguments).client
    key = new_key()
    entry = f"{client}:{hash_of(key)}"
    ApiSettings.model_validate({"api_keys": entry})
    print(f"X-API-Key: {key}\nAPI_KEYS={entry}")  # noqa: T201 - it is what was asked for


if __name__ == "__main__":
    main()
