"""search: terms of who may be found by recruiters, their changes, and the vocabulary

On SQLite an FTS5 table with external content follows `search_doc` by triggers. On PostgreSQL a
generated column of bare lexemes has a GIN index: the terms are made by the application, so the
parser of PostgreSQL, which takes `1e5` for a number, has no say.
"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

PARTS = ("nm", "hd", "sk", "bd")
NAMES = ", ".join(PARTS)
NEW = ", ".join(f"new.{part}" for part in PARTS)
OLD = ", ".join(f"old.{part}" for part in PARTS)
#: External content wants the old words named when they go.
FORGET = (
    f"INSERT INTO search_fts(search_fts, rowid, {NAMES}) "  # noqa: S608 - names of our own columns
    f"VALUES ('delete', old.person_id, {OLD});"
)
ADD = f"INSERT INTO search_fts(rowid, {NAMES}) VALUES (new.person_id, {NEW});"  # noqa: S608 - the same
TOKENS = "prefix='2 3', tokenize='unicode61 remove_diacritics 0'"
CONTENT = "content='search_doc', content_rowid='person_id'"
SQLITE = (
    f"CREATE VIRTUAL TABLE search_fts USING fts5({NAMES}, {CONTENT}, {TOKENS})",
    f"CREATE TRIGGER search_doc_added AFTER INSERT ON search_doc BEGIN {ADD} END",
    f"CREATE TRIGGER search_doc_removed AFTER DELETE ON search_doc BEGIN {FORGET} END",
    f"CREATE TRIGGER search_doc_changed AFTER UPDATE ON search_doc BEGIN {FORGET} {ADD} END",
)
LEXEMES = " || ".join(
    f"array_to_tsvector(array_remove(string_to_array({part}, ' '), ''))" for part in PARTS
)
POSTGRESQL = (
    f"ALTER TABLE search_doc ADD COLUMN tsv tsvector GENERATED ALWAYS AS ({LEXEMES}) STORED",
    "CREATE INDEX ix_search_doc_tsv ON search_doc USING gin (tsv) WITH (fastupdate = off)",
)


LOOKS = ("card", "directory", "person", "case", "case_list", "match", "person_list")
#: Looks that the access log learns to hold; a later one may add its own to these.
NEW_LOOKS = ("search", "application", "application_list")


def looks(values: tuple[str, ...]) -> None:
    """Let the access log hold these kinds of looks."""
    listed = ", ".join(f"'{one}'" for one in values)
    with op.batch_alter_table("access") as batch_op:
        batch_op.drop_constraint("look", type_="check")
        batch_op.create_check_constraint("look", f"look IN ({listed})")


def word() -> sa.types.TypeEngine[str]:
    return sa.String(length=40).with_variant(sa.String(length=40, collation="C"), "postgresql")


def upgrade() -> None:
    looks(LOOKS + NEW_LOOKS)
    op.create_table(
        "search_doc",
        sa.Column("person_id", sa.Integer(), nullable=False),
        *(sa.Column(part, sa.Text(), nullable=False) for part in PARTS),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_search_doc_person_id_person")
        ),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_search_doc")),
    )
    op.create_table(
        "profile_change",
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_profile_change")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "vocab",
        sa.Column("term", word(), nullable=False),
        sa.Column("plain", word(), nullable=False),
        sa.Column("written", word(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("term", name=op.f("pk_vocab")),
    )
    op.create_index(op.f("ix_vocab_plain"), "vocab", ["plain"])
    for statement in SQLITE if op.get_bind().dialect.name == "sqlite" else POSTGRESQL:
        op.execute(statement)


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TABLE search_fts")
    op.drop_table("vocab")
    op.drop_table("profile_change")
    op.drop_table("search_doc")
    op.execute(
        "DELETE FROM access_subject WHERE access_id IN "
        "(SELECT id FROM access WHERE look = 'search')"
    )
    op.execute("DELETE FROM access WHERE look = 'search'")
    looks(LOOKS)
