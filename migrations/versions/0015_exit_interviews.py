"""exit interviews: guides, interviews, sealed answers, readers, recusals, looks at answers"""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
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
    "deliveries",
    "search",
    "application",
    "application_list",
)
NEW_LOOK = "exit_answers"


def looks(values: tuple[str, ...]) -> None:
    """Let the access log hold these kinds of looks."""
    listed = ", ".join(f"'{one}'" for one in values)
    with op.batch_alter_table("access") as batch_op:
        batch_op.drop_constraint("look", type_="check")
        batch_op.create_check_constraint("look", f"look IN ({listed})")


def upgrade() -> None:
    looks((*LOOKS, NEW_LOOK))
    op.create_table(
        "exit_code_wording",
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("name_en", sa.String(length=200), nullable=False),
        sa.Column("definition", sa.String(length=200), nullable=False),
        sa.Column("definition_en", sa.String(length=200), nullable=False),
        sa.Column("changed_by", sa.String(length=200), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_exit_code_wording")),
    )
    op.create_table(
        "exit_guide",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=20), nullable=False),
        sa.Column(
            "track",
            sa.Enum(
                "questionnaire",
                "hr",
                "manager",
                "pulse",
                name="track",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exit_guide")),
        sa.UniqueConstraint("public_id", name=op.f("uq_exit_guide_public_id")),
        sa.UniqueConstraint("track", name=op.f("uq_exit_guide_track")),
    )
    op.create_table(
        "exit_guide_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=20), nullable=False),
        sa.Column("guide_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("note", sa.String(length=200), nullable=False),
        sa.Column("made_by", sa.String(length=200), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["guide_id"], ["exit_guide.id"], name=op.f("fk_exit_guide_version_guide_id_exit_guide")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exit_guide_version")),
        sa.UniqueConstraint(
            "guide_id", "number", name=op.f("uq_exit_guide_version_guide_id_number")
        ),
        sa.UniqueConstraint("public_id", name=op.f("uq_exit_guide_version_public_id")),
    )
    op.create_table(
        "recusal",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("about_id", sa.Integer(), nullable=False),
        sa.Column("since_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["about_id"], ["person.id"], name=op.f("fk_recusal_about_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_recusal_person_id_person")
        ),
        sa.PrimaryKeyConstraint("person_id", "about_id", name=op.f("pk_recusal")),
    )
    with op.batch_alter_table("recusal", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_recusal_about_id"), ["about_id"], unique=False)

    op.create_table(
        "exit_interview",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=20), nullable=False),
        sa.Column(
            "track",
            sa.Enum(
                "questionnaire",
                "hr",
                "manager",
                "pulse",
                name="track",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "state",
            sa.Enum(
                "waiting",
                "open",
                "closed",
                "cancelled",
                name="interviewstate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("version_id", sa.Integer(), nullable=True),
        sa.Column("case_id", sa.Integer(), nullable=True),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("employment_id", sa.Integer(), nullable=True),
        sa.Column("exit_year", sa.Integer(), nullable=True),
        sa.Column("exit_month", sa.Integer(), nullable=True),
        sa.Column("exit_day", sa.Integer(), nullable=True),
        sa.Column(
            "precision",
            sa.Enum(
                "day",
                "month",
                "quarter",
                "year",
                "unknown",
                name="precision",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "exit_type",
            sa.Enum(
                "own",
                "other",
                name="exittype",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("tenure_band", sa.String(length=4), nullable=True),
        sa.Column("batch", sa.String(length=20), nullable=True),
        sa.Column(
            "reach",
            sa.Enum(
                "hr_only",
                "open",
                "aggregate",
                name="reach",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("wants_pulse", sa.Boolean(), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=True),
        sa.Column("closing", sa.LargeBinary(), nullable=True),
        sa.Column("closes_on", sa.Date(), nullable=True),
        sa.Column("created_on", sa.Date(), nullable=True),
        sa.Column("asked_on", sa.Date(), nullable=True),
        sa.Column("reminders", sa.Integer(), nullable=False),
        sa.Column("sent_in", sa.Boolean(), nullable=False),
        sa.Column("withdrawn", sa.Boolean(), nullable=False),
        sa.Column("interviewer_id", sa.Integer(), nullable=True),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(length=200), nullable=False),
        sa.Column("online_url", sa.String(length=500), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "minutes BETWEEN 1 AND 480", name=op.f("ck_exit_interview_a_talk_has_a_length")
        ),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["offboarding_case.id"],
            name=op.f("fk_exit_interview_case_id_offboarding_case"),
        ),
        sa.ForeignKeyConstraint(
            ["employment_id"],
            ["employment.id"],
            name=op.f("fk_exit_interview_employment_id_employment"),
        ),
        sa.ForeignKeyConstraint(
            ["interviewer_id"], ["person.id"], name=op.f("fk_exit_interview_interviewer_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_exit_interview_person_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["unit.id"], name=op.f("fk_exit_interview_unit_id_unit")
        ),
        sa.ForeignKeyConstraint(
            ["version_id"],
            ["exit_guide_version.id"],
            name=op.f("fk_exit_interview_version_id_exit_guide_version"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exit_interview")),
        sa.UniqueConstraint("public_id", name=op.f("uq_exit_interview_public_id")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_exit_interview_token_hash")),
    )
    with op.batch_alter_table("exit_interview", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_exit_interview_batch"), ["batch"], unique=False)
        batch_op.create_index(batch_op.f("ix_exit_interview_case_id"), ["case_id"], unique=False)
        batch_op.create_index("ix_exit_interview_closing", ["state", "closes_on"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_exit_interview_employment_id"), ["employment_id"], unique=False
        )
        batch_op.create_index("ix_exit_interview_exit", ["exit_year", "exit_month"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_exit_interview_interviewer_id"), ["interviewer_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_exit_interview_person_id"), ["person_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_exit_interview_unit_id"), ["unit_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_exit_interview_version_id"), ["version_id"], unique=False
        )

    op.create_table(
        "exit_answer",
        sa.Column("interview_id", sa.Integer(), nullable=False),
        sa.Column("question", sa.String(length=40), nullable=False),
        sa.Column("value", sa.LargeBinary(), nullable=False),
        sa.Column(
            "reach",
            sa.Enum(
                "hr_only",
                "open",
                "aggregate",
                name="reach",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("by_interviewer", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["interview_id"],
            ["exit_interview.id"],
            name=op.f("fk_exit_answer_interview_id_exit_interview"),
        ),
        sa.PrimaryKeyConstraint("interview_id", "question", name=op.f("pk_exit_answer")),
    )
    op.create_table(
        "exit_coding",
        sa.Column("interview_id", sa.Integer(), nullable=False),
        sa.Column("question", sa.String(length=40), nullable=False),
        sa.Column("coder_id", sa.Integer(), nullable=False),
        sa.Column("codes", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["coder_id"], ["person.id"], name=op.f("fk_exit_coding_coder_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["interview_id"],
            ["exit_interview.id"],
            name=op.f("fk_exit_coding_interview_id_exit_interview"),
        ),
        sa.PrimaryKeyConstraint(
            "interview_id", "question", "coder_id", name=op.f("pk_exit_coding")
        ),
    )
    with op.batch_alter_table("exit_coding", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_exit_coding_coder_id"), ["coder_id"], unique=False)

    op.create_table(
        "exit_reader",
        sa.Column("interview_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column(
            "seat",
            sa.Enum(
                "interviewer",
                "reader",
                "coder",
                "manager",
                name="seat",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(
            ["interview_id"],
            ["exit_interview.id"],
            name=op.f("fk_exit_reader_interview_id_exit_interview"),
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_exit_reader_person_id_person")
        ),
        sa.PrimaryKeyConstraint("interview_id", "person_id", "seat", name=op.f("pk_exit_reader")),
    )
    with op.batch_alter_table("exit_reader", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_exit_reader_person_id"), ["person_id"], unique=False)


def downgrade() -> None:
    op.execute(
        "DELETE FROM access_subject WHERE access_id IN "
        "(SELECT id FROM access WHERE look = 'exit_answers')"
    )
    op.execute("DELETE FROM access WHERE look = 'exit_answers'")
    looks(LOOKS)
    with op.batch_alter_table("exit_reader", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_exit_reader_person_id"))

    op.drop_table("exit_reader")
    with op.batch_alter_table("exit_coding", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_exit_coding_coder_id"))

    op.drop_table("exit_coding")
    op.drop_table("exit_answer")
    with op.batch_alter_table("exit_interview", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_exit_interview_version_id"))
        batch_op.drop_index(batch_op.f("ix_exit_interview_unit_id"))
        batch_op.drop_index(batch_op.f("ix_exit_interview_person_id"))
        batch_op.drop_index(batch_op.f("ix_exit_interview_interviewer_id"))
        batch_op.drop_index("ix_exit_interview_exit")
        batch_op.drop_index(batch_op.f("ix_exit_interview_employment_id"))
        batch_op.drop_index("ix_exit_interview_closing")
        batch_op.drop_index(batch_op.f("ix_exit_interview_case_id"))
        batch_op.drop_index(batch_op.f("ix_exit_interview_batch"))

    op.drop_table("exit_interview")
    with op.batch_alter_table("recusal", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_recusal_about_id"))

    op.drop_table("recusal")
    op.drop_table("exit_guide_version")
    op.drop_table("exit_guide")
    op.drop_table("exit_code_wording")
