"""Projects that the layout `tiered` makes, as their owner would use them."""

from dataclasses import dataclass

from verification import project

NAME = "tiered"
TIERS = ("mvp", "core", "full")
DATABASE_USER = DATABASE_NAME = "service"
DESCRIPTION = "An HTTP API built with FastAPI"
SECRET_KEY = "only-for-the-verification-only-for-the-verification"  # noqa: S105

# What a list of records is called, in the plural, in a path.
_PATHS = {
    "item": "items",
    "category": "categories",
    "warehouse_reservation": "warehouse-reservations",
    "ox": "oxen",
    # A word of Python's that is none everywhere.
    "match": "matches",
}


@dataclass(frozen=True)
class Project(project.Project):
    """What a project is asked to be; the defaults are the layout's own."""

    tier: str = "mvp"
    models: tuple[str, ...] = ("item",)
    port: int = 8000
    example: bool = True
    security_libraries: str = "jose-passlib"
    python: str = "3.14"
    description: str = DESCRIPTION

    @property
    def layered(self) -> bool:
        return self.tier != "mvp"

    @property
    def paths(self) -> list[str]:
        """Where the records of each model are."""
        return [f"/api/v1/{_PATHS[model]}" for model in self.models]

    # What runs beside the service while it is verified has ports of its own.

    @property
    def database_port(self) -> int:
        return self._port(1)

    @property
    def redis_port(self) -> int:
        return self._port(2)

    @property
    def worker_port(self) -> int:
        """Where the worker's metrics are."""
        return self._port(3)

    @property
    def consumer_port(self) -> int:
        """Where the metrics of the queue's consumer are."""
        return self._port(4)

    @property
    def notifications_port(self) -> int:
        return self._port(5)

    @property
    def tests_port(self) -> int:
        """The database of the project's own tests and of its migrations."""
        return self._port(6)

    def _port(self, offset: int) -> int:
        # 8000 is a port that many use: its neighbours are left alone.
        return (20000 if self.port == Project.port else self.port) + offset

    @property
    def ports(self) -> list[int]:
        return [self.port, *(self._port(offset) for offset in range(1, 10))]
