"""What units there are: `units list`, beside `units import`."""

import json

import click
from flask.cli import with_appcontext

from alumni_portal.people import queries


@click.command("list")
@click.option("--json", "as_json", is_flag=True)
@with_appcontext
def list_units(*, as_json: bool) -> None:
    """List the units, each below its parent, with who leads it and how many work there."""
    rows = [
        {
            "id": row.unit.public_id,
            "code": row.unit.code,
            "name": row.unit.name,
            "depth": row.depth,
            "leads": list(row.leads),
            "employed": row.employed,
            "closed_on": row.unit.closed_on.isoformat() if row.unit.closed_on else None,
        }
        for row in queries.unit_tree()
    ]
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False))
        return
    for row, depth in ((one, int(str(one["depth"]))) for one in rows):
        click.echo(f"{'  ' * depth}{row['name']}  {row['employed']}")
