"""The feature store in PostgreSQL."""

import sqlalchemy as sa
from alembic import op

revision: str = "<<MIGRATION>>"
down_revision: str | None = "<<@if MIGRATION_FIRST>>0001_initial<<@else>><<MIGRATION_PREVIOUS>><<@end>>"


def upgrade() -> None:
    op.create_table(
        "features",
        sa.Column("customer_id", sa.String(64), primary_key=True),
        sa.Column("schema_version", sa.String(32), primary_key=True),
        sa.Column("feature_values", sa.JSON(), nullable=False),
        sa.Column("as_of", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_index("ix_features_expires_at", "features", ["expires_at"])


def downgrade() -> None:
    op.drop_table("features")
