"""All routes of version 1."""

from fastapi import APIRouter

<<@if TIER == full>>
from src.api.v1.endpoints import analytics, auth, users
<<@else>>
from src.api.v1.endpoints import auth, users
<<@end>>

# isort: off
<<@for MODEL in MODELS>>
from src.api.v1.endpoints import <<MODEL|plural>>
<<@end>>
# isort: on

api_router = APIRouter()

api_router.include_router(auth.router, prefix="/auth", tags=["authentication"])
api_router.include_router(users.router, prefix="/users", tags=["users"])
<<@if TIER == full>>
api_router.include_router(analytics.router, prefix="/analytics", tags=["analytics"])
<<@end>>
<<@for MODEL in MODELS>>
api_router.include_router(
    <<MODEL|plural>>.router,
    prefix="/<<MODEL|plural|kebab>>",
    tags=["<<MODEL|plural|kebab>>"],
)
<<@end>>
