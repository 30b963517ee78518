"""access log: a look at the guests of an event"""

from alembic import op

revision = "0025"
down_revision = "0024"
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
    "exit_answers",
)
NEW_LOOK = "event_guests"


def looks(values: tuple[str, ...]) -> None:
    """Let the access log hold these kinds of looks."""
    listed = ", ".join(f"'{one}'" for one in values)
    with op.batch_alter_table("access") as batch_op:
        batch_op.drop_constraint("look", type_="check")
        batch_op.create_check_constraint("look", f"look IN ({listed})")


def upgrade() -> None:
    looks((*LOOKS, NEW_LOOK))


def downgrade() -> None:
    op.execute("UPDATE access SET look = 'person_list' WHERE look = 'event_guests'")
    looks(LOOKS)
