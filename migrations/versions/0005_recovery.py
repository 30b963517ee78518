"""recovery: getting back in without the old private address"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "address_recovery",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=20), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("old_address", sa.String(length=320), nullable=False),
        sa.Column("new_address", sa.String(length=320), nullable=False),
        sa.Column("new_canonical", sa.String(length=320), nullable=False),
        sa.Column("reach", sa.String(length=200), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "asked",
                "confirmed",
                "proved",
                "refused",
                "expired",
                name="recoverystate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("email_address_id", sa.Integer(), nullable=True),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by", sa.String(length=200), nullable=False),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=True),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("proved_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["email_address_id"],
            ["email_address.id"],
            name=op.f("fk_address_recovery_email_address_id_email_address"),
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_address_recovery_person_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_address_recovery")),
        sa.UniqueConstraint("public_id", name=op.f("uq_address_recovery_public_id")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_address_recovery_token_hash")),
    )
    for column in ("email_address_id", "new_canonical", "person_id"):
        op.create_index(op.f(f"ix_address_recovery_{column}"), "address_recovery", [column])


def downgrade() -> None:
    op.drop_table("address_recovery")
