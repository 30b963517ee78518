"""mail: mailings broken off or believed, copies that went again, why somebody is sent to slowly"""

import sqlalchemy as sa
from alembic import op

revision = "0040"
down_revision = "0039"
branch_labels = None
depends_on = None

_NO = sa.false()


def upgrade() -> None:
    with op.batch_alter_table("mailing") as batch_op:
        batch_op.add_column(sa.Column("cancelled_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(
            sa.Column("believes_relay", sa.Boolean(), nullable=False, server_default=_NO)
        )
    with op.batch_alter_table("mailing") as batch_op:
        batch_op.alter_column("believes_relay", server_default=None)
    with op.batch_alter_table("letter") as batch_op:
        batch_op.add_column(
            sa.Column("was_in_doubt", sa.Boolean(), nullable=False, server_default=_NO)
        )
    with op.batch_alter_table("letter") as batch_op:
        batch_op.alter_column("was_in_doubt", server_default=None)
    with op.batch_alter_table("delivery") as batch_op:
        batch_op.add_column(
            sa.Column("was_in_doubt", sa.Boolean(), nullable=False, server_default=_NO)
        )
    with op.batch_alter_table("mail_pace") as batch_op:
        batch_op.add_column(sa.Column("slowed_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("said", sa.String(200), nullable=False, server_default=""))
    with op.batch_alter_table("mail_pace") as batch_op:
        batch_op.alter_column("said", server_default=None)


def downgrade() -> None:
    for table, names in (
        ("mail_pace", ("slowed_at", "said")),
        ("delivery", ("was_in_doubt",)),
        ("letter", ("was_in_doubt",)),
        ("mailing", ("cancelled_at", "believes_relay")),
    ):
        with op.batch_alter_table(table) as batch_op:
            for name in names:
                batch_op.drop_column(name)
