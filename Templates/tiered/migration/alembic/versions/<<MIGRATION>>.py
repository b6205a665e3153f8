"""The table of <<MIGRATION|plural|title|lower>>."""

import sqlalchemy as sa
from alembic import op

revision = "<<MIGRATION>>"
down_revision = "<<@if MIGRATION_FIRST>>user<<@else>><<MIGRATION_PREVIOUS>><<@end>>"
branch_labels = None
depends_on = None

TABLE = "<<MIGRATION|plural>>"


def upgrade() -> None:
    op.create_table(
        TABLE,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
<<@if EXAMPLE>>
        sa.Column("description", sa.String(length=2000), nullable=True),
<<@end>>
        sa.Column("owner_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["owner_id"], ["users.id"], name=op.f(f"fk_{TABLE}_owner_id_users")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{TABLE}")),
    )
    op.create_index(op.f(f"ix_{TABLE}_owner_id"), TABLE, ["owner_id"])


def downgrade() -> None:
    op.drop_index(op.f(f"ix_{TABLE}_owner_id"), table_name=TABLE)
    op.drop_table(TABLE)
