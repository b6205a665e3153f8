"""`<<ROUTE>>`: what it takes, does and answers; `app.py` registers it."""

from typing import Annotated

import structlog
from pydantic import BaseModel, ConfigDict, Field

<<@fit 100>>
from <<PACKAGE>>.client import <<PACKAGE|pascal>>Client
<<@else>>
from <<PACKAGE>>.client import (
    <<PACKAGE|pascal>>Client,
)
<<@end>>

logger = structlog.get_logger(__name__)


class Request(BaseModel):
    """What a caller sends; a field that is not here is refused."""

    model_config = ConfigDict(extra="forbid")

    name: Annotated[str, Field(min_length=1, max_length=200)]


class Answer(BaseModel):
    """What a caller gets."""

    name: str


<<@fit 100>>
async def handle(client: <<PACKAGE|pascal>>Client, request: Request) -> Answer:
<<@else>>
async def handle(
    client: <<PACKAGE|pascal>>Client,
    request: Request,
) -> Answer:
<<@end>>
    """Asks the client for what the business does about it; the client knows nothing of HTTP."""
    logger.info("<<ROUTE|snake>>", name=request.name)
    return Answer(name=request.name)
