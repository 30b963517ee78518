"""24 months after the last day nothing is left of how an employment ended."""

from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy import func, select

from alumni_portal.core import clock
from alumni_portal.core.db import Base, db
from alumni_portal.core.transaction import unit
from alumni_portal.offboarding import services
from alumni_portal.offboarding.models import (
    AddressProof,
    Case,
    CaseEvent,
    CaseTask,
    Invitation,
    LeaverLink,
)
from alumni_portal.people.models import EmailAddress, Employment
from tests.offboarding.making import leaver
from tests.support.letters import Outbox
from tests.support.make import Make, days

pytestmark = pytest.mark.both_databases
ALL = (LeaverLink, AddressProof, CaseEvent, CaseTask, Case)


def number(*models: type[Base]) -> list[int]:
    db.session.rollback()
    return [db.session.scalar(select(func.count()).select_from(one)) or 0 for one in models]


def forgotten(days: int) -> tuple[int, int]:
    with time_machine.travel(clock.now() + timedelta(days=days), tick=False), unit():
        return services.forget_old_cases(), services.forget_old_invitations()


def test_a_case_goes_with_all_that_hangs_on_it_and_not_a_day_early(
    inside: Flask, make: Make, outbox: Outbox
) -> None:
    gone = leaver(make, outbox, ends=days(0))
    gone.link()
    gone.proof()
    assert all(number(*ALL))
    assert forgotten(730) == (0, 0)
    assert forgotten(731) == (1, 0)
    assert number(*ALL) == [0] * len(ALL)
    assert number(Employment) == [1]


def test_an_invitation_outlives_its_case_until_its_own_time_is_over(
    inside: Flask, make: Make, outbox: Outbox
) -> None:
    leaver(make, outbox, ends=days(0))
    with unit():
        case = db.session.scalars(select(Case)).one()
        db.session.add(
            Invitation(
                person_id=case.person_id,
                case_id=case.id,
                address_id=_address_of(case.person_id),
                how="confirmation_letter",
                token_hash="x" * 64,
                expires_at=clock.now() + timedelta(days=60),
            )
        )
    assert forgotten(740) == (1, 0)
    assert number(Case, Invitation) == [0, 1]
    assert forgotten(791) == (0, 1)
    assert number(Invitation) == [0]


def _address_of(person_id: int) -> int:
    query = select(EmailAddress.id).where(EmailAddress.person_id == person_id)
    return db.session.scalars(query).first() or 0
