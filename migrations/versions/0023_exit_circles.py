"""exit interviews: who usually reads; readers whom the leaver lets in read from then on"""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

_SEATS = ("interviewer", "reader", "coder", "manager")


def upgrade() -> None:
    with op.batch_alter_table("exit_interview") as batch_op:
        batch_op.add_column(sa.Column("circle", sa.Integer(), nullable=False, server_default="0"))
    with op.batch_alter_table("exit_answer") as batch_op:
        batch_op.add_column(sa.Column("circle", sa.Integer(), nullable=False, server_default="0"))
    with op.batch_alter_table("exit_reader") as batch_op:
        batch_op.add_column(
            sa.Column("from_circle", sa.Integer(), nullable=True, server_default="0")
        )
        batch_op.add_column(sa.Column("instead_of_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(
            op.f("fk_exit_reader_instead_of_id_person"), "person", ["instead_of_id"], ["id"]
        )
        batch_op.create_index(op.f("ix_exit_reader_instead_of_id"), ["instead_of_id"])
    for table in ("exit_interview", "exit_answer"):
        with op.batch_alter_table(table) as batch_op:
            batch_op.alter_column("circle", server_default=None, existing_type=sa.Integer())
    with op.batch_alter_table("exit_reader") as batch_op:
        batch_op.alter_column("from_circle", server_default=None, existing_type=sa.Integer())
    op.create_table(
        "exit_usual_reader",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column(
            "seat",
            sa.Enum(*_SEATS, name="seat", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_exit_usual_reader_person_id_person")
        ),
        sa.PrimaryKeyConstraint("person_id", "seat", name=op.f("pk_exit_usual_reader")),
    )


def downgrade() -> None:
    op.drop_table("exit_usual_reader")
    op.execute("DELETE FROM exit_reader WHERE from_circle IS NULL")
    with op.batch_alter_table("exit_reader") as batch_op:
        batch_op.drop_constraint(op.f("fk_exit_reader_instead_of_id_person"), type_="foreignkey")
        batch_op.drop_index(op.f("ix_exit_reader_instead_of_id"))
        batch_op.drop_column("instead_of_id")
        batch_op.drop_column("from_circle")
    for table in ("exit_answer", "exit_interview"):
        with op.batch_alter_table(table) as batch_op:
            batch_op.drop_column("circle")
