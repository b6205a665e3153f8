"""Migrations run here: against the database of the settings, or as SQL on standard output."""

from typing import Any, Literal

from alembic import context
from sqlalchemy import create_engine

import src.models  # noqa: F401  # all tables are declared on Base
from src.core.config import SettingsError, get_settings
from src.core.database import Base
from src.models.base import UTCDateTime


def render_item(kind: str, item: Any, _: Any) -> str | Literal[False]:
    """Migrations name what the database has, so that they outlive the types of the models."""
    if kind == "type" and isinstance(item, UTCDateTime):
        return "sa.DateTime(timezone=True)"
    return False


def configure(**options: Any) -> None:
    # SQLite alters a table by copying it, which is what a batch does
    context.configure(
        target_metadata=Base.metadata,
        render_item=render_item,
        render_as_batch=True,
        **options,
    )
    with context.begin_transaction():
        context.run_migrations()


try:
    url = get_settings().sync_database_url
except SettingsError as error:
    raise SystemExit(f"error: {error}") from None

if context.is_offline_mode():
    configure(url=url, literal_binds=True, dialect_opts={"paramstyle": "named"})
else:
    engine = create_engine(url)
    with engine.connect() as connection:
        configure(connection=connection)
    engine.dispose()
