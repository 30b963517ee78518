"""Coding: two named people, how far they agree, hints that show why (§3)."""

import pytest
from flask import Flask

from alumni_portal.core.errors import NotFound, Refusal
from alumni_portal.core.permissions import Actor, Role
from alumni_portal.exit_interviews import services
from alumni_portal.exit_interviews.models import REASONS, Reach
from alumni_portal.exit_interviews.queries import coding as queries
from alumni_portal.exit_interviews.rules.agreement import agreement, kappa
from alumni_portal.exit_interviews.rules.suggestions import suggestions
from tests.exit_interviews.making import Asked, asked
from tests.support.browser import Browser
from tests.support.letters import Outbox
from tests.support.make import Make


@pytest.fixture
def elin(make: Make, outbox: Outbox) -> Asked:
    found = asked(make, outbox)
    found.choose(Reach.AGGREGATE)
    return found


def test_kappa_is_cohens() -> None:
    """Cohen's own way of counting: 45 + 25 of 100 alike, 0.54 by chance."""
    first = [True] * 60 + [False] * 40
    second = [True] * 45 + [False] * 15 + [True] * 15 + [False] * 25
    assert kappa(first, second) == pytest.approx((0.70 - 0.52) / (1 - 0.52))


def test_kappa_of_equals_is_one_and_of_nothing_is_none() -> None:
    assert kappa([True, False], [True, False]) == 1
    assert kappa([], []) is None
    assert kappa([True, True], [True, True]) is None


def test_agreement_is_over_texts_that_both_have_judged() -> None:
    first = {"a": frozenset({"pay"}), "b": frozenset({"career"}), "c": frozenset({"pay"})}
    second = {"a": frozenset({"pay"}), "b": frozenset({"career"})}
    assert agreement(first, second, ["pay", "career"]) == 1
    assert agreement(first, {}, ["pay"]) is None


def test_a_hint_shows_the_words_that_gave_it() -> None:
    found = suggestions("Lönen och pensionen, och chefen lyssnade inte.", REASONS.values())
    assert (found[0].code, found[0].found) == ("pay", ("lonen", "pensionen"))
    assert "leadership" in {one.code for one in found}
    assert suggestions("Jag trivdes.", REASONS.values()) == []


def test_a_named_coder_codes_a_text_without_seeing_whose_it_is(
    app: Flask, browser: Browser, make: Make, outbox: Outbox
) -> None:
    elin = asked(make, outbox)
    elin.choose(Reach.HR_ONLY)
    elin.save(stay_open="Bättre lön.")
    elin.say_done()
    page = browser.as_(elin.hr).go("/exit-interviews/coding")
    assert "Bättre lön." in page
    assert "Elin" not in page
    assert "Lön och förmåner: lon" in page
    page = page.submit("Spara och gå vidare", codes=["pay"])
    assert page.flashes == ["Kodningen är sparad."]
    with app.app_context():
        (found,) = queries.codings().values()
    assert list(found.values()) == [frozenset({"pay"})]


def test_who_is_not_named_codes_nothing(app: Flask, make: Make, elin: Asked) -> None:
    other = make.staff(Role.HR)
    with app.app_context(), pytest.raises(NotFound):
        services.code("x", "stay_open", ["pay"], by=Actor(person_id=other.person_id))


def test_a_code_outside_the_book_is_refused(
    app: Flask, browser: Browser, make: Make, outbox: Outbox
) -> None:
    elin = asked(make, outbox)
    elin.choose(Reach.HR_ONLY)
    elin.save(stay_open="Bättre lön.")
    elin.say_done()
    with app.app_context():
        coder = Actor(person_id=elin.hr.person_id)
        text = queries.texts_for(elin.hr.person_id)[0]
        with pytest.raises(Refusal, match="kodboken"):
            services.code(text.public_id, text.question, ["mars"], by=coder)
