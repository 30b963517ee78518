"""Leavers who are asked, for tests of exit interviews."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from alumni_portal.accounts.models import Account
from alumni_portal.core.permissions import COMMAND_LINE, Role
from alumni_portal.exit_interviews import services
from alumni_portal.exit_interviews.models import Interview, Reach, Track
from alumni_portal.exit_interviews.queries import interviews as queries
from alumni_portal.offboarding.models import Case
from tests.offboarding.making import Leaver, leaver, load
from tests.support.letters import Outbox
from tests.support.make import Make

HERE = "http://localhost"


@dataclass
class Asked:
    """A leaver whose questionnaire is open, and the people at HR."""

    who: Leaver
    make: Make
    hr: Account
    path: str

    def interview(self) -> Interview:
        """Return the questionnaire. Call it inside the application or in `make.work`."""
        found = queries.of_case_and_track(self.case().id, Track.QUESTIONNAIRE)
        assert found is not None
        return found

    def case(self) -> Case:
        return load(self.who.public_id)

    def choose(self, reach: Reach, **more: Any) -> str | None:
        with self.make.work():
            return services.choose(self.interview(), reach, self.case(), **more)

    def save(self, **answers: str | list[str]) -> None:
        typed = {code: [v] if isinstance(v, str) else v for code, v in answers.items()}
        with self.make.work():
            services.save(self.interview(), typed)

    def say_done(self) -> None:
        """Hand the answers in as they stand, whatever the guide needs: from now on HR reads."""
        with self.make.work():
            self.interview().sent_in = True

    def do(self, what: Callable[[Interview], object]) -> None:
        with self.make.work():
            what(self.interview())


def asked(make: Make, outbox: Outbox, **more: Any) -> Asked:
    """Make a leaver who has been asked, with two people at HR."""
    hr = make.staff(Role.HR, name="Petra Öhrn")
    make.staff(Role.HR, name="Karin Lund")
    who = leaver(make, outbox, **more)
    with make.work():
        services.open_questionnaire(load(who.public_id), by=COMMAND_LINE)
    path = outbox.last(who.address).link.removeprefix(HERE)
    return Asked(who, make, hr, path)
