"""For those who run the service: is it alive, can it work, what does it measure."""

import logging

from fastapi import APIRouter, Request, Response, status
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from src.api.dependencies import Services, ServicesDependency
from src.api.schemas.service import Health, Readiness
from src.database.engine import UNAVAILABLE, ping
from src.feature_store.base import FeatureStoreUnavailableError

router = APIRouter(tags=["operations"])
log = logging.getLogger(__name__)


@router.get("/health")
async def health() -> Health:
    """Answers while the process can; it says nothing about what the process depends on."""
    return Health()


@router.get("/ready", responses={status.HTTP_503_SERVICE_UNAVAILABLE: {"model": Readiness}})
def ready(services: ServicesDependency, response: Response) -> Readiness:
    """Whether requests should be sent here."""
    checks = {"database": _database(services), "feature_store": _feature_store(services)}
    if all(checks.values()):
        return Readiness(status="ready", checks=checks)
    response.status_code = status.HTTP_503_SERVICE_UNAVAILABLE
    log.warning("not ready", extra={"checks": checks})
    return Readiness(status="not ready", checks=checks)


# Not in a thread, which all may be waiting for the database just when it matters.
@router.get("/metrics", include_in_schema=False)
async def metrics(request: Request) -> Response:
    return Response(
        generate_latest(request.app.state.registry), headers={"Content-Type": CONTENT_TYPE_LATEST}
    )


def _database(services: Services) -> bool:
    try:
        ping(services.engine)
    except UNAVAILABLE:
        return False
    return True


def _feature_store(services: Services) -> bool:
    try:
        services.feature_store.ping()
    except FeatureStoreUnavailableError:
        return False
    return True
