"""The doctor says what it looked up, what it found and what to do, and when it could not look."""

import base64
import json
from collections.abc import Mapping
from pathlib import Path

import pytest
from flask import Flask

from alumni_portal.bounces.rules import setup
from alumni_portal.bounces.rules.setup import Finding, Say, Status, Topic
from alumni_portal.bounces.services.doctor import Offline, examine
from alumni_portal.bounces.views import diagnoses
from alumni_portal.cli import group
from alumni_portal.cli.mail import mail
from alumni_portal.core.db import db
from alumni_portal.core.permissions import Role
from alumni_portal.core.settings import Settings
from alumni_portal.mail.models import Mailing, MailingState, Pace
from alumni_portal.mail.rules import NotSent, Sent
from alumni_portal.mail.services.pacing import Paces
from tests.bounces.identity import BOUNCES, KEY, PUBLIC, SELECTOR, chosen
from tests.bounces.making import sent
from tests.support.browser import Browser
from tests.support.make import Make

P = base64.b64encode(PUBLIC).decode()
DKIM = f"TXT {SELECTOR}._domainkey.sundmark.example"
SOUND = {
    f"TXT {BOUNCES}": ["v=spf1 ip4:192.0.2.7 -all", "other"],
    DKIM: [f"v=DKIM1; k=rsa; p={P[:200]} {P[200:]}"],
    "TXT _dmarc.sundmark.example": ["v=DMARC1; p=quarantine"],
    "A mail.sundmark.example": ["192.0.2.7"],
    "PTR 7.2.0.192.in-addr.arpa.": ["mail.sundmark.example"],
    f"MX {BOUNCES}": ["mail.sundmark.example"],
}


class Names:
    """Name servers that know what a test tells them."""

    def __init__(self, records: Mapping[str, list[str]] | None) -> None:
        self.records, self.asked = records, list[str]()

    def ask(self, name: str, kind: str) -> list[str]:
        self.asked.append(f"{kind} {name}")
        if self.records is None:
            raise Offline
        return self.records.get(f"{kind} {name}", [])


def settings(folder: Path, **more: str) -> Settings:
    found = {
        "dkim_key": KEY,
        "dkim_selector": SELECTOR,
        "mail_url": "smtp+starttls://mail.sundmark.example:587",
        "base_url": "https://alumni.sundmark.example",
        **more,
    }
    return chosen(folder, **found)


def look(folder: Path, records: Mapping[str, list[str]] = SOUND, **more: str) -> list[Finding]:
    return examine(settings(folder, **more), Names(records), reach=lambda _chosen: "TLSv1.3")


def said(findings: list[Finding], topic: Topic) -> Say:
    return next(one.say for one in findings if one.topic is topic)


def test_all_is_well(tmp_path: Path) -> None:
    found = look(tmp_path)
    assert [one.say for one in found] == [Say.GOOD] * len(Topic)
    assert setup.worst(found) is Status.GOOD


@pytest.mark.parametrize(
    ("name", "records", "topic", "say"),
    [
        (f"TXT {BOUNCES}", [], Topic.SPF, Say.SPF_NONE),
        (f"TXT {BOUNCES}", ["v=spf1 -all", "v=spf1 mx -all"], Topic.SPF, Say.SPF_MANY),
        (f"TXT {BOUNCES}", ["v=spf1 +all"], Topic.SPF, Say.SPF_OPEN),
        (f"TXT {BOUNCES}", ["v=spf1 mx"], Topic.SPF, Say.SPF_LOOSE),
        (f"TXT {BOUNCES}", ["v=spf1 a:mail.sundmark.example -all"], Topic.SPF, Say.GOOD),
        (f"TXT {BOUNCES}", ["v=spf1 ip4:192.0.2.8 ~all"], Topic.SPF, Say.SPF_SHUTS_OUT),
        (f"TXT {BOUNCES}", ["v=spf1 include:x.example -all"], Topic.SPF, Say.SPF_BROKEN),
        (f"TXT {BOUNCES}", ["v=spf1 exists:%{i}.x.example -all"], Topic.SPF, Say.SPF_UNTOLD),
        (DKIM, [], Topic.DKIM, Say.DKIM_NONE),
        (DKIM, ["v=DKIM1; p=AAAA"], Topic.DKIM, Say.DKIM_OTHER),
        (DKIM, ["v=DKIM1; p="], Topic.DKIM, Say.DKIM_REVOKED),
        (DKIM, [f"v=DKIM1; t=y:s; p={P}"], Topic.DKIM, Say.DKIM_TESTING),
        (DKIM, [f"v=DKIM1; p={P}", "v=DKIM1; p=AAAA"], Topic.DKIM, Say.DKIM_OTHER),
        (DKIM, [f"v=DKIM2; p={P}"], Topic.DKIM, Say.DKIM_OTHER),
        (DKIM, [f"v=DKIM1; k=ed25519; p={P}"], Topic.DKIM, Say.DKIM_OTHER),
        (DKIM, [f"v=DKIM1; h=sha1; p={P}"], Topic.DKIM, Say.DKIM_OTHER),
        (DKIM, [f"v=DKIM1; s=tlsrpt; p={P}"], Topic.DKIM, Say.DKIM_OTHER),
        (DKIM, [f"k=rsa; h=sha1:sha256; s=email; t=s; p={P}"], Topic.DKIM, Say.GOOD),
        ("TXT _dmarc.sundmark.example", ["hello"], Topic.DMARC, Say.DMARC_NONE),
        ("TXT _dmarc.sundmark.example", ["v=DMARC1; p=hello"], Topic.DMARC, Say.DMARC_WATCHES),
        ("TXT _dmarc.sundmark.example", ["v=DMARC1; p=none"] * 2, Topic.DMARC, Say.DMARC_MANY),
        ("TXT _dmarc.sundmark.example", ["v=DMARC1; p=none"], Topic.DMARC, Say.DMARC_WATCHES),
        ("A mail.sundmark.example", [], Topic.PTR, Say.PTR_NO_ADDRESS),
        ("A mail.sundmark.example", ["10.1.2.3"], Topic.PTR, Say.PTR_INSIDE),
        ("A mail.sundmark.example", ["10.1.2.3"], Topic.SPF, Say.SPF_INSIDE),
        ("PTR 7.2.0.192.in-addr.arpa.", [], Topic.PTR, Say.PTR_NONE),
        ("PTR 7.2.0.192.in-addr.arpa.", ["x.example"], Topic.PTR, Say.PTR_NOT_CONFIRMED),
        (f"MX {BOUNCES}", [], Topic.BOUNCES, Say.BOUNCES_NO_MX),
        (f"MX {BOUNCES}", ["."], Topic.BOUNCES, Say.BOUNCES_NO_MX),
    ],
)
def test_what_dns_gets_wrong(
    tmp_path: Path, name: str, records: list[str], topic: Topic, say: Say
) -> None:
    assert said(look(tmp_path, records={**SOUND, name: records}), topic) is say


