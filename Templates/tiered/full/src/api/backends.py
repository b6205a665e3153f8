"""What endpoints depend on besides the database: the cache, events, background tasks."""

from typing import Annotated

from fastapi import Depends, Request

from src.analytics.tracking import EventTracker
from src.background.dispatch import TaskDispatcher
from src.core.backends import Backends
from src.core.cache import Cache


def get_backends(request: Request) -> Backends:
    backends: Backends = request.app.state.backends
    return backends


AppBackends = Annotated[Backends, Depends(get_backends)]


def get_cache(backends: AppBackends) -> Cache:
    return backends.cache


def get_tracker(backends: AppBackends) -> EventTracker:
    return backends.tracker


def get_tasks(backends: AppBackends) -> TaskDispatcher:
    return backends.tasks


AppCache = Annotated[Cache, Depends(get_cache)]
Tracker = Annotated[EventTracker, Depends(get_tracker)]
Tasks = Annotated[TaskDispatcher, Depends(get_tasks)]
