"""Clients of other services: bounded in time, retried where that is safe, and cut off when down."""

from src.integrations.external_apis.circuit_breaker import CircuitBreaker, CircuitOpenError
from src.integrations.external_apis.client import (
    ExternalApiClient,
    ExternalApiError,
    ExternalApiRejectedError,
    ExternalApiUnavailableError,
)
from src.integrations.external_apis.notifications import NotificationsApi
from src.integrations.external_apis.retries import RetryPolicy

__all__ = [
    "CircuitBreaker",
    "CircuitOpenError",
    "ExternalApiClient",
    "ExternalApiError",
    "ExternalApiRejectedError",
    "ExternalApiUnavailableError",
    "NotificationsApi",
    "RetryPolicy",
]
