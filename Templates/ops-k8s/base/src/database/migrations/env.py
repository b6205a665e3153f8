"""Run by Alembic: connects its commands with the settings and the tables of this project.

`alembic revision --autogenerate -m "…"` writes a migration from the difference between the two.
"""

from typing import Any, Literal

from alembic import context
from sqlalchemy import Connection, text
from sqlmodel import AutoString

from src.database import models
from src.database.engine import connect
from src.utils.settings import DatabaseSettings

# Any number will do, as long as all who migrate this database use the same.
_LOCK = 727_463_101


def render_item(kind: str, item: Any, _: Any) -> str | Literal[False]:
    """Migrations name what the database has, so that they outlive the types of the code."""
    match item:
        case AutoString(length=length) if kind == "type":
            return f"sa.String({length or ''})"
        case models.UtcDateTime() if kind == "type":
            return "sa.DateTime(timezone=True)"
    return False


def run(connection: Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=models.Prediction.metadata,
        render_item=render_item,
    )
    with context.begin_transaction():
        if connection.dialect.name == "postgresql":
            # Several replicas may start at once: one migrates, the others wait and find it done.
            connection.execute(text(f"SELECT pg_advisory_xact_lock({_LOCK})"))
        context.run_migrations()


given = context.config.attributes.get("connection")
if given is None:
    with connect(DatabaseSettings()).begin() as opened:
        run(opened)
else:
    run(given)
