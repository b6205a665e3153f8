"""The business: what the service does for those who call it."""

import structlog

logger = structlog.get_logger(__name__)


class <<PACKAGE|pascal>>Client:
    """Knows whether the service takes requests. It knows nothing of HTTP."""

    def __init__(self) -> None:
        self._available = True

    @property
    def available(self) -> bool:
        """Whether requests are to be sent here."""
        return self._available

    def set_available(self, available: bool) -> None:
        """Takes this process out of use, or back into it."""
        if available != self._available:
            logger.info("availability_changed", available=available)
        self._available = available
