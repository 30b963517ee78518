"""The figures and the poster as PDF: tagged, in both languages, every figure and no hidden one."""

import pikepdf
import pytest

from alumni_portal.core import clock
from alumni_portal.core.permissions import SYSTEM, Role
from alumni_portal.insights import services
from alumni_portal.insights.rules.population import latest_closed, shifted
from tests.insights.leavers import row
from tests.insights.making_actions import WORDS, action, published
from tests.support.browser import Browser
from tests.support.make import Make
from tests.support.pdf_text import opened, text_of
from tests.support.repository import listing, named, python_files

POSTER = "/what-changed/poster.pdf"


@pytest.fixture
def quarter(make: Make) -> str:
    """Release a large and a small division; what the small one says differs from all others."""
    company = make.unit("Företaget")
    large, small = (make.unit(name, parent=company).public_id for name in ("*Norr* #1", "Söder"))
    quarter = shifted(latest_closed(clock.today()), -1)
    given = [
        row(
            f"t{n}",
            quarter=quarter,
            unit_path=(company.public_id, large if n > 3 else small),
            reasons=(("pay", "workload", "leadership")[n % 3] if n > 3 else "climate",),
            scales={"workload": 1 + n % 4, "would_return": n % 11},
            coded=("pay",) if n % 2 else ("balance",),
        )
        for n in range(60)
    ]
    with make.work():
        services.release_from(given, quarter, by=SYSTEM)
    return quarter


def is_tagged(made: bytes, language: str) -> bool:
    document = opened(made)
    root = document.Root
    claims = bytes(root.Metadata.read_bytes())
    return (
        bool(root.MarkInfo.Marked)
        and isinstance(root.get("/StructTreeRoot"), pikepdf.Dictionary)
        and str(root.Lang).startswith(language)
        and b"pdfuaid:part" in claims
        and b"pdfaid:part" in claims
    )


def test_the_report_says_what_the_page_says(browser: Browser, make: Make, quarter: str) -> None:
    hr = browser.as_(make.staff(Role.HR))
    page, text = hr.get("insights.figures"), text_of(hr.open(f"/insights/{quarter}.pdf").data)
    said = [page.table(caption) for caption in page.texts("table.tbl caption, table.heat caption")]
    figures = {value for table in said for line in table for value in line.values() if value}
    assert len(figures) > 15
    folded = text.replace(" ", "")
    missing = [one for one in figures if one.removesuffix(" %").replace(" ", "") not in folded]
    assert not missing
    assert "*Norr* #1" in text


def test_what_is_hidden_is_not_in_the_report(browser: Browser, make: Make, quarter: str) -> None:
    """Four in the south: neither they nor, by difference, all the others have figures."""
    hr = browser.as_(make.staff(Role.HR))
    text = text_of(hr.open(f"/insights/{quarter}.pdf").data)
    hidden = text.partition("Skäl per avdelning")[2].partition("Skäl efter tid hos oss")[0]
    assert "Söder" in hidden
    assert "för få svar" in hidden
    assert not any(letter == "%" for letter in hidden)


@pytest.mark.parametrize("language", ["sv", "en"])
def test_it_is_tagged_in_the_readers_language_and_the_same_each_time(
    browser: Browser, make: Make, quarter: str, language: str
) -> None:
    hr = browser.as_(make.staff(Role.HR))
    with hr.client.session_transaction(base_url=hr.base_url) as cookie:
        cookie["language"] = language
    first, again = (hr.open(f"/insights/{quarter}.pdf").data for _time in range(2))
    assert is_tagged(first, language)
    assert first == again
    assert ("exit interviews" in text_of(first)) is (language == "en")


def test_who_may_not_read_the_page_gets_no_report(
    browser: Browser, make: Make, quarter: str
) -> None:
    for role in (Role.MANAGER, Role.RECRUITER):
        reader = browser.another().as_(make.staff(role))
        reader.go(f"/insights/{quarter}.pdf", status=404)
    browser.as_(make.staff(Role.HR)).go("/insights/1999Q1.pdf", status=404)


@pytest.mark.parametrize("language", ["sv", "en"])
def test_the_poster_is_for_everybody(browser: Browser, make: Make, language: str) -> None:
    published(make, action(make))
    stranger = Browser(browser.app, language=language)
    answer = stranger.open(POSTER)
    assert answer.mimetype == "application/pdf"
    assert is_tagged(answer.data, language)
    text = text_of(answer.data)
    assert WORDS[f"done_{language}"] in text
    assert WORDS[f"heard_{language}"] in text
    assert "/what-changed" in text
    assert answer.data == stranger.open(POSTER).data


def test_an_empty_poster_is_a_poster(browser: Browser) -> None:
    assert is_tagged(browser.open(POSTER).data, "sv")


def test_one_module_makes_documents() -> None:
    users = [
        named(path)
        for path in python_files("alumni_portal")
        if "import typst" in path.read_text(encoding="utf-8")
    ]
    assert users == ["alumni_portal/core/pdf.py"], listing(users)
