"""Commands for the audit chain."""

import json
import sys
from pathlib import Path

import click
from flask.cli import with_appcontext

from alumni_portal.core import audit as chain


@click.group()
def audit() -> None:
    """Verify the chain of what was changed, exported and decided."""


@audit.command()
@click.option(
    "--anchors",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="A file of lines `number hash`, kept outside the database: reveals a cut tail.",
)
@click.option("--json", "as_json", is_flag=True)
@with_appcontext
def verify(anchors: Path | None, *, as_json: bool) -> None:
    """Check the whole chain; exit 1 and name the first broken entry when it does not hold."""
    known = dict(_lines(anchors)) if anchors else None
    broken = chain.verify(known)
    entries = chain.count()
    if as_json:
        found = {"seq": broken.seq, "reason": broken.reason} if broken else None
        click.echo(json.dumps({"entries": entries, "broken": found}))
    elif broken:
        click.echo(f"entry {broken.seq} is broken: {broken.reason}", err=True)
    else:
        click.echo(f"{entries} entries, all sound")
    sys.exit(1 if broken else 0)


@audit.command()
@with_appcontext
def head() -> None:
    """Print number and hash of the last entry, to be kept elsewhere."""
    seq, mac = chain.head()
    click.echo(f"{seq} {mac}")


def _lines(path: Path) -> list[tuple[int, str]]:
    pairs = (line.split() for line in path.read_text(encoding="ascii").splitlines() if line.strip())
    return [(int(seq), mac) for seq, mac in pairs]
