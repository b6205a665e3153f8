"""Migrations run here: against the database of the settings, or as SQL on standard output."""

import re
from collections.abc import Iterable
from typing import Any, Literal

from alembic import context
from alembic.ddl.postgresql import PostgresqlImpl
from alembic.operations import MigrationScript
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import String, Table, create_engine

import src.models  # noqa: F401  # all tables are declared on Base
from src.core.config import SettingsError, get_settings
from src.core.database import Base
from src.models.base import UTCDateTime

NAME_LENGTH = 60


class NamedRevisionsImpl(PostgresqlImpl):
    """Alembic has room for 32 characters, which is less than a model's name may have."""

    __dialect__ = "postgresql"

    def version_table_impl(self, **options: Any) -> Table:
        table = super().version_table_impl(**options)
        table.c.version_num.type = String(NAME_LENGTH)
        return table


def render_item(kind: str, item: Any, _: Any) -> str | Literal[False]:
    """Migrations name what the database has, so that they outlive the types of the models."""
    if kind == "type" and isinstance(item, UTCDateTime):
        return "sa.DateTime(timezone=True)"
    return False


def name_revisions(_: Any, __: Any, scripts: Iterable[MigrationScript]) -> None:
    """Calls a new migration as its message says, unless `--rev-id` does."""
    existing = ScriptDirectory.from_config(context.config).walk_revisions()
    taken = {"base", "head", "heads", *(script.revision for script in existing)}
    for script in scripts:
        is_random = re.fullmatch("[0-9a-f]{12}", script.rev_id or "")
        name = re.sub(r"[^a-z0-9]+", "_", (script.message or "").lower()).strip("_")[:NAME_LENGTH]
        if not is_random or not name:
            continue
        if name in taken:
            raise CommandError(f"there is a migration {name} already: say in -m what is new")
        script.rev_id = name


def configure(**options: Any) -> None:
    # SQLite alters a table by copying it, which is what a batch does
    context.configure(
        target_metadata=Base.metadata,
        process_revision_directives=name_revisions,
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
    try:
        with engine.connect() as connection:
            configure(connection=connection)
    finally:
        engine.dispose()
