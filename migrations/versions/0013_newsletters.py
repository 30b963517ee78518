"""newsletters: segments, issues, their pictures, and looks at deliveries"""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


LOOKS = (
    "card",
    "directory",
    "person",
    "case",
    "case_list",
    "match",
    "person_list",
    "search",
    "application",
    "application_list",
)
NEW_LOOK = "deliveries"


def looks(values: tuple[str, ...]) -> None:
    """Let the access log hold these kinds of looks."""
    listed = ", ".join(f"'{one}'" for one in values)
    with op.batch_alter_table("access") as batch_op:
        batch_op.drop_constraint("look", type_="check")
        batch_op.create_check_constraint("look", f"look IN ({listed})")


def upgrade() -> None:
    looks((*LOOKS, NEW_LOOK))
    op.create_table(
        "segment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=20), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("goal", sa.String(length=200), nullable=False),
        sa.Column("owner", sa.String(length=200), nullable=False),
        sa.Column("stored", sa.JSON(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_segment")),
        sa.UniqueConstraint("name", name=op.f("uq_segment_name")),
        sa.UniqueConstraint("public_id", name=op.f("uq_segment_public_id")),
    )
    op.create_table(
        "newsletter",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=20), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("stored", sa.JSON(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "draft",
                "sent",
                name="newsletterstate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("segment_id", sa.Integer(), nullable=True),
        sa.Column("mailing_id", sa.Integer(), nullable=True),
        sa.Column("changed_by", sa.String(length=200), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["mailing_id"], ["mailing.id"], name=op.f("fk_newsletter_mailing_id_mailing")
        ),
        sa.ForeignKeyConstraint(
            ["segment_id"], ["segment.id"], name=op.f("fk_newsletter_segment_id_segment")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_newsletter")),
        sa.UniqueConstraint("public_id", name=op.f("uq_newsletter_public_id")),
    )
    op.create_index(op.f("ix_newsletter_mailing_id"), "newsletter", ["mailing_id"], unique=False)
    op.create_index(op.f("ix_newsletter_segment_id"), "newsletter", ["segment_id"], unique=False)
    op.create_index(op.f("ix_newsletter_sent_at"), "newsletter", ["sent_at"], unique=False)
    op.create_index(op.f("ix_newsletter_state"), "newsletter", ["state"], unique=False)
    op.create_table(
        "newsletter_picture",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=20), nullable=False),
        sa.Column("newsletter_id", sa.Integer(), nullable=False),
        sa.Column("mime", sa.String(length=40), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["newsletter_id"],
            ["newsletter.id"],
            name=op.f("fk_newsletter_picture_newsletter_id_newsletter"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_newsletter_picture")),
        sa.UniqueConstraint("public_id", name=op.f("uq_newsletter_picture_public_id")),
    )
    op.create_index(
        op.f("ix_newsletter_picture_newsletter_id"),
        "newsletter_picture",
        ["newsletter_id"],
        unique=False,
    )


def downgrade() -> None:
    op.execute(
        "DELETE FROM access_subject WHERE access_id IN "
        "(SELECT id FROM access WHERE look = 'deliveries')"
    )
    op.execute("DELETE FROM access WHERE look = 'deliveries'")
    looks(LOOKS)
    op.drop_index(op.f("ix_newsletter_picture_newsletter_id"), table_name="newsletter_picture")
    op.drop_table("newsletter_picture")
    op.drop_index(op.f("ix_newsletter_state"), table_name="newsletter")
    op.drop_index(op.f("ix_newsletter_sent_at"), table_name="newsletter")
    op.drop_index(op.f("ix_newsletter_segment_id"), table_name="newsletter")
    op.drop_index(op.f("ix_newsletter_mailing_id"), table_name="newsletter")
    op.drop_table("newsletter")
    op.drop_table("segment")
