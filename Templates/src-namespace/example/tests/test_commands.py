import pytest

<<@fit 100>>
from <<PACKAGE>>.client import <<PACKAGE|pascal>>Client
<<@else>>
from <<PACKAGE>>.client import (
    <<PACKAGE|pascal>>Client,
)
<<@end>>
from <<PACKAGE>>.commands import CommandError, CommandHandler
from <<PACKAGE>>.confirmations import ConfirmationError, Confirmations
from <<PACKAGE>>.interactions import InteractionHandler
<<@fit 100>>
from <<PACKAGE>>.positions import Action, InsufficientPositionError, PositionChange, UnknownAccountError
<<@else>>
from <<PACKAGE>>.positions import (
    Action,
    InsufficientPositionError,
    PositionChange,
    UnknownAccountError,
)
<<@end>>
from <<PACKAGE>>.stores import PositionStore

INCREASE = "increase bybit main BTCUSDT 0.5"
DECREASE = "decrease bybit main BTCUSDT 0.2"


async def ask(handler: CommandHandler, text: str) -> str:
    reply = await handler.handle("ann", text)
    assert reply.confirmation is not None
    return reply.confirmation


async def test_what_is_confirmed_is_done(
    command_handler: CommandHandler, interaction_handler: InteractionHandler
) -> None:
    assert (await command_handler.handle("ann", "show")).text == "There are no positions."

    reply = await command_handler.handle("ann", INCREASE)
    assert reply.text == "Increase bybit:main:BTCUSDT by 0.5?"
    assert reply.confirmation is not None
    # Nothing happens before the answer
    assert (await command_handler.handle("ann", "show")).text == "There are no positions."

    done = await interaction_handler.handle("ann", reply.confirmation, approved=True)
    assert done == "Done: bybit:main:BTCUSDT has 0.5 now."
    smaller = await ask(command_handler, DECREASE)
    await interaction_handler.handle("ann", smaller, approved=True)

    shown = await command_handler.handle("ann", " show ")
    assert (shown.text, shown.confirmation) == ("bybit:main:BTCUSDT 0.3", None)


<<@fit 100>>
async def test_what_is_not_approved_is_dropped_for_good(
    command_handler: CommandHandler, interaction_handler: InteractionHandler, client: <<PACKAGE|pascal>>Client
) -> None:
<<@else>>
async def test_what_is_not_approved_is_dropped_for_good(
    command_handler: CommandHandler,
    interaction_handler: InteractionHandler,
    client: <<PACKAGE|pascal>>Client,
) -> None:
<<@end>>
    token = await ask(command_handler, INCREASE)

    dropped = await interaction_handler.handle("ann", token, approved=False)
    with pytest.raises(ConfirmationError):
        await interaction_handler.handle("ann", token, approved=True)

    assert dropped == "Dropped: increase bybit:main:BTCUSDT by 0.5."
    assert await client.positions() == []


async def test_a_position_that_became_too_small_is_refused(
    command_handler: CommandHandler, interaction_handler: InteractionHandler
) -> None:
    token = await ask(command_handler, DECREASE)

    with pytest.raises(InsufficientPositionError):
        await interaction_handler.handle("ann", token, approved=True)


@pytest.mark.parametrize("text", ["", "help", "show all", "buy bybit main BTCUSDT 1"])
async def test_what_is_no_command_is_explained(command_handler: CommandHandler, text: str) -> None:
    with pytest.raises(CommandError, match="increase EXCHANGE ACCOUNT SYMBOL QUANTITY"):
        await command_handler.handle("ann", text)


@pytest.mark.parametrize(
    ("text", "explanation"),
    [
        ("increase bybit main BTCUSDT", "increase has four words after it"),
        ("increase bybit main BTCUSDT 1 2", "increase has four words after it"),
        ("decrease nyse main BTCUSDT x", "decrease: exchange: .*; quantity: "),
    ],
)
async def test_what_is_wrong_with_a_command(
    command_handler: CommandHandler, text: str, explanation: str
) -> None:
    with pytest.raises(CommandError, match=explanation):
        await command_handler.handle("ann", text)


async def test_foreign_accounts_are_refused_before_asking_back(
    command_handler: CommandHandler,
) -> None:
    with pytest.raises(UnknownAccountError):
        await command_handler.handle("ann", "increase bybit foreign BTCUSDT 1")


async def test_a_confirmation_is_redeemed_once(
    confirmations: Confirmations, change: PositionChange
) -> None:
    token = confirmations.issue("ann", Action.decrease, change)

    assert await confirmations.redeem("ann", token) == (Action.decrease, change)
    with pytest.raises(ConfirmationError, match="has been used"):
        await confirmations.redeem("ann", token)


async def test_two_equal_changes_are_two(
    confirmations: Confirmations, change: PositionChange
) -> None:
    tokens = [confirmations.issue("ann", Action.increase, change) for _ in range(2)]

    for token in tokens:
        assert await confirmations.redeem("ann", token) == (Action.increase, change)


async def test_a_confirmation_is_for_one_user(
    confirmations: Confirmations, change: PositionChange
) -> None:
    token = confirmations.issue("ann", Action.increase, change)

    with pytest.raises(ConfirmationError, match="another user"):
        await confirmations.redeem("bob", token)
    # And is not spent by that
    assert await confirmations.redeem("ann", token) == (Action.increase, change)


async def test_a_confirmation_expires(store: PositionStore, change: PositionChange) -> None:
    confirmations = Confirmations("secret", store, lifetime_seconds=-1)
    token = confirmations.issue("ann", Action.increase, change)

    with pytest.raises(ConfirmationError, match="invalid or has expired"):
        await confirmations.redeem("ann", token)


async def test_a_confirmation_cannot_be_made_elsewhere(
    confirmations: Confirmations, store: PositionStore, change: PositionChange
) -> None:
    forged = Confirmations("guessed", store).issue("ann", Action.increase, change)

    with pytest.raises(ConfirmationError, match="invalid or has expired"):
        await confirmations.redeem("ann", forged)
