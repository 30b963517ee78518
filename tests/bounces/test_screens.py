"""The pages about mail that does not arrive are usable on a phone and at a desk."""

from alumni_portal.bounces import services
from alumni_portal.bounces.models import Way
from alumni_portal.bounces.views import diagnoses
from alumni_portal.core.permissions import Role
from alumni_portal.core.transaction import unit
from tests.bounces.making import sent, take, with_bounces
from tests.bounces.samples import ARF
from tests.bounces.test_doctor import Names
from tests.support.chromium import Live
from tests.support.make import Make


def test_they_are_usable(live: Live, make: Make) -> None:
    with_bounces(live.app)
    live.app.extensions[diagnoses.DOOR] = Names({})
    with live.app.app_context():
        news = sent(make)
        take(news.local())
        take(news.local(1), ARF)
        with unit():
            unread = services.take(b"Subject: Hej\n\n" + b"x" * 400, way=Way.FILE).public_id
    live.sign_in(make.staff(Role.HR, Role.ADMIN))
    for path in (
        "/mail/suppressions",
        "/mail/suppressions/new",
        "/mail/suppressions/import",
        "/mail/returned?show=all",
        f"/mail/returned/{unread}",
        "/admin/mail?look=1",
    ):
        live.look(path)
