"""The one shape of all errors."""

from typing import Any

from pydantic import BaseModel


class Error(BaseModel):
    code: str
    message: str
    details: list[Any] = []
    request_id: str | None


class ErrorResponse(BaseModel):
    error: Error
