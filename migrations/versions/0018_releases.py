"""insights: releases, their shown cells, the ledger of tokens"""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "release",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=20), nullable=False),
        sa.Column("quarter", sa.String(length=6), nullable=False),
        sa.Column("k", sa.Integer(), nullable=False),
        sa.Column("input_hash", sa.String(length=64), nullable=False),
        sa.Column("made_by", sa.String(length=200), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("units", sa.JSON(), nullable=False),
        sa.Column("measures", sa.JSON(), nullable=False),
        sa.Column("refused", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_release")),
        sa.UniqueConstraint("public_id", name=op.f("uq_release_public_id")),
        sa.UniqueConstraint("quarter", name=op.f("uq_release_quarter")),
    )
    op.create_table(
        "release_cell",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("release_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(length=20), nullable=False),
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("question", sa.String(length=60), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("values", sa.JSON(), nullable=False),
        sa.Column("pooled", sa.JSON(), nullable=False),
        sa.Column("members", sa.LargeBinary(), nullable=False),
        sa.Column("newest", sa.String(length=6), nullable=False),
        sa.Column("is_for_managers", sa.Boolean(), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["release_id"], ["release.id"], name=op.f("fk_release_cell_release_id_release")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_release_cell")),
    )
    with op.batch_alter_table("release_cell", schema=None) as batch_op:
        batch_op.create_index(
            "uq_release_cell_place", ["release_id", "place", "key", "question"], unique=True
        )
        batch_op.create_index("ix_release_cell_series", ["place", "key", "question"], unique=False)
    op.create_table(
        "release_token",
        sa.Column("release_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("token", sa.String(length=100), nullable=False),
        sa.Column("is_erased", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["release_id"], ["release.id"], name=op.f("fk_release_token_release_id_release")
        ),
        sa.PrimaryKeyConstraint("release_id", "position", name=op.f("pk_release_token")),
    )
    with op.batch_alter_table("release_token", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_release_token_token"), ["token"], unique=False)


def downgrade() -> None:
    op.drop_table("release_token")
    op.drop_table("release_cell")
    op.drop_table("release")
