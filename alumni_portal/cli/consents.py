"""Commands for consents."""

import json

import click
from flask.cli import with_appcontext

from alumni_portal.consents.jobs import end_and_ask


@click.group()
def consents() -> None:
    """Keep what people have agreed to in time."""


@consents.command()
@click.option("--json", "as_json", is_flag=True)
@with_appcontext
def expire(*, as_json: bool) -> None:
    """End what is over, close what a new employment ends, ask about what lapses soon."""
    done = end_and_ask()
    if as_json:
        click.echo(json.dumps(done))
        return
    click.echo(
        f"{done['expired']} ended by time, {done['closed']} people employed again, ", nl=False
    )
    click.echo(f"{done['expired']} ended by time")
    click.echo(f"{done['closed']} people are employed again")
    click.echo(f"{done['asked']} asked whether to go on")
