"""Placeholder for the first state."""


def test_nothing() -> None:
    assert True
