"""network"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "skill",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_skill")),
        sa.UniqueConstraint("key", name=op.f("uq_skill_key")),
    )
    with op.batch_alter_table("skill", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_skill_people"), ["people"], unique=False)
    op.create_table(
        "directory_entry",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column(
            "sort_key",
            sa.String(length=420).with_variant(sa.String(length=420, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("works_from", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_directory_entry_person_id_person")
        ),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_directory_entry")),
    )
    with op.batch_alter_table("directory_entry", schema=None) as batch_op:
        batch_op.create_index("ix_directory_entry_order", ["sort_key", "person_id"], unique=False)
    op.create_table(
        "person_skill",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("skill_id", sa.Integer(), nullable=False),
        sa.Column(
            "since",
            sa.Enum(
                "then",
                "since_left",
                name="since",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_person_skill_person_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["skill_id"], ["skill.id"], name=op.f("fk_person_skill_skill_id_skill")
        ),
        sa.PrimaryKeyConstraint("person_id", "skill_id", name=op.f("pk_person_skill")),
    )
    with op.batch_alter_table("person_skill", schema=None) as batch_op:
        batch_op.create_index("ix_person_skill_skill_id", ["skill_id", "person_id"], unique=False)
    op.create_table(
        "person_topic",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column(
            "topic",
            sa.Enum(
                "power",
                "grid",
                "storage",
                "railway",
                "water",
                "construction",
                "sustainability",
                "digitalisation",
                "data",
                "security",
                "projects",
                "leadership",
                "mentoring",
                "start_ups",
                "boards",
                "research",
                "equality",
                "life_after_work",
                name="topic",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_person_topic_person_id_person")
        ),
        sa.PrimaryKeyConstraint("person_id", "topic", name=op.f("pk_person_topic")),
    )
    with op.batch_alter_table("person_topic", schema=None) as batch_op:
        batch_op.create_index("ix_person_topic_topic", ["topic", "person_id"], unique=False)
    op.create_table(
        "profile",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("headline", sa.String(length=200), nullable=False),
        sa.Column("now_title", sa.String(length=200), nullable=False),
        sa.Column("now_employer", sa.String(length=200), nullable=False),
        sa.Column("city", sa.String(length=200), nullable=False),
        sa.Column("city_key", sa.String(length=200), nullable=False),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("links", sa.Text(), nullable=False),
        sa.Column(
            "roles_for",
            sa.Enum(
                "only_me",
                "same_unit",
                "alumni",
                "recruiters",
                name="roles_for",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "headline_for",
            sa.Enum(
                "only_me",
                "same_unit",
                "alumni",
                "recruiters",
                name="headline_for",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "work_for",
            sa.Enum(
                "only_me",
                "same_unit",
                "alumni",
                "recruiters",
                name="work_for",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "city_for",
            sa.Enum(
                "only_me",
                "same_unit",
                "alumni",
                "recruiters",
                name="city_for",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "about_for",
            sa.Enum(
                "only_me",
                "same_unit",
                "alumni",
                "recruiters",
                name="about_for",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "skills_for",
            sa.Enum(
                "only_me",
                "same_unit",
                "alumni",
                "recruiters",
                name="skills_for",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "topics_for",
            sa.Enum(
                "only_me",
                "same_unit",
                "alumni",
                "recruiters",
                name="topics_for",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "links_for",
            sa.Enum(
                "only_me",
                "same_unit",
                "alumni",
                "recruiters",
                name="links_for",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("left_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_profile_person_id_person")
        ),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_profile")),
    )
    with op.batch_alter_table("profile", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_profile_city_key"), ["city_key"], unique=False)
        batch_op.create_index("ix_profile_confirmed_at", ["confirmed_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_profile_left_at"), ["left_at"], unique=False)
    op.create_table(
        "directory_word",
        sa.Column(
            "word",
            sa.String(length=40).with_variant(sa.String(length=40, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column(
            "reach",
            sa.Enum(
                "everyone",
                "recruiters",
                "alumni",
                "same_unit",
                name="reach",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["directory_entry.person_id"],
            name=op.f("fk_directory_word_person_id_directory_entry"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("word", "reach", "person_id", name=op.f("pk_directory_word")),
    )
    with op.batch_alter_table("directory_word", schema=None) as batch_op:
        batch_op.create_index("ix_directory_word_person_id", ["person_id"], unique=False)


def downgrade() -> None:
    op.drop_table("directory_word")
    op.drop_table("profile")
    op.drop_table("person_topic")
    op.drop_table("person_skill")
    op.drop_table("directory_entry")
    op.drop_table("skill")
