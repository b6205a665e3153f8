"""A project and the container engine that runs its images."""

from typing import Generic, TypeVar

from verification.containers import Containers
from verification.project import Project
from verification.report import Once

ProjectT = TypeVar("ProjectT", bound=Project)


class Contained(Generic[ProjectT]):
    """What the stages of a project's containers have alike."""

    def __init__(self, project: Once[ProjectT], machine: Once[Containers]) -> None:
        self._project = project
        self._machine = machine

    @property
    def project(self) -> ProjectT:
        return self._project()

    @property
    def machine(self) -> Containers:
        return self._machine()
