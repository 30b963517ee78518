"""exit interviews: rows of a large file of earlier interviews by the thousand, checked by a job"""

import sqlalchemy as sa
from alembic import op

revision = "0037"
down_revision = "0036"
branch_labels = None
depends_on = None

_FILE = sa.table(
    "exit_import",
    sa.column("id", sa.Integer),
    sa.column("rejected", sa.JSON),
    sa.column("rejected_rows", sa.Integer),
)


def upgrade() -> None:
    op.create_table(
        "exit_import_chunk",
        sa.Column("import_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["import_id"],
            ["exit_import.id"],
            name=op.f("fk_exit_import_chunk_import_id_exit_import"),
        ),
        sa.PrimaryKeyConstraint("import_id", "number", name=op.f("pk_exit_import_chunk")),
    )
    # Files that nobody has stored live for a day: without their rows they are sent again.
    with op.batch_alter_table("exit_import") as batch_op:
        batch_op.drop_column("rows")
        batch_op.add_column(sa.Column("headings", sa.JSON(), nullable=False, server_default="[]"))
        batch_op.add_column(
            sa.Column("row_count", sa.Integer(), nullable=False, server_default="0")
        )
        batch_op.add_column(sa.Column("profile", sa.LargeBinary(), nullable=True))
        batch_op.add_column(sa.Column("found", sa.LargeBinary(), nullable=True))
        batch_op.add_column(sa.Column("job", sa.String(20), nullable=True))
        batch_op.add_column(
            sa.Column("rejected_rows", sa.Integer(), nullable=False, server_default="0")
        )
    with op.batch_alter_table("exit_import") as batch_op:
        for name in ("headings", "row_count", "rejected_rows"):
            batch_op.alter_column(name, server_default=None)
    _count_rejected()


def _count_rejected() -> None:
    found = op.get_bind().execute(sa.select(_FILE.c.id, _FILE.c.rejected)).all()
    for file_id, rejected in found:
        op.execute(
            _FILE.update().where(_FILE.c.id == file_id).values(rejected_rows=len(rejected or []))
        )


def downgrade() -> None:
    op.drop_table("exit_import_chunk")
    with op.batch_alter_table("exit_import") as batch_op:
        for name in ("headings", "row_count", "profile", "found", "job", "rejected_rows"):
            batch_op.drop_column(name)
        batch_op.add_column(sa.Column("rows", sa.LargeBinary(), nullable=True))
