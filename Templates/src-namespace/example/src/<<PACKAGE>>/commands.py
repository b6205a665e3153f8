"""Commands that people type, such as `decrease bybit main BTCUSDT 0.5`."""

from dataclasses import dataclass

from pydantic import ValidationError

<<@fit 100>>
from <<PACKAGE>>.client import <<PACKAGE|pascal>>Client
<<@else>>
from <<PACKAGE>>.client import (
    <<PACKAGE|pascal>>Client,
)
<<@end>>
from <<PACKAGE>>.confirmations import Confirmations
from <<PACKAGE>>.positions import Action, PositionChange, RefusalError

USAGE = """\
show
increase EXCHANGE ACCOUNT SYMBOL QUANTITY
decrease EXCHANGE ACCOUNT SYMBOL QUANTITY"""


@dataclass(frozen=True)
class Reply:
    """What a command answers; `confirmation` is for `InteractionHandler` to carry it out."""

    text: str
    confirmation: str | None = None


class CommandError(RefusalError):
    """This is no command; the text says what would be one."""


class CommandHandler:
    """Answers what can be answered at once, and asks back before a position changes."""

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

    async def handle(self, user_id: str, text: str) -> Reply:
        """Carries out one command of a user.

        Raises:
            CommandError: It is malformed.
            UnknownAccountError: It is about an account that is not managed here.
        """
        match text.split():
            case ["show"]:
                return await self._show()
            case [Action.increase | Action.decrease as name, *words]:
                return self._ask(user_id, Action(name), words)
        raise CommandError(f"This is not a command. Commands are:\n{USAGE}")

    async def _show(self) -> Reply:
        lines = [f"{one.key} {one.quantity:f}" for one in await self._client.positions()]
        return Reply("\n".join(lines) or "There are no positions.")

    def _ask(self, user_id: str, action: Action, words: list[str]) -> Reply:
        try:
            fields = zip(("exchange", "account_id", "symbol", "quantity"), words, strict=True)
            change = PositionChange.model_validate(dict(fields))
        except ValidationError as error:
            problems = "; ".join(f"{e['loc'][0]}: {e['msg']}" for e in error.errors())
            raise CommandError(f"{action}: {problems}") from None
        except ValueError:
            raise CommandError(f"{action} has four words after it:\n{USAGE}") from None
        self._client.check_account(change)
        return Reply(
            f"{action.capitalize()} {change.key} by {change.quantity:f}?",
            confirmation=self._confirmations.issue(user_id, action, change),
        )
