"""Commands about exit interviews: `exit-interviews import`."""

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

import click
from flask.cli import with_appcontext

from alumni_portal.core.errors import Refusal
from alumni_portal.core.permissions import COMMAND_LINE
from alumni_portal.core.transaction import unit
from alumni_portal.exit_interviews import services
from alumni_portal.exit_interviews.queries.codes import known_reasons
from alumni_portal.exit_interviews.rules.survey_mapping import (
    BadMapping,
    SurveyMapping,
    from_toml,
)
from alumni_portal.exit_interviews.services import surveys
from alumni_portal.exit_interviews.services.survey_checks import Checked
from alumni_portal.offboarding.services.importing import Unreadable
from alumni_portal.people import queries as people

_FILE = click.Path(path_type=Path, exists=True, dir_okay=False)
_STEP = 100


@click.group("exit-interviews")
def exit_interviews() -> None:
    """Bring in what leavers have said."""


@exit_interviews.command("import")
@click.argument("file", type=_FILE)
@click.option("--mapping", type=_FILE, required=True, help="TOML: what each column is.")
@click.option("--dry-run", is_flag=True, help="Check the file and store nothing.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@with_appcontext
def import_(file: Path, mapping: Path, *, dry_run: bool, as_json: bool) -> None:
    """Import earlier interviews from FILE (CSV or XLSX).

    Exit 1 when rows were rejected or the file is known, 2 for a file or mapping that cannot be
    read.
    """
    try:
        read_by = from_toml(mapping.read_text(encoding="utf-8", errors="replace"), known_reasons())
        found = _imported(file, read_by, dry_run=dry_run)
    except Unreadable as error:
        _stop(file, error.problem.value, 2)
    except BadMapping as error:
        _stop(mapping, "; ".join(f"{one.kind} ({one.where})" for one in error.flaws), 2)
    except Refusal as error:
        _stop(file, str(error.message), 1)
    if as_json:
        click.echo(json.dumps(found.summary, ensure_ascii=False))
    else:
        _tell(found, dry_run=dry_run)
    sys.exit(1 if found.rejected else 0)


@exit_interviews.command()
@click.argument("person", metavar="PERSON")
@click.confirmation_option(prompt="Erase all that this person said on leaving, for good?")
@with_appcontext
def erase(person: str) -> None:
    """Erase what PERSON (a public id) said on leaving, as that person has asked for.

    Figures that fewer than k others stand behind are withdrawn. Exit 2 when there is nobody.
    """
    with unit():
        found = people.person(person)
        if found is None:
            raise click.UsageError(f"there is nobody {person}")
        erased = services.erase(found, by=COMMAND_LINE)
    click.echo(f"{erased} erased")


def _stop(file: Path, reason: str, status: int) -> NoReturn:
    click.echo(f"{file.name}: {reason}", err=True)
    sys.exit(status)


def _imported(file: Path, mapping: SurveyMapping, *, dry_run: bool) -> Checked:
    """Import with a bar on a terminal; all of it is one transaction."""
    total = _count(file) if sys.stderr.isatty() else 0
    bar = click.progressbar(length=total, label=file.name, file=sys.stderr, hidden=not total)
    with unit(), bar as shown:
        return surveys.import_file(
            file,
            mapping,
            by=COMMAND_LINE,
            dry_run=dry_run,
            watch=_every_so_often(shown.update) if total else lambda: None,
        )


def _count(file: Path) -> int:
    with surveys.opened(file) as survey:
        return sum(1 for _row in survey.rows)


def _every_so_often(update: Callable[[int], None]) -> Callable[[], None]:
    rows = 0

    def watch() -> None:
        nonlocal rows
        rows += 1
        if rows % _STEP == 0:
            update(_STEP)

    return watch


def _tell(found: Checked, *, dry_run: bool) -> None:
    """Say in a few lines what came of the file."""
    for one in found.rejected:
        click.echo(f"row {one['row']}, {one['column']}: {one['reason']}", err=True)
    dates = found.by_precision
    click.echo(
        f"{found.accepted + found.rejected_rows} rows: {found.accepted} accepted, "
        f"{found.rejected_rows} rejected; exits known to the quarter {dates['quarter']}, "
        f"the year {dates['year']}, not at all {dates['unknown']}"
    )
    if found.in_no_release:
        click.echo(f"{found.in_no_release} rows count in no release: their quarter is not known")
    if found.dropped:
        click.echo("never read: " + ", ".join(found.dropped))
    if found.unknown_units:
        click.echo(f"{found.unknown_units} rows name a unit that is not known here")
    click.echo("nothing was stored" if dry_run else "stored")
