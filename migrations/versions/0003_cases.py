"""cases"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "join_request",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=20), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("address", sa.String(length=320), nullable=False),
        sa.Column("canonical", sa.String(length=320), nullable=False),
        sa.Column("from_year", sa.Integer(), nullable=True),
        sa.Column("until_year", sa.Integer(), nullable=True),
        sa.Column("unit", sa.String(length=200), nullable=False),
        sa.Column("number", sa.String(length=60), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "unproved",
                "waiting",
                "matched",
                "rejected",
                "member",
                name="joinstate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("proved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by", sa.String(length=200), nullable=True),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_join_request_person_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_join_request")),
        sa.UniqueConstraint("public_id", name=op.f("uq_join_request_public_id")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_join_request_token_hash")),
    )
    with op.batch_alter_table("join_request", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_join_request_canonical"), ["canonical"], unique=False)
        batch_op.create_index(batch_op.f("ix_join_request_person_id"), ["person_id"], unique=False)
        batch_op.create_index("ix_join_request_state", ["state", "proved_at", "id"], unique=False)

    op.create_table(
        "offboarding_case",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=20), nullable=False),
        sa.Column("employment_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "own_request",
                "redundancy",
                "fixed_term_ended",
                "retirement",
                "agreement",
                "personal_reasons",
                "death",
                "other",
                name="casekind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "state",
            sa.Enum(
                "open",
                "closed",
                "cancelled",
                name="casestate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("notice_on", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("hr_id", sa.Integer(), nullable=True),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("opened_by", sa.String(length=200), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("has_address_conflict", sa.Boolean(), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("batch", sa.String(length=20), nullable=True),
        sa.ForeignKeyConstraint(
            ["employment_id"],
            ["employment.id"],
            name=op.f("fk_offboarding_case_employment_id_employment"),
        ),
        sa.ForeignKeyConstraint(
            ["hr_id"], ["person.id"], name=op.f("fk_offboarding_case_hr_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_offboarding_case_person_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_offboarding_case")),
        sa.UniqueConstraint("public_id", name=op.f("uq_offboarding_case_public_id")),
    )
    with op.batch_alter_table("offboarding_case", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_offboarding_case_batch"), ["batch"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_offboarding_case_employment_id"), ["employment_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_offboarding_case_hr_id"), ["hr_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_offboarding_case_person_id"), ["person_id"], unique=False
        )
        batch_op.create_index(
            "ix_offboarding_case_state", ["state", "last_day", "id"], unique=False
        )
        batch_op.create_index(
            "uq_offboarding_case_standing",
            ["employment_id"],
            unique=True,
            sqlite_where=sa.text("state != 'cancelled'"),
            postgresql_where=sa.text("state != 'cancelled'"),
        )

    op.create_table(
        "address_proof",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("address_id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["address_id"],
            ["email_address.id"],
            name=op.f("fk_address_proof_address_id_email_address"),
        ),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["offboarding_case.id"],
            name=op.f("fk_address_proof_case_id_offboarding_case"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_address_proof")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_address_proof_token_hash")),
    )
    with op.batch_alter_table("address_proof", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_address_proof_address_id"), ["address_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_address_proof_case_id"), ["case_id"], unique=False)

    op.create_table(
        "case_task",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=20), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=40), nullable=False),
        sa.Column("written", sa.String(length=200), nullable=False),
        sa.Column(
            "owner",
            sa.Enum(
                "manager",
                "hr",
                "it",
                "payroll",
                "leaver",
                name="taskowner",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column(
            "anchor",
            sa.Enum(
                "notice",
                "last_day",
                "fixed",
                name="anchor",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("offset_days", sa.Integer(), nullable=False),
        sa.Column("offset_months", sa.Integer(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("is_confidential", sa.Boolean(), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("done_by", sa.String(length=200), nullable=True),
        sa.Column("skipped_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("skipped_by", sa.String(length=200), nullable=True),
        sa.Column("skip_reason", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"], ["offboarding_case.id"], name=op.f("fk_case_task_case_id_offboarding_case")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_task")),
        sa.UniqueConstraint("public_id", name=op.f("uq_case_task_public_id")),
    )
    with op.batch_alter_table("case_task", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_case_task_case_id"), ["case_id"], unique=False)
        batch_op.create_index("ix_case_task_due", ["due_on", "owner"], unique=False)

    op.create_table(
        "invitation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=20), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=True),
        sa.Column("request_id", sa.Integer(), nullable=True),
        sa.Column("address_id", sa.Integer(), nullable=False),
        sa.Column(
            "how",
            sa.Enum(
                "confirmation_letter",
                "consent_centre",
                "join_request",
                "mail_link",
                "employment",
                "clock",
                "death",
                name="how",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reminded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("has_joined", sa.Boolean(), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["address_id"],
            ["email_address.id"],
            name=op.f("fk_invitation_address_id_email_address"),
        ),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["offboarding_case.id"],
            name=op.f("fk_invitation_case_id_offboarding_case"),
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_invitation_person_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["request_id"], ["join_request.id"], name=op.f("fk_invitation_request_id_join_request")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitation")),
        sa.UniqueConstraint("public_id", name=op.f("uq_invitation_public_id")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_invitation_token_hash")),
    )
    with op.batch_alter_table("invitation", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_invitation_address_id"), ["address_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_invitation_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_invitation_person_id"), ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_invitation_request_id"), ["request_id"], unique=False)

    op.create_table(
        "leaver_link",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=20), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("address_id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["address_id"],
            ["email_address.id"],
            name=op.f("fk_leaver_link_address_id_email_address"),
        ),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["offboarding_case.id"],
            name=op.f("fk_leaver_link_case_id_offboarding_case"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_leaver_link")),
        sa.UniqueConstraint("public_id", name=op.f("uq_leaver_link_public_id")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_leaver_link_token_hash")),
    )
    with op.batch_alter_table("leaver_link", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_leaver_link_address_id"), ["address_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_leaver_link_case_id"), ["case_id"], unique=False)

    op.create_table(
        "case_event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor", sa.String(length=200), nullable=False),
        sa.Column(
            "what",
            sa.Enum(
                "opened",
                "task_done",
                "task_undone",
                "task_added",
                "task_skipped",
                "task_restored",
                "due_changed",
                "last_day_moved",
                "kind_changed",
                "assigned",
                "link_sent",
                "links_revoked",
                "address_given",
                "address_proved",
                "address_conflict",
                "answered",
                "invited",
                "joined",
                "declined",
                "cancelled",
                "closed",
                "reopened",
                "died",
                name="what",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("task_id", sa.Integer(), nullable=True),
        sa.Column("detail", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["offboarding_case.id"],
            name=op.f("fk_case_event_case_id_offboarding_case"),
        ),
        sa.ForeignKeyConstraint(
            ["task_id"], ["case_task.id"], name=op.f("fk_case_event_task_id_case_task")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_event")),
    )
    with op.batch_alter_table("case_event", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_case_event_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_case_event_task_id"), ["task_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("case_event", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_case_event_task_id"))
        batch_op.drop_index(batch_op.f("ix_case_event_case_id"))

    op.drop_table("case_event")
    with op.batch_alter_table("leaver_link", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_leaver_link_case_id"))
        batch_op.drop_index(batch_op.f("ix_leaver_link_address_id"))

    op.drop_table("leaver_link")
    with op.batch_alter_table("invitation", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_invitation_request_id"))
        batch_op.drop_index(batch_op.f("ix_invitation_person_id"))
        batch_op.drop_index(batch_op.f("ix_invitation_case_id"))
        batch_op.drop_index(batch_op.f("ix_invitation_address_id"))

    op.drop_table("invitation")
    with op.batch_alter_table("case_task", schema=None) as batch_op:
        batch_op.drop_index("ix_case_task_due")
        batch_op.drop_index(batch_op.f("ix_case_task_case_id"))

    op.drop_table("case_task")
    with op.batch_alter_table("address_proof", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_address_proof_case_id"))
        batch_op.drop_index(batch_op.f("ix_address_proof_address_id"))

    op.drop_table("address_proof")
    with op.batch_alter_table("offboarding_case", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_offboarding_case_standing",
            sqlite_where=sa.text("state != 'cancelled'"),
            postgresql_where=sa.text("state != 'cancelled'"),
        )
        batch_op.drop_index("ix_offboarding_case_state")
        batch_op.drop_index(batch_op.f("ix_offboarding_case_person_id"))
        batch_op.drop_index(batch_op.f("ix_offboarding_case_hr_id"))
        batch_op.drop_index(batch_op.f("ix_offboarding_case_employment_id"))
        batch_op.drop_index(batch_op.f("ix_offboarding_case_batch"))

    op.drop_table("offboarding_case")
    with op.batch_alter_table("join_request", schema=None) as batch_op:
        batch_op.drop_index("ix_join_request_state")
        batch_op.drop_index(batch_op.f("ix_join_request_person_id"))
        batch_op.drop_index(batch_op.f("ix_join_request_canonical"))

    op.drop_table("join_request")
