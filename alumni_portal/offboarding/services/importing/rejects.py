"""Rejected rows as a file in the columns they came in, to be mended and read in again."""

import csv
import io
from collections.abc import Callable, Iterator, Sequence

from alumni_portal.core.formulas import guarded
from alumni_portal.offboarding.models import ImportBatch
from alumni_portal.offboarding.queries import imports as queries


def rejected_csv(
    batch: ImportBatch, extra: Sequence[str], text_of: Callable[[str], str]
) -> Iterator[str]:
    """Yield the rejected rows of an import as CSV, a line at a time.

    `extra` are the headings of row, column and reason; `text_of` says a reason in words.
    """
    separator = batch.layout.get("separator") or ";"
    yield "\ufeff" + _line([*batch.headings, *extra], separator)
    width = len(batch.headings)
    for line in queries.rejected(batch.id):
        reason, column = line.entry["why"][0]
        cells = [*line.cells[:width], *[""] * (width - len(line.cells))]
        yield _line([*cells, str(line.row), column, text_of(reason)], separator)


def _line(cells: Sequence[str], separator: str) -> str:
    text = io.StringIO()
    csv.writer(text, delimiter=separator, lineterminator="\r\n").writerow(map(guarded, cells))
    return text.getvalue()
