"""newsletters: how many greetings were left out, and why"""

import sqlalchemy as sa
from alembic import op

revision = "0048"
down_revision = "0047"
branch_labels = None
depends_on = None

_WHY = sa.Enum(
    "no_free_day",
    "paused",
    "no_consent",
    "no_address",
    "suppressed",
    "ended",
    "returned",
    "not_sent",
    name="leftout",
    native_enum=False,
    create_constraint=True,
    length=40,
)


def upgrade() -> None:
    op.create_table(
        "greeting_left_out",
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("step", sa.Integer(), nullable=False),
        sa.Column("why", _WHY, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("on", "step", "why", name=op.f("pk_greeting_left_out")),
    )


def downgrade() -> None:
    op.drop_table("greeting_left_out")
