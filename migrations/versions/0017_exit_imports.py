"""exit_interviews: files of earlier interviews"""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "exit_import",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=20), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "draft",
                "stored",
                "taken_back",
                name="surveystate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("mapping", sa.Text(), nullable=False),
        sa.Column("rows", sa.LargeBinary(), nullable=True),
        sa.Column("dropped", sa.JSON(), nullable=False),
        sa.Column("accepted", sa.Integer(), nullable=False),
        sa.Column("rejected", sa.JSON(), nullable=False),
        sa.Column("actor", sa.String(length=200), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("stored_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exit_import")),
        sa.UniqueConstraint("public_id", name=op.f("uq_exit_import_public_id")),
    )
    stored = sa.text("state = 'stored'")
    with op.batch_alter_table("exit_import", schema=None) as batch_op:
        batch_op.create_index(
            "uq_exit_import_stored",
            ["digest"],
            unique=True,
            sqlite_where=stored,
            postgresql_where=stored,
        )


def downgrade() -> None:
    op.drop_table("exit_import")
