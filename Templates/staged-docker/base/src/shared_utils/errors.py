"""Errors that a person is expected to act on: they end a step with one line, not a traceback."""

# What comes of an entry that does not have the form that is expected of it.
MALFORMED = (AttributeError, KeyError, TypeError, ValueError)


class StepError(Exception):
    """A step cannot do its work; the text says why and what to do next."""

    exit_code = 1


class EnvVarError(StepError):
    """A variable holds what it may not hold; the text names it and what is expected."""

    exit_code = 2
