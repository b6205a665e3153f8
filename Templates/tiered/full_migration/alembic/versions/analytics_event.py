"""The table of analytics events."""

import sqlalchemy as sa
from alembic import op

revision = "analytics_event"
down_revision = "<<@if MIGRATION_FIRST>>user<<@else>><<MIGRATION_PREVIOUS>><<@end>>"
branch_labels = None
depends_on = None

TABLE = "analytics_events"


def upgrade() -> None:
    op.create_table(
        TABLE,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=50), nullable=False),
        sa.Column("occurred_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("properties", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_analytics_events")),
        sa.UniqueConstraint("event_id", name=op.f("uq_analytics_events_event_id")),
    )
    op.create_index(op.f("ix_analytics_events_occurred_at"), TABLE, ["occurred_at"])


def downgrade() -> None:
    op.drop_index(op.f("ix_analytics_events_occurred_at"), table_name=TABLE)
    op.drop_table(TABLE)
