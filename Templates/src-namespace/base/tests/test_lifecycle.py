import asyncio
from types import TracebackType

import pytest
from structlog.testing import capture_logs

from <<PACKAGE>>.lifecycle import (
    AsyncTaskManager,
    BreakingError,
    GracefulExit,
    ShutdownTimes,
    wrap_in_system_exit,
)


class App:
    """As much of a server as the lifecycle knows."""

    ready = True


async def nothing_to_do(
    _exc_type: type[BaseException] | None,
    _exc_val: BaseException | None,
    _exc_tb: TracebackType | None,
) -> None:
    pass


async def fail(reason: str) -> None:
    raise RuntimeError(reason)


async def end_of(tm: AsyncTaskManager) -> None:
    """Waits for the end, and not for ever."""
    async with asyncio.timeout(10):
        await tm.catch_breaking_errors()


async def test_the_manager_waits_for_the_stop_signal() -> None:
    tm = AsyncTaskManager()
    catching = asyncio.create_task(tm.catch_breaking_errors())
    tm.add_task(asyncio.sleep(0), name="short")

    done, _ = await asyncio.wait([catching], timeout=0.05)
    assert not done

    tm.stop_signal.set()
    await catching


async def test_tasks_may_end_by_themselves() -> None:
    tm = AsyncTaskManager()
    ended = []

    async def end_when_told() -> None:
        await tm.stop_signal.wait()
        await asyncio.sleep(0.01)
        ended.append("by itself")

    tm.add_task(end_when_told(), name="obedient")
    tm.stop_signal.set()
    await end_of(tm)

    assert ended == ["by itself"]


async def test_a_task_that_dies_stops_all() -> None:
    tm = AsyncTaskManager()
    ended = []

    async def end_when_told() -> None:
        await tm.stop_signal.wait()
        ended.append("obedient")

    with capture_logs() as log:
        tm.add_task(end_when_told(), name="obedient")
        tm.add_task(fail("no disk"), name="writer")
        tm.add_task(fail("no network"), name="sender")
        with pytest.raises(BreakingError, match=r"task 'writer' failed: RuntimeError\('no disk'\)"):
            await end_of(tm)

    assert ended == ["obedient"]
    failures = [(line["task"], line["reason"]) for line in log if line["event"] == "task_failed"]
    assert failures == [
        ("writer", "RuntimeError('no disk')"),
        ("sender", "RuntimeError('no network')"),
    ]


async def test_a_task_that_is_cancelled_has_died() -> None:
    tm = AsyncTaskManager()
    tm.add_task(asyncio.sleep(60), name="sleeper").cancel()

    with pytest.raises(BreakingError, match="task 'sleeper' failed: cancelled"):
        await end_of(tm)


async def test_errors_are_caught_by_a_task_as_well() -> None:
    tm = AsyncTaskManager()
    failing = tm.add_task(fail("no disk"), name="writer")
    catching = tm.add_task(tm.catch_breaking_errors(), name="catching breaking errors")

    async with asyncio.timeout(10):
        results = await asyncio.gather(failing, catching, return_exceptions=True)

    assert [type(result) for result in results] == [RuntimeError, BreakingError]


def test_the_end_has_two_seconds_unless_more_is_given() -> None:
    for times in (ShutdownTimes(), ShutdownTimes(grace=25, deadline=28)):
        assert times.grace < times.tasks < times.tasks + times.exit_handler < times.deadline
    assert ShutdownTimes().grace > 1.5
    assert ShutdownTimes().deadline < 2
    # More time for the process is more time to close what is open
    assert ShutdownTimes(grace=25, deadline=28).exit_handler > 2.5


async def test_overdue_tasks_are_cut_off() -> None:
    tm = AsyncTaskManager(ShutdownTimes(grace=0))
    endless = tm.add_task(asyncio.sleep(3600), name="endless")
    tm.stop_signal.set()

    with capture_logs() as log:
        await end_of(tm)
        await asyncio.wait([endless], timeout=10)

    assert endless.cancelled()
    assert [(line["event"], line["task"]) for line in log] == [("task_cut_off", "endless")]


async def test_a_block_that_ends_well() -> None:
    app = App()
    seen: list[BaseException | None] = []

    async def exit_handler(
        _exc_type: type[BaseException] | None,
        exc_val: BaseException | None,
        _exc_tb: TracebackType | None,
    ) -> None:
        assert not app.ready
        seen.append(exc_val)

    async with GracefulExit(app=app, exit_handler=exit_handler) as graceful_exit:
        assert app.ready

    assert seen == [None]
    assert graceful_exit.exit_code == 0


async def test_a_block_that_fails() -> None:
    seen: list[BaseException | None] = []

    async def exit_handler(
        exc_type: type[BaseException] | None,
        exc_val: BaseException | None,
        exc_tb: TracebackType | None,
    ) -> None:
        assert exc_type is BreakingError
        assert exc_tb is not None
        seen.append(exc_val)

    error = BreakingError("writer", "no disk")
    with capture_logs() as log:
        async with GracefulExit(app=App(), exit_handler=exit_handler) as graceful_exit:
            raise error

    assert seen == [error]
    assert graceful_exit.exit_code == 1
    assert log[0]["event"] == "service_failed"
    assert log[0]["reason"] == "task 'writer' failed: no disk"


async def test_cancellation_is_passed_on() -> None:
    graceful_exit = GracefulExit(app=App(), exit_handler=nothing_to_do)

    with pytest.raises(asyncio.CancelledError):
        async with graceful_exit:
            raise asyncio.CancelledError

    assert graceful_exit.exit_code == 1


async def test_an_exit_handler_that_fails_hides_nothing() -> None:
    async def exit_handler(*_: object) -> None:
        await fail("cannot close")

    with capture_logs() as log:
        async with GracefulExit(app=App(), exit_handler=exit_handler) as graceful_exit:
            pass

    assert graceful_exit.exit_code == 0
    assert log[0]["event"] == "exit_handler_failed"
    assert log[0]["reason"] == "RuntimeError('cannot close')"


async def test_an_exit_handler_that_hangs_is_left() -> None:
    async def exit_handler(*_: object) -> None:
        await asyncio.Event().wait()

    times = ShutdownTimes(grace=0, deadline=0.16)
    async with asyncio.timeout(10):
        async with GracefulExit(app=App(), exit_handler=exit_handler, times=times) as graceful_exit:
            pass

    assert graceful_exit.exit_code == 0


async def test_after_a_failure_there_is_time_to_tell_of_it() -> None:
    told = []

    async def exit_handler(*_: object) -> None:
        await asyncio.sleep(0.01)
        told.append("all")

    # After a signal there would be none
    times = ShutdownTimes(grace=0, deadline=0)
    async with GracefulExit(app=App(), exit_handler=exit_handler, times=times):
        raise BreakingError("writer", "no disk")

    assert told == ["all"]


@pytest.mark.parametrize("code", [0, 1])
def test_the_exit_code_is_that_of_main(code: int) -> None:
    with pytest.raises(SystemExit) as raised:
        wrap_in_system_exit(code)

    assert raised.value.code == code
