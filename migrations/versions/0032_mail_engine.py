"""mail: what becomes of doubtful copies, files of an edition, how fast the relay is sent to"""

import sqlalchemy as sa
from alembic import op

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None

_POLICY = sa.Enum(
    "hold", "resend", name="policy", native_enum=False, create_constraint=True, length=40
)


def upgrade() -> None:
    op.create_table(
        "mail_pace",
        sa.Column("name", sa.String(length=255), nullable=False),
        sa.Column("per_second", sa.Double(), nullable=True),
        sa.Column("tokens", sa.Double(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_mail_pace")),
    )
    with op.batch_alter_table("mailing") as batch_op:
        batch_op.add_column(sa.Column("policy", _POLICY, nullable=False, server_default="hold"))
    with op.batch_alter_table("mailing") as batch_op:
        batch_op.alter_column("policy", server_default=None)
    with op.batch_alter_table("mailing_edition") as batch_op:
        batch_op.add_column(sa.Column("files", sa.JSON(), nullable=False, server_default="[]"))
    with op.batch_alter_table("mailing_edition") as batch_op:
        batch_op.alter_column("files", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("mailing_edition") as batch_op:
        batch_op.drop_column("files")
    with op.batch_alter_table("mailing") as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_mailing_policy"), type_="check")
        batch_op.drop_column("policy")
    op.drop_table("mail_pace")
