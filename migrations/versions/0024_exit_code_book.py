"""exit interviews: HR's own reasons and themes; codes that are chosen no longer"""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def _line(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.String(length=200), nullable=False, server_default="")


def upgrade() -> None:
    with op.batch_alter_table("exit_code_wording") as batch_op:
        batch_op.add_column(sa.Column("theme", sa.String(length=40), nullable=True))
        batch_op.add_column(
            sa.Column(
                "force",
                sa.Enum(
                    "push",
                    "pull",
                    name="force",
                    native_enum=False,
                    create_constraint=True,
                    length=40,
                ),
                nullable=True,
            )
        )
        batch_op.add_column(_line("example"))
        batch_op.add_column(_line("example_en"))
        batch_op.add_column(sa.Column("keywords", sa.String(length=400), nullable=True))
        batch_op.add_column(
            sa.Column("is_retired", sa.Boolean(), nullable=False, server_default=sa.false())
        )
    with op.batch_alter_table("exit_code_wording") as batch_op:
        for name in ("example", "example_en"):
            batch_op.alter_column(name, server_default=None, existing_type=sa.String(length=200))
        batch_op.alter_column("is_retired", server_default=None, existing_type=sa.Boolean())
    op.create_table(
        "exit_theme_wording",
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("name_en", sa.String(length=200), nullable=False),
        sa.Column("definition", sa.String(length=200), nullable=False),
        sa.Column("definition_en", sa.String(length=200), nullable=False),
        sa.Column("example", sa.String(length=200), nullable=False),
        sa.Column("example_en", sa.String(length=200), nullable=False),
        sa.Column("is_retired", sa.Boolean(), nullable=False),
        sa.Column("changed_by", sa.String(length=200), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_exit_theme_wording")),
    )


def downgrade() -> None:
    op.drop_table("exit_theme_wording")
    with op.batch_alter_table("exit_code_wording") as batch_op:
        batch_op.drop_constraint(op.f("ck_exit_code_wording_force"), type_="check")
        for name in ("is_retired", "keywords", "example_en", "example", "force", "theme"):
            batch_op.drop_column(name)
