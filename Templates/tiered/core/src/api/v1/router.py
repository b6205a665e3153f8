"""All routes of version 1."""

from fastapi import APIRouter

from src.api.v1.endpoints import auth, users

# isort: off
<<@for MODEL in MODELS>>
from src.api.v1.endpoints import <<MODEL|plural>>
<<@end>>
# isort: on

api_router = APIRouter()

api_router.include_router(auth.router, prefix="/auth", tags=["authentication"])
api_router.include_router(users.router, prefix="/users", tags=["users"])
<<@for MODEL in MODELS>>
api_router.include_router(
    <<MODEL|plural>>.router,
    prefix="/<<MODEL|plural|kebab>>",
    tags=["<<MODEL|plural|kebab>>"],
)
<<@end>>
