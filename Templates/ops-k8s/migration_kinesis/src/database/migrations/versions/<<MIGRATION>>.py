"""How far each shard of Kinesis was read."""

import sqlalchemy as sa
from alembic import op

revision: str = "<<MIGRATION>>"
down_revision: str | None = "<<@if MIGRATION_FIRST>>0001_initial<<@else>><<MIGRATION_PREVIOUS>><<@end>>"


def upgrade() -> None:
    op.create_table(
        "kinesis_checkpoints",
        sa.Column("stream", sa.String(128), primary_key=True),
        sa.Column("shard_id", sa.String(128), primary_key=True),
        sa.Column("sequence_number", sa.String(128), nullable=False),
    )


def downgrade() -> None:
    op.drop_table("kinesis_checkpoints")
