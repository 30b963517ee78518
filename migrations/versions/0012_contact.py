"""contact: letters from recruiters to members who may be found, and their answers"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

_STATES = ("sent", "interested", "not_now", "never", "withdrawn")


def upgrade() -> None:
    op.create_table(
        "contact",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=20), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("opening_id", sa.Integer(), nullable=True),
        sa.Column("by_person_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                *_STATES,
                name="contactstate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("nonce", sa.String(length=64), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("acted_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["by_person_id"], ["person.id"], name=op.f("fk_contact_by_person_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["opening_id"], ["opening.id"], name=op.f("fk_contact_opening_id_opening")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_contact_person_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact")),
        sa.UniqueConstraint("by_person_id", "nonce", name=op.f("uq_contact_by_person_id_nonce")),
        sa.UniqueConstraint("public_id", name=op.f("uq_contact_public_id")),
    )
    op.create_index("ix_contact_person_id", "contact", ["person_id", "sent_at"])
    op.create_index("ix_contact_by_person_id", "contact", ["by_person_id", "id"])
    op.create_index(op.f("ix_contact_opening_id"), "contact", ["opening_id"])


def downgrade() -> None:
    op.drop_table("contact")
