"""Commands that invent people for tests and measurements: a file as an HR system exports it."""

import csv
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

import click

from alumni_portal.core import clock
from alumni_portal.demo import population as invented


@click.group()
def population() -> None:
    """Invent people for tests and measurements."""


@population.command()
@click.argument("people", type=click.IntRange(1, 2_000_000))
@click.option("--seed", default=1, show_default=True)
@click.option(
    "--output", type=click.Path(path_type=Path, dir_okay=False), help="Else to the screen."
)
def make(people: int, seed: int, output: Path | None) -> None:
    """Write that many invented leavers as CSV; docs/examples/leavers-payroll-sv.toml maps it."""
    with _opened(output) as stream:
        rows = csv.writer(stream, delimiter=";", lineterminator="\r\n")
        rows.writerow(invented.HEADINGS)
        rows.writerows(invented.leavers(people, seed=seed, today=clock.today()))


@contextmanager
def _opened(path: Path | None) -> Iterator[TextIO]:
    if path is None:
        yield sys.stdout
        return
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        yield stream
