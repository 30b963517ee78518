"""Invented people for tests: one method per thing, keywords with sound defaults."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from itertools import count

from flask import Flask, has_app_context

from alumni_portal.accounts import services as accounts
from alumni_portal.accounts.models import Account
from alumni_portal.consents import services as consents
from alumni_portal.consents.rules import How, Purpose
from alumni_portal.core import clock
from alumni_portal.core.db import db
from alumni_portal.core.permissions import SYSTEM, Role
from alumni_portal.core.transaction import unit as unit_of_work
from alumni_portal.people import services as people
from alumni_portal.people.models import EmailAddress, Employment, Person, Unit
from alumni_portal.people.rules import AddressKind, EmploymentKind, ExitGround, canonical_address


def days(number: int) -> date:
    """Return the day so many days from today; negative for the past."""
    return clock.today() + timedelta(days=number)


def years_ago(number: int) -> date:
    return clock.today() - timedelta(days=365 * number)


class Make:
    """The maker. What it makes is committed; rows come back detached but loaded."""

    def __init__(self, app: Flask) -> None:
        self._app = app
        self._number = count(1)

    @contextmanager
    def work(self) -> Iterator[None]:
        """Do something to the database and commit it, inside or outside a context."""
        if has_app_context():
            with unit_of_work():
                yield
        else:
            with self._app.app_context(), unit_of_work():
                yield

    def unit(self, name: str = "", *, parent: Unit | None = None, code: str | None = None) -> Unit:
        name = name or f"Avdelning {next(self._number)}"
        with self.work():
            parent_id = parent.id if parent else None
            return people.open_unit(
                name, by=SYSTEM, on=years_ago(20), code=code, parent_id=parent_id
            )

    def person(
        self,
        name: str = "",
        *,
        private: str | None = None,
        work: str | None = None,
        proved: bool = True,
        language: str = "sv",
    ) -> Person:
        """Make a person; addresses are proved unless said otherwise."""
        first, _space, last = (name or f"Anna Test{next(self._number)}").partition(" ")
        with self.work():
            person = people.register_person(first, last, by=SYSTEM, language=language)
            for kind, written in ((AddressKind.PRIVATE, private), (AddressKind.WORK, work)):
                if written:
                    self._address(person, written, kind, proved=proved)
        return person

    def _address(self, person: Person, written: str, kind: AddressKind, *, proved: bool) -> None:
        db.session.add(
            EmailAddress(
                person_id=person.id,
                kind=kind,
                address=written,
                canonical=canonical_address(written),
                verified_at=clock.now() if proved else None,
            )
        )

    def moved_to(self, address: str, person_id: int) -> None:
        """Let somebody prove another private address."""
        with self.work():
            person = db.session.get_one(Person, person_id)
            given = people.give_address(
                person, address, AddressKind.PRIVATE, work_domains=(), by=SYSTEM
            )
            people.prove_address(given, by=SYSTEM)

    def employment(
        self,
        person: Person,
        *,
        title: str = "Elkonstruktör",
        unit: Unit | None = None,
        begins: date | None = None,
        ends: date | None = None,
        notice: date | None = None,
        ground: ExitGround | None = None,
        manager: Person | None = None,
        kind: EmploymentKind = EmploymentKind.PERMANENT,
    ) -> Employment:
        with self.work():
            employment = people.begin_employment(
                db.session.get_one(Person, person.id),
                people.NewEmployment(
                    number=f"T{next(self._number):05}",
                    begins_on=begins or years_ago(8),
                    title=title,
                    unit_id=unit.id if unit else None,
                    workplace="Göteborg",
                    kind=kind,
                    manager_id=manager.id if manager else None,
                ),
                by=SYSTEM,
            )
            if ends is not None:
                people.end_employment(
                    employment, ends_on=ends, ground=ground, notice_on=notice, by=SYSTEM
                )
        return employment

    def employee(
        self, name: str = "", *, unit: Unit | None = None, title: str = "Ekonom"
    ) -> Person:
        """Make somebody who works here, with a proved work address."""
        number = next(self._number)
        person = self.person(name, work=f"anstalld{number}@sundmark.example")
        self.employment(person, unit=unit, title=title)
        return person

    def leaver(
        self,
        name: str = "Elin Bergström",
        *,
        ends: date | None = None,
        unit: Unit | None = None,
        ground: ExitGround = ExitGround.OWN_REQUEST,
        private: str | None = None,
        manager: Person | None = None,
    ) -> Employment:
        """Make somebody who has given notice: last day in 24 days unless said otherwise."""
        number = next(self._number)
        person = self.person(name, work=f"leaver{number}@sundmark.example")
        if private:
            with self.work():
                self._address(person, private, AddressKind.PRIVATE, proved=True)
        return self.employment(
            person,
            unit=unit,
            ends=ends or days(24),
            notice=(ends or days(24)) - timedelta(days=90),
            ground=ground,
            manager=manager,
        )

    def former(
        self,
        name: str = "",
        *,
        left: date | None = None,
        unit: Unit | None = None,
        begins: date | None = None,
        title: str = "Projektledare",
        private: str | None = None,
    ) -> Person:
        """Make somebody who has left, with a proved private address and no account."""
        number = next(self._number)
        person = self.person(name, private=private or f"fore.detta{number}@post.example")
        self.employment(
            person,
            title=title,
            unit=unit,
            begins=begins,
            ends=left or years_ago(2),
            ground=ExitGround.OWN_REQUEST,
        )
        return person

    def alumnus(
        self,
        name: str = "Amira Haddad",
        *,
        agreed_to: Collection[Purpose] = (Purpose.MEMBERSHIP,),
        left: date | None = None,
        unit: Unit | None = None,
        begins: date | None = None,
        title: str = "Projektledare",
        private: str | None = None,
    ) -> Account:
        """Make a member of the network with an account; the role follows from the consent."""
        person = self.former(
            name, left=left, unit=unit, begins=begins, title=title, private=private
        )
        with self.work():
            person = db.session.get_one(Person, person.id)
            account = accounts.open_account(person, by=SYSTEM)
            for purpose in agreed_to:
                consents.give(
                    person, purpose, language="sv", how=How.CONFIRMATION_LETTER, by=SYSTEM
                )
            if Purpose.MEMBERSHIP in agreed_to:
                accounts.grant(account, Role.ALUMNUS, by=SYSTEM)
        return account

    def staff(self, *roles: Role, name: str = "", unit: Unit | None = None) -> Account:
        """Make an employee with an account in these roles."""
        person = self.employee(name or f"Maria Stenberg{next(self._number)}", unit=unit)
        return self.account(person, *roles)

    def account(self, person: Person, *roles: Role) -> Account:
        with self.work():
            account = accounts.open_account(db.session.get_one(Person, person.id), by=SYSTEM)
            for role in roles:
                accounts.grant(account, role, by=SYSTEM)
        return account

    def manager_of(self, unit: Unit, name: str = "Anders Ekdahl") -> Account:
        """Make a manager who leads a unit."""
        account = self.staff(Role.MANAGER, name=name, unit=unit)
        with self.work():
            people.appoint_lead(
                db.session.get_one(Unit, unit.id),
                db.session.get_one(Person, account.person_id),
                is_deputy=False,
                from_on=years_ago(3),
                by=SYSTEM,
            )
        return account
