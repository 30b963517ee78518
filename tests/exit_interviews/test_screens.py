"""The pages of exit interviews in Chromium: axe, no spill, no complaint; answered with a thumb."""

import pytest
from flask import Flask

from alumni_portal.core.permissions import Role
from alumni_portal.exit_interviews import services
from alumni_portal.exit_interviews.models import Reach
from tests.exit_interviews.making import asked
from tests.support.chromium import Live
from tests.support.letters import Outbox
from tests.support.make import Make

pytestmark = pytest.mark.chromium


def test_hr_gets_around(app: Flask, live: Live, make: Make, outbox: Outbox) -> None:
    elin = asked(make, outbox)
    elin.choose(Reach.HR_ONLY)
    elin.save(workload="2", stay_open="Bättre lön.", reasons=["pay"])
    elin.do(services.send_in)
    live.sign_in(elin.hr)
    with app.app_context():
        own = f"/exit-interviews/{elin.interview().public_id}"
    case = f"/offboarding/{elin.who.public_id}"
    places = (case, case + "/exit-interview/hr", "/exit-interviews", own, "/exit-interviews/coding")
    guides = ("/exit-interviews/guides", "/exit-interviews/guides/hr", "/exit-interviews/code-book")
    for path in (*places, *guides):
        live.look(path)


def test_hr_lead_and_the_officer_get_around(
    app: Flask, live: Live, make: Make, outbox: Outbox
) -> None:
    elin = asked(make, outbox)
    elin.choose(Reach.HR_ONLY)
    elin.save(workload="2")
    elin.do(services.send_in)
    live.sign_in(make.staff(Role.HR_LEAD, Role.DPO))
    with app.app_context():
        glass = f"/exit-interviews/{elin.interview().public_id}/break-glass"
    own = f"/offboarding/{elin.who.public_id}/exit-interview/questionnaire/readers"
    code = "/exit-interviews/code-book/reasons/pay"
    for path in ("/exit-interviews/readers", own, code, glass, "/exit-interviews/break-glass"):
        live.look(path)


def test_a_leaver_gets_around(live: Live, make: Make, outbox: Outbox) -> None:
    elin = asked(make, outbox)
    live.look(elin.path)
    elin.choose(Reach.HR_ONLY)
    live.look(elin.path)
    token = elin.choose(Reach.AGGREGATE)
    live.look(elin.path)
    live.look(f"/leaving/answers/{token}")


def test_an_answer_is_saved_as_it_is_given(
    app: Flask, live: Live, make: Make, outbox: Outbox
) -> None:
    elin = asked(make, outbox)
    elin.choose(Reach.HR_ONLY)
    tab = live.open(elin.path)
    tab.locator("#workload input[value='4']").check(force=True)
    tab.locator("[data-saved]", has_text="Sparat.").wait_for()
    tab.reload()
    assert tab.locator("#workload input[value='4']").is_checked()
