"""newsletters: whether links answer, who newsletters are tried on, where answers go"""

import sqlalchemy as sa
from alembic import op

revision = "0036"
down_revision = "0035"
branch_labels = None
depends_on = None

_STATE = sa.Enum(
    "answers",
    "missing",
    "silent",
    "not_asked",
    name="linkstate",
    native_enum=False,
    create_constraint=True,
    length=40,
)


def upgrade() -> None:
    op.create_table(
        "link_check",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("url", sa.String(length=500), nullable=False),
        sa.Column("state", _STATE, nullable=False),
        sa.Column("answer", sa.String(length=200), nullable=False),
        sa.Column("checked_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_link_check")),
        sa.UniqueConstraint("url", name=op.f("uq_link_check_url")),
    )
    op.create_index(op.f("ix_link_check_checked_at"), "link_check", ["checked_at"])
    op.create_table(
        "newsletter_tester",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_newsletter_tester_person_id_person")
        ),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_newsletter_tester")),
    )
    for table in ("newsletter", "mailing_edition"):
        with op.batch_alter_table(table) as batch_op:
            batch_op.add_column(
                sa.Column("reply_to", sa.String(length=320), nullable=False, server_default="")
            )
        with op.batch_alter_table(table) as batch_op:
            batch_op.alter_column("reply_to", server_default=None)


def downgrade() -> None:
    for table in ("newsletter", "mailing_edition"):
        with op.batch_alter_table(table) as batch_op:
            batch_op.drop_column("reply_to")
    op.drop_table("newsletter_tester")
    op.drop_index(op.f("ix_link_check_checked_at"), table_name="link_check")
    op.drop_table("link_check")