@pytest.mark.parametrize(
    ("more", "topic", "say"),
    [
        ({"dkim_key": ""}, Topic.DKIM, Say.DKIM_NO_KEY),
        ({"dkim_key": ""}, Topic.ONE_CLICK, Say.NOT_SIGNED),
        ({"dkim_key": ""}, Topic.ALIGNMENT, Say.GOOD),
        ({"dkim_key": "", "mail_bounces": "studs.example"}, Topic.ALIGNMENT, Say.NOT_ALIGNED),
        ({"base_url": "http://localhost"}, Topic.ONE_CLICK, Say.NOT_HTTPS),
        ({"mail_bounces": ""}, Topic.BOUNCES, Say.BOUNCES_OFF),
        ({"mail_url": "smtp://mail.sundmark.example"}, Topic.TLS, Say.TLS_OFF),
        ({"mail_url": "smtp://127.0.0.1"}, Topic.TLS, Say.TLS_INSIDE),
        ({"mail_url": "smtp://relay"}, Topic.PTR, Say.PTR_INSIDE),
        ({"mail_url": "smtp://relay"}, Topic.SPF, Say.SPF_INSIDE),
        ({"mail_url": "file:///tmp"}, Topic.SPF, Say.GOOD),
        ({"mail_url": "file:///tmp"}, Topic.PTR, Say.NO_RELAY),
        ({"mail_url": "file:///tmp"}, Topic.TLS, Say.NO_RELAY),
    ],
)
def test_what_the_settings_get_wrong(
    tmp_path: Path, more: dict[str, str], topic: Topic, say: Say
) -> None:
    assert said(look(tmp_path, SOUND, **more), topic) is say


def test_a_strict_policy_wants_the_very_domain(tmp_path: Path) -> None:
    strict = {**SOUND, "TXT _dmarc.sundmark.example": ["v=DMARC1; p=reject; aspf=s"]}
    assert said(look(tmp_path, records=strict, dkim_key=""), Topic.ALIGNMENT) is Say.NOT_ALIGNED


def test_the_policy_of_the_domain_above_counts(tmp_path: Path) -> None:
    found = look(tmp_path, mail_from="alumni@mail.sundmark.example")
    assert said(found, Topic.DMARC) is Say.GOOD


@pytest.mark.parametrize(
    ("policy", "say"),
    [
        ("p=reject; sp=none", Say.DMARC_WATCHES),
        ("p=none; sp=reject", Say.GOOD),
        ("p=none", Say.DMARC_WATCHES),
    ],
)
def test_what_the_domain_above_wants_of_its_parts(tmp_path: Path, policy: str, say: Say) -> None:
    records = {**SOUND, "TXT _dmarc.sundmark.example": ["hello", f"v=DMARC1; {policy}"]}
    found = look(tmp_path, records, mail_from="alumni@mail.sundmark.example")
    assert said(found, Topic.DMARC) is say


