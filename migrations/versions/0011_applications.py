"""applications: applicants, applications, their steps, drafts and files"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

_STAGES = ("submitted", "screening", "interview", "offer", "hired", "declined", "withdrawn")
_STARTS = ("at_once", "one_month", "two_months", "three_months", "later", "talk")


def _enum(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def upgrade() -> None:
    op.create_table(
        "applicant",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=20), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("address", sa.String(length=320), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_applicant_person_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_applicant")),
        sa.UniqueConstraint("person_id", name=op.f("uq_applicant_person_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_applicant_public_id")),
    )
    op.create_table(
        "application",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=20), nullable=False),
        sa.Column("opening_id", sa.Integer(), nullable=False),
        sa.Column("applicant_id", sa.Integer(), nullable=False),
        sa.Column("stage", _enum("stage", *_STAGES), nullable=False),
        sa.Column("stage_since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("now_doing", sa.String(length=200), nullable=False),
        sa.Column("learned", sa.JSON(), nullable=False),
        sa.Column("can_begin", _enum("start", *_STARTS), nullable=False),
        sa.Column("hours", _enum("hours", "full", "most", "half", "talk"), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("history_wrong", sa.Text(), nullable=False),
        sa.Column("history_settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("criterion_id", sa.Integer(), nullable=True),
        sa.Column("measure", _enum("measure", "not_met", "better_met"), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("employment_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "stage <> 'declined' OR (measure IS NOT NULL AND reason <> '')",
            name=op.f("ck_application_declined_has_a_reason"),
        ),
        sa.CheckConstraint(
            "stage <> 'hired' OR employment_id IS NOT NULL",
            name=op.f("ck_application_hired_is_employed"),
        ),
        sa.ForeignKeyConstraint(
            ["applicant_id"], ["applicant.id"], name=op.f("fk_application_applicant_id_applicant")
        ),
        sa.ForeignKeyConstraint(
            ["criterion_id"],
            ["opening_criterion.id"],
            name=op.f("fk_application_criterion_id_opening_criterion"),
        ),
        sa.ForeignKeyConstraint(
            ["employment_id"],
            ["employment.id"],
            name=op.f("fk_application_employment_id_employment"),
        ),
        sa.ForeignKeyConstraint(
            ["opening_id"], ["opening.id"], name=op.f("fk_application_opening_id_opening")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_application")),
        sa.UniqueConstraint(
            "opening_id", "applicant_id", name=op.f("uq_application_opening_id_applicant_id")
        ),
        sa.UniqueConstraint("public_id", name=op.f("uq_application_public_id")),
    )
    with op.batch_alter_table("application", schema=None) as batch_op:
        for column in ("applicant_id", "criterion_id", "decided_at", "employment_id", "opening_id"):
            batch_op.create_index(batch_op.f(f"ix_application_{column}"), [column], unique=False)
        batch_op.create_index("ix_application_stage", ["stage", "stage_since"], unique=False)
    op.create_table(
        "application_move",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("from_stage", sa.String(length=40), nullable=True),
        sa.Column("to_stage", _enum("stage", *_STAGES), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_ref", sa.String(length=200), nullable=False),
        sa.Column("told", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["application_id"],
            ["application.id"],
            name=op.f("fk_application_move_application_id_application"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_application_move")),
    )
    with op.batch_alter_table("application_move", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_application_move_application_id"), ["application_id"], unique=False
        )
    op.create_table(
        "application_draft",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("opening_id", sa.Integer(), nullable=False),
        sa.Column("answers", sa.JSON(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["opening_id"], ["opening.id"], name=op.f("fk_application_draft_opening_id_opening")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_application_draft_person_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_application_draft")),
        sa.UniqueConstraint(
            "person_id", "opening_id", name=op.f("uq_application_draft_person_id_opening_id")
        ),
    )
    with op.batch_alter_table("application_draft", schema=None) as batch_op:
        for column in ("opening_id", "saved_at"):
            batch_op.create_index(
                batch_op.f(f"ix_application_draft_{column}"), [column], unique=False
            )
    op.create_table(
        "attachment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=20), nullable=False),
        sa.Column("draft_id", sa.Integer(), nullable=True),
        sa.Column("application_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("media_type", sa.String(length=200), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("stored_as", sa.String(length=64), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["application_id"],
            ["application.id"],
            name=op.f("fk_attachment_application_id_application"),
        ),
        sa.ForeignKeyConstraint(
            ["draft_id"],
            ["application_draft.id"],
            name=op.f("fk_attachment_draft_id_application_draft"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attachment")),
        sa.UniqueConstraint("application_id", name=op.f("uq_attachment_application_id")),
        sa.UniqueConstraint("draft_id", name=op.f("uq_attachment_draft_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_attachment_public_id")),
        sa.UniqueConstraint("stored_as", name=op.f("uq_attachment_stored_as")),
    )


def downgrade() -> None:
    for table in (
        "attachment",
        "application_draft",
        "application_move",
        "application",
        "applicant",
    ):
        op.drop_table(table)
    op.execute(
        "DELETE FROM access_subject WHERE access_id IN"
        " (SELECT id FROM access WHERE look IN ('application', 'application_list'))"
    )
    op.execute("DELETE FROM access WHERE look IN ('application', 'application_list')")
