"""newsletters: greetings after somebody's last day, to whom they went and what ended them"""

import sqlalchemy as sa
from alembic import op

revision = "0044"
down_revision = "0043"
branch_labels = None
depends_on = None

_AT = sa.DateTime(timezone=True)
_WHY = sa.Enum(
    "answered",
    "wrote_back",
    "no_more",
    "withdrawn",
    "returned",
    name="stopwhy",
    native_enum=False,
    create_constraint=True,
    length=40,
)


def upgrade() -> None:
    op.create_table(
        "greeting_plan",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("is_on", sa.Boolean(), nullable=False),
        sa.Column("on_since", sa.Date(), nullable=True),
        sa.Column("texts", sa.JSON(), nullable=False),
        sa.Column("reply_to", sa.String(length=320), nullable=False),
        sa.Column("ran_on", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_greeting_plan")),
    )
    op.create_table(
        "greeting",
        sa.Column("employment_id", sa.Integer(), nullable=False),
        sa.Column("step", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("mailing_id", sa.Integer(), nullable=False),
        sa.Column("at", _AT, nullable=False),
        *_about("greeting", ("employment", "person", "mailing")),
        sa.PrimaryKeyConstraint("employment_id", "step", name=op.f("pk_greeting")),
    )
    op.create_table(
        "greeting_stop",
        sa.Column("employment_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("why", _WHY, nullable=False),
        sa.Column("step", sa.Integer(), nullable=True),
        sa.Column("at", _AT, nullable=False),
        *_about("greeting_stop", ("employment", "person")),
        sa.PrimaryKeyConstraint("employment_id", name=op.f("pk_greeting_stop")),
    )
    for table, columns in _INDEXED:
        for column in columns:
            op.create_index(op.f(f"ix_{table}_{column}"), table, [column])


_INDEXED = (("greeting", ("person_id", "mailing_id", "at")), ("greeting_stop", ("person_id", "at")))


def _about(table: str, others: tuple[str, ...]) -> list[sa.ForeignKeyConstraint]:
    return [
        sa.ForeignKeyConstraint(
            [f"{one}_id"], [f"{one}.id"], name=op.f(f"fk_{table}_{one}_id_{one}")
        )
        for one in others
    ]


def downgrade() -> None:
    for table, columns in _INDEXED:
        for column in columns:
            op.drop_index(op.f(f"ix_{table}_{column}"), table_name=table)
    for table in ("greeting_stop", "greeting", "greeting_plan"):
        op.drop_table(table)