def test_sisters_are_one_family(tmp_path: Path) -> None:
    found = look(tmp_path, mail_from="alumni@mail.sundmark.example", dkim_key="")
    assert said(found, Topic.ALIGNMENT) is Say.GOOD
    strict = {**SOUND, "TXT _dmarc.sundmark.example": ["hello", "v=DMARC1; p=reject; aspf=s"]}
    found = look(tmp_path, strict, mail_from="alumni@mail.sundmark.example", dkim_key="")
    assert said(found, Topic.ALIGNMENT) is Say.NOT_ALIGNED


def test_a_relay_without_tls_is_told(tmp_path: Path) -> None:
    def refused(_chosen: Settings) -> str:
        raise ConnectionRefusedError("refused")

    found = examine(settings(tmp_path), Names(SOUND), reach=refused)
    assert said(found, Topic.TLS) is Say.TLS_FAILED
    assert setup.worst(found) is Status.BAD


def test_offline_it_says_so_and_asks_no_more(tmp_path: Path) -> None:
    names = Names(None)
    found = examine(settings(tmp_path), names, reach=lambda _chosen: "TLSv1.3")
    told = [one.topic for one in found if one.say is Say.OFFLINE]
    expected = [Topic.SPF, Topic.DKIM, Topic.DMARC, Topic.ALIGNMENT, Topic.PTR, Topic.BOUNCES]
    assert told == expected
    assert len(names.asked) == 1
    assert setup.worst(found) is Status.UNKNOWN


class BrokenZone(Names):
    """Name servers that know all but what stands in one domain."""

    def ask(self, name: str, kind: str) -> list[str]:
        if "broken" in name:
            raise Offline
        return super().ask(name, kind)


def test_a_broken_zone_hides_nothing_but_itself(tmp_path: Path) -> None:
    records = {**SOUND, f"TXT {BOUNCES}": ["v=spf1 include:broken.example -all"]}
    found = examine(settings(tmp_path), BrokenZone(records), reach=lambda _chosen: "TLSv1.3")
    assert said(found, Topic.SPF) is Say.OFFLINE
    assert [one.say for one in found if one.topic is not Topic.SPF] == [Say.GOOD] * 7


def test_every_saying_has_its_words() -> None:
    assert diagnoses.SAYINGS.keys() == set(Say)
    assert diagnoses.TOPICS.keys() == set(Topic)


def test_the_command_speaks_both_languages(app: Flask) -> None:
    app.extensions[diagnoses.DOOR] = Names({})
    run = app.test_cli_runner().invoke
    assert "Must be put right: SPF" in run(mail, ["doctor"]).output
    assert "Must be put right: SPF" in run(group, ["doctor"]).output
    swedish = run(mail, ["doctor", "--language", "sv"])
    assert "Måste rättas: SPF" in swedish.output
    assert swedish.exit_code == 1
    told = json.loads(run(mail, ["doctor", "--json"]).output)
    assert told[0]["asked"] == "TXT sundmark.example"


def test_the_page_says_how_fast_mail_goes_and_what_stands_still(
    app: Flask, browser: Browser, make: Make
) -> None:
    mailing = sent(make).mailing
    slow = NotSent("421 4.7.0 bo@post.example sends too fast", final=False)
    with make.work():
        db.session.get_one(Mailing, mailing.id).trouble = "ConnectionRefusedError"
        db.session.add(Pace(name="lax.example", per_second=3.0))
        Paces().learn([("bo@post.example", slow), ("x@lax.example", Sent("250"))], seconds=1)
    admin = browser.as_(make.staff(Role.ADMIN))
    page = admin.get("bounces.setup")
    relay, lax, post = page.table("Hur fort mejlen går")
    assert relay["Hur fort"] == "Så fort servern tar emot"
    assert lax["Hur fort"] == "4 mejl i sekunden"
    assert post["Vart"] == "post.example"
    assert post["Hur fort"] == "30 mejl i minuten"
    assert "421 4.7.0 … sends too fast" in post["Varför"]
    assert "Nyhetsbrev" in page
    assert "Mejlservern svarar inte: ConnectionRefusedError" in page
    for words, trouble in (("nej till alla", "554 5.7.1 no"), ("ingen finns", "550 5.1.1 no")):
        with make.work():
            found = db.session.get_one(Mailing, mailing.id)
            found.state, found.trouble = MailingState.PAUSED, trouble
        assert words in admin.get("bounces.setup")


def test_the_page_looks_when_asked(app: Flask, browser: Browser, make: Make) -> None:
    names = app.extensions[diagnoses.DOOR] = Names(SOUND)
    app.extensions["alumni_portal.settings"] = settings(Path("build"), base_url="http://localhost")
    admin = browser.as_(make.staff(Role.ADMIN))
    page = admin.get("bounces.setup")
    assert names.asked == []
    assert f"@{BOUNCES}" in page, "where complaints are to go"
    app.extensions["alumni_portal.settings"] = settings(
        Path("build"), base_url="http://localhost", mail_url="smtp://127.0.0.1"
    )
    page = page.follow("Kontrollera nu")
    assert "v=DMARC1; p=quarantine" in page
    assert "Måste rättas" in page.texts(".pill"), "the portal is not https here"
    recruiter = browser.another().as_(make.staff(Role.RECRUITER))
    recruiter.get("bounces.setup", status=404)
