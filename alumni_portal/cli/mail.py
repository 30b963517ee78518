"""Commands for how mail is set up."""

import json
import sys
from dataclasses import asdict

import click
from flask import current_app
from flask.cli import with_appcontext

from alumni_portal.bounces.rules.setup import Finding, Status, worst
from alumni_portal.bounces.services.doctor import examine
from alumni_portal.bounces.views import diagnoses
from alumni_portal.core.installation import settings
from alumni_portal.core.language import LANGUAGES, spoken
from alumni_portal.mail.services import signing_speed
from alumni_portal.mail.services.signing_speed import SigningSpeed


@click.group()
def mail() -> None:
    """Look at how mail is set up."""


@mail.command()
@click.option("--language", type=click.Choice(list(LANGUAGES)), default="en", show_default=True)
@click.option("--json", "as_json", is_flag=True)
@with_appcontext
def doctor(language: str, *, as_json: bool) -> None:
    """Check SPF, DKIM, DMARC, PTR, TLS, one click, the way back. Exit 1 for what is bad."""
    found = examine(settings(), diagnoses.resolver(current_app))
    if as_json:
        click.echo(json.dumps([asdict(one) for one in found]))
    else:
        with spoken(language):
            for one in found:
                _tell(one)
    sys.exit(1 if worst(found) is Status.BAD else 0)


@mail.command("signing-speed")
def how_fast_it_signs() -> None:
    """Measure what a DKIM signature costs here, and whether a setting makes it cheaper."""
    for line in said_of(signing_speed.measured()):
        click.echo(line)


def said_of(speed: SigningSpeed) -> list[str]:
    """Return what an operator reads of how long signatures take."""
    setting = f"{signing_speed.VARIABLE}={signing_speed.WITHOUT_ADX}"
    told = f"An RSA-2048 signature takes {speed.as_it_is:,.0f} µs here while all processors sign"
    if not speed.is_faster_without:
        return [f"{told}; {setting} would not make it faster."]
    return [
        f"{told}, {speed.without_adx:,.0f} µs with {setting}.",
        "Start what sends signed mail (`alumni-portal worker`, `serve`) with it.",
    ]


def _tell(one: Finding) -> None:
    click.echo(f"{diagnoses.STATUSES[one.status]}: {diagnoses.TOPICS[one.topic]}")
    for sign, text in (("?", one.asked), ("=", one.found), ("+", one.wanted)):
        if text:
            click.echo(f"  {sign} {text}")
    click.echo(f"  {diagnoses.SAYINGS[one.say]}")
