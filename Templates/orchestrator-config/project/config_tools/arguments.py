"""Types of what is given on a command line."""

from argparse import ArgumentTypeError


def port(text: str) -> int:
    number = int(text)
    if not 1 <= number <= 65535:
        raise ArgumentTypeError("a port is a number from 1 to 65535")
    return number


def count(text: str) -> int:
    number = int(text)
    if number < 1:
        raise ArgumentTypeError("it is 1 at least")
    return number


def seconds(text: str) -> float:
    number = float(text)
    if not 0 < number < 86400:
        raise ArgumentTypeError("it is more than 0, and less than a day")
    return number
