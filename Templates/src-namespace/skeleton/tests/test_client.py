from structlog.testing import capture_logs

<<@fit 100>>
from <<PACKAGE>>.client import <<PACKAGE|pascal>>Client
<<@else>>
from <<PACKAGE>>.client import (
    <<PACKAGE|pascal>>Client,
)
<<@end>>


def test_the_service_is_available_until_it_is_told_otherwise() -> None:
    client = <<PACKAGE|pascal>>Client()
    assert client.available

    client.set_available(False)
    assert not client.available

    client.set_available(True)
    assert client.available


def test_only_a_change_is_logged() -> None:
    client = <<PACKAGE|pascal>>Client()

    with capture_logs() as log:
        for available in (True, False, False, True):
            client.set_available(available)

    assert [(line["event"], line["available"]) for line in log] == [
        ("availability_changed", False),
        ("availability_changed", True),
    ]
