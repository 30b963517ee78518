"""core: pictures that are held while something else in a form is wrong"""

import sqlalchemy as sa
from alembic import op

revision = "0046"
down_revision = "0045"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "held_picture",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=20), nullable=False),
        sa.Column("mime", sa.String(length=40), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_held_picture")),
        sa.UniqueConstraint("public_id", name=op.f("uq_held_picture_public_id")),
    )
    op.create_index(op.f("ix_held_picture_created_at"), "held_picture", ["created_at"])


def downgrade() -> None:
    op.drop_table("held_picture")
