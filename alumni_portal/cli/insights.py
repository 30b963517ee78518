"""Commands for releases."""

import json
import sys

import click
from flask.cli import with_appcontext

from alumni_portal.core import audit
from alumni_portal.core.errors import NotFound, Refusal
from alumni_portal.core.permissions import COMMAND_LINE
from alumni_portal.core.transaction import unit
from alumni_portal.insights import queries, services


@click.group()
def insights() -> None:
    """Freeze figures about exits, and take them out."""


@insights.command()
@click.option("--quarter", required=True, metavar="2026Q3")
@click.option("--json", "as_json", is_flag=True)
@with_appcontext
def release(quarter: str, *, as_json: bool) -> None:
    """Make the release of a quarter; exit 1 when it may not be made."""
    try:
        with unit():
            made = services.release(quarter, by=COMMAND_LINE)
    except Refusal as refusal:
        click.echo(str(refusal.message), err=True)
        sys.exit(1)
    cells = queries.exported(queries.release(quarter))["cells"]
    shown = sum(cell["state"] == "shown" for cell in cells)
    if as_json:
        told = {"id": made.public_id, "quarter": quarter, "k": made.k, "input": made.input_hash}
        click.echo(json.dumps({**told, "shown": shown}))
    else:
        click.echo(f"{quarter}: released as {made.public_id}, {shown} figures shown")


@insights.command()
@click.option("--release", "public_id", required=True, metavar="ID", help="its id or its quarter")
@click.option("--json", "as_json", is_flag=True, help="the only format there is")
@with_appcontext
def export(public_id: str, *, as_json: bool) -> None:
    """Write every cell of a release, with its figure or the words that it was too few."""
    del as_json
    try:
        found = queries.release(public_id)
    except NotFound:
        raise click.UsageError(f"there is no release {public_id}") from None
    with unit():
        audit.record("release.exported", by=COMMAND_LINE, subject=found.public_id)
    click.echo(json.dumps(queries.exported(found), ensure_ascii=False, separators=(",", ":")))
