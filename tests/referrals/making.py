"""Tips for tests."""

from sqlalchemy import select

from alumni_portal.accounts.models import Account
from alumni_portal.core.db import db
from alumni_portal.core.permissions import SYSTEM
from alumni_portal.openings.models import Opening
from alumni_portal.people.models import Person
from alumni_portal.referrals import services
from alumni_portal.referrals.models import Referral
from tests.support.browser import Browser
from tests.support.letters import Outbox
from tests.support.make import Make
from tests.support.page import Page

ERIK = "erik@hemma.example"


def tip(
    make: Make, account: Account, opening: Opening | None = None, *, address: str = ERIK
) -> Referral:
    """Let a member tip somebody."""
    with make.work():
        referrer = db.session.get_one(Person, account.person_id)
        found = db.session.get_one(Opening, opening.id) if opening else None
        new = services.Tip(name="Erik Sandell", address=address, why="Ritar bäst i Malmö.")
        return services.tip(referrer, new, found, by=SYSTEM)


def confirmed(make: Make, account: Account, opening: Opening | None = None) -> Referral:
    """Let a member tip somebody who says yes."""
    made = tip(make, account, opening)
    with make.work():
        assert services.confirm(made)
    return made


def now(made: Referral) -> Referral:
    """Return a tip as the database has it."""
    db.session.rollback()  # what other sessions did meanwhile
    query = select(Referral).where(Referral.id == made.id)
    return db.session.execute(query.execution_options(populate_existing=True)).scalar_one()


def tip_by_form(browser: Browser, address: str = ERIK, **fields: str | bool) -> Page:
    """Tip somebody as an alumnus does on the page."""
    page = browser.get("referrals.new")
    given = {"name": "Erik Sandell", "address": address, "agreed": True, **fields}
    return page.submit("Skicka tipset", **given)  # type: ignore[arg-type]  # text and ticks


def path(outbox: Outbox, address: str = ERIK) -> str:
    """Return where the notice to a tipped person leads."""
    found = [link for link in outbox.last(address).links if "/referrals/answer/" in link]
    assert len(found) == 1
    return found[0].removeprefix("http://localhost")
