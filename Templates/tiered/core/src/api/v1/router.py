"""All routes of version 1."""

from fastapi import APIRouter

<<@fit 100>>
from src.api.v1.endpoints import <<@sort ", ">>auth, users<<@if TIER == full>>, analytics<<@end>><<@for MODEL in MODELS>>, <<MODEL|plural>><<@end>><<@end>>
<<@else>>
from src.api.v1.endpoints import (
<<@sort>>
<<@if TIER == full>>
    analytics,
<<@end>>
    auth,
    users,
<<@for MODEL in MODELS>>
    <<MODEL|plural>>,
<<@end>>
<<@end>>
)
<<@end>>

api_router = APIRouter()

api_router.include_router(auth.router, prefix="/auth", tags=["authentication"])
api_router.include_router(users.router, prefix="/users", tags=["users"])
<<@if TIER == full>>
api_router.include_router(analytics.router, prefix="/analytics", tags=["analytics"])
<<@end>>

# The routers of models bring their paths with them
<<@for MODEL in MODELS>>
api_router.include_router(<<MODEL|plural>>.router)
<<@end>>
