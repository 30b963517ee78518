"""Commands that import files: `leavers import`, `staff import`, `units import`."""

import json
import sys
from collections.abc import Callable
from pathlib import Path

import click
from flask.cli import with_appcontext

from alumni_portal.core.permissions import COMMAND_LINE
from alumni_portal.core.transaction import unit
from alumni_portal.offboarding.services import importing
from alumni_portal.offboarding.services.importing import (
    BadMapping,
    Imported,
    Kind,
    Mapping,
    Unreadable,
)

_FILE = click.Path(path_type=Path, exists=True, dir_okay=False)


def _import(kind: Kind) -> Callable[[click.Group], click.Command]:
    """Return what gives a group its command `import`."""

    def add(group: click.Group) -> click.Command:
        @group.command("import")
        @click.argument("file", type=_FILE)
        @click.option("--mapping", type=_FILE, help="TOML: which column is which field.")
        @click.option("--dry-run", is_flag=True, help="Check the file and store nothing.")
        @click.option("--strict", is_flag=True, help="Store nothing if any row is rejected.")
        @click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
        @with_appcontext
        def command(file: Path, mapping: Path | None, **flags: bool) -> None:
            """Import FILE (CSV or XLSX). Exit 1 when rows were rejected, 2 for wrong usage."""
            sys.exit(_run(kind, file, mapping, **flags))

        return command

    return add


def _run(
    kind: Kind, file: Path, mapping: Path | None, *, dry_run: bool, strict: bool, as_json: bool
) -> int:
    try:
        chosen = _mapping(kind, file, mapping)
        found = _imported(file, chosen, dry_run=dry_run, strict=strict)
    except (Unreadable, BadMapping) as error:
        click.echo(f"{file.name}: {importing.reason(error)}", err=True)
        return 2
    if as_json:
        click.echo(json.dumps(found.summary, ensure_ascii=False))
    else:
        _tell(found)
    return 1 if found.summary["rejected"] else 0


def _mapping(kind: Kind, file: Path, mapping: Path | None) -> Mapping:
    if mapping is None:
        return importing.certain_mapping(file, kind)
    return importing.read_mapping(mapping.read_text(encoding="utf-8", errors="replace"), kind)


def _imported(file: Path, mapping: Mapping, *, dry_run: bool, strict: bool) -> Imported:
    """Import with a bar on a terminal; all of it is one transaction."""
    total = importing.count_rows(file) if sys.stderr.isatty() else 0
    try:
        with (
            unit(),
            click.progressbar(
                length=total, label=file.name, file=sys.stderr, hidden=not total
            ) as bar,
        ):
            return importing.import_file(
                file,
                mapping,
                by=COMMAND_LINE,
                dry_run=dry_run,
                strict=strict,
                watch=_every_hundred(bar.update) if total else lambda: None,
            )
    except importing.StoredNothing as nothing:
        click.echo("nothing was stored: rows were rejected (--strict)", err=True)
        return nothing.found


def _every_hundred(update: Callable[[int], None]) -> Callable[[], None]:
    rows = 0

    def watch() -> None:
        nonlocal rows
        rows += 1
        if rows % 100 == 0:
            update(100)

    return watch


def _tell(found: Imported) -> None:
    """Say in a few lines what came of the file."""
    figures = found.figures
    for one in found.summary["rejected"]:
        click.echo(f"row {one['row']}, {one['column']}: {one['reason']}", err=True)
    click.echo(
        f"{figures['rows']} rows: {figures['new']} new, {figures['changed']} changed, "
        f"{figures['repeated']} repeated, {figures['rejected']} rejected, "
        f"{figures['matches']} to compare with somebody known"
    )
    click.echo(f"import {found.batch}" if found.batch else "nothing was stored")


@click.group()
def leavers() -> None:
    """People who have given notice, or left."""


@click.group()
def staff() -> None:
    """People who work here."""


@click.group()
def units() -> None:
    """Bring the organisation in, and see it."""


_import(Kind.LEAVERS)(leavers)
_import(Kind.STAFF)(staff)
_import(Kind.UNITS)(units)
