import asyncio
from decimal import Decimal

import pytest
from pydantic import ValidationError

<<@fit 100>>
from <<PACKAGE>>.client import <<PACKAGE|pascal>>Client
<<@else>>
from <<PACKAGE>>.client import (
    <<PACKAGE|pascal>>Client,
)
<<@end>>
from <<PACKAGE>>.exchanges import Exchange
from <<PACKAGE>>.positions import (
    Action,
    InsufficientPositionError,
    Position,
    PositionChange,
    PositionKey,
    UnknownAccountError,
)
<<@if SLACK>>
from <<PACKAGE>>.stores import MemoryStore, PositionStore
<<@else>>
from <<PACKAGE>>.stores import MemoryStore
<<@end>>


<<@fit 100>>
async def test_a_position_grows_and_shrinks(client: <<PACKAGE|pascal>>Client, change: PositionChange) -> None:
<<@else>>
<<@fit 100>>
async def test_a_position_grows_and_shrinks(
    client: <<PACKAGE|pascal>>Client, change: PositionChange
) -> None:
<<@else>>
async def test_a_position_grows_and_shrinks(
    client: <<PACKAGE|pascal>>Client,
    change: PositionChange,
) -> None:
<<@end>>
<<@end>>
    await client.increase_position(change)
    larger = await client.increase_position(change)
    smaller = await client.decrease_position(change)

    assert larger == Position(PositionKey(Exchange.bybit, "main", "BTCUSDT"), Decimal("1.0"))
    assert smaller.quantity == Decimal("0.5")
    assert await client.positions() == [smaller]


<<@fit 100>>
async def test_a_position_does_not_become_negative(client: <<PACKAGE|pascal>>Client, change: PositionChange) -> None:
<<@else>>
<<@fit 100>>
async def test_a_position_does_not_become_negative(
    client: <<PACKAGE|pascal>>Client, change: PositionChange
) -> None:
<<@else>>
async def test_a_position_does_not_become_negative(
    client: <<PACKAGE|pascal>>Client,
    change: PositionChange,
) -> None:
<<@end>>
<<@end>>
    await client.increase_position(change)
    more = change.model_copy(update={"quantity": Decimal("0.50000001")})

    with pytest.raises(InsufficientPositionError, match=r"BTCUSDT has 0\.5 only"):
        await client.decrease_position(more)

    assert [position.quantity for position in await client.positions()] == [Decimal("0.5")]


<<@fit 100>>
async def test_a_position_of_zero_is_gone(client: <<PACKAGE|pascal>>Client, change: PositionChange) -> None:
<<@else>>
<<@fit 100>>
async def test_a_position_of_zero_is_gone(
    client: <<PACKAGE|pascal>>Client, change: PositionChange
) -> None:
<<@else>>
async def test_a_position_of_zero_is_gone(
    client: <<PACKAGE|pascal>>Client,
    change: PositionChange,
) -> None:
<<@end>>
<<@end>>
    await client.increase_position(change)
    gone = await client.decrease_position(change)

    assert gone.quantity == 0
    assert await client.positions() == []


<<@fit 100>>
async def test_positions_are_apart_and_in_order(client: <<PACKAGE|pascal>>Client, change: PositionChange) -> None:
<<@else>>
<<@fit 100>>
async def test_positions_are_apart_and_in_order(
    client: <<PACKAGE|pascal>>Client, change: PositionChange
) -> None:
<<@else>>
async def test_positions_are_apart_and_in_order(
    client: <<PACKAGE|pascal>>Client,
    change: PositionChange,
) -> None:
<<@end>>
<<@end>>
    for account_id, symbol in [("main", "ETHUSDT"), ("main", "BTCUSDT"), ("hedge", "ETHUSDT")]:
        update = {"account_id": account_id, "symbol": symbol}
        await client.apply(Action.increase, change.model_copy(update=update))

    assert [str(position.key) for position in await client.positions()] == [
        "bybit:hedge:ETHUSDT",
        "bybit:main:BTCUSDT",
        "bybit:main:ETHUSDT",
    ]


@pytest.mark.parametrize("action", list(Action))
<<@fit 100>>
async def test_foreign_accounts_are_refused(
    client: <<PACKAGE|pascal>>Client, change: PositionChange, action: Action
) -> None:
<<@else>>
async def test_foreign_accounts_are_refused(
    client: <<PACKAGE|pascal>>Client,
    change: PositionChange,
    action: Action,
) -> None:
<<@end>>
    foreign = change.model_copy(update={"account_id": "foreign"})

    with pytest.raises(UnknownAccountError, match="bybit has no account 'foreign' here"):
        await client.apply(action, foreign)

    assert await client.positions() == []


<<@fit 100>>
async def test_no_change_is_lost_when_many_come_at_once(
    client: <<PACKAGE|pascal>>Client, change: PositionChange
) -> None:
<<@else>>
async def test_no_change_is_lost_when_many_come_at_once(
    client: <<PACKAGE|pascal>>Client,
    change: PositionChange,
) -> None:
<<@end>>
    changes = [Action.increase] * 20 + [Action.decrease] * 15

    await asyncio.gather(*(client.apply(action, change) for action in changes))

    assert [position.quantity for position in await client.positions()] == [Decimal("2.5")]


async def test_the_client_closes_its_store() -> None:
    class Store(MemoryStore):
        closed = False

        async def close(self) -> None:
            self.closed = True

    store = Store()
    await <<PACKAGE|pascal>>Client({}, store).close()

    assert store.closed


<<@if SLACK>>
async def test_changes_are_announced(store: PositionStore, change: PositionChange) -> None:
    announced = []

    def on_change(action: Action, change: PositionChange, position: Position) -> None:
        announced.append((action, change, position))

    accounts = {Exchange.bybit: ["main"]}
    client = <<PACKAGE|pascal>>Client(accounts, store, on_change)
    position = await client.increase_position(change)
    with pytest.raises(InsufficientPositionError):
        await client.decrease_position(change.model_copy(update={"quantity": Decimal(9)}))

    assert announced == [(Action.increase, change, position)]


<<@end>>
async def test_quantities_are_exact(client: <<PACKAGE|pascal>>Client) -> None:
    for quantity in ("999999999999.99999999", "0.00000001"):
        change = PositionChange(
            exchange=Exchange.bybit, account_id="main", symbol="A1", quantity=Decimal(quantity)
        )
        await client.increase_position(change)

    (position,) = await client.positions()
    assert position.as_json() == {
        "exchange": "bybit",
        "account_id": "main",
        "symbol": "A1",
        "quantity": "1000000000000.00000000",
    }


@pytest.mark.parametrize(
    "update",
    [
        {"quantity": 0},
        {"quantity": -1},
        {"quantity": "NaN"},
        {"quantity": "Infinity"},
        {"quantity": "0.000000001"},
        {"quantity": "1000000000000"},
        {"quantity": True},
        {"quantity": "much"},
        {"exchange": "nyse"},
        {"account_id": "a" * 65},
        {"symbol": "btcusdt"},
        {"symbol": "BTC/USDT"},
        {"symbol": "BTCUSDT\n"},
        {"leverage": 10},
    ],
)
def test_malformed_changes(change: PositionChange, update: dict[str, object]) -> None:
    content = change.model_dump() | update

    with pytest.raises(ValidationError) as raised:
        PositionChange.model_validate(content)

    assert [problem["loc"] for problem in raised.value.errors()] == [tuple(update)]
