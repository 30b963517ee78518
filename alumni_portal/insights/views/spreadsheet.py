"""A release as a table for a spreadsheet: every cell, shown or too few."""

import csv
from io import StringIO

from alumni_portal.core.formulas import guarded
from alumni_portal.insights import queries
from alumni_portal.insights.queries import Released
from alumni_portal.people.queries import open_units

_COLUMNS = ("table", "unit", "tenure", "type", "quarter", "measure", "state", "n", "value", "from")
_DIMENSIONS = {"unit", "tenure", "type", "quarter"}


def of(released: Released) -> str:
    """Return the release as CSV with the names of units instead of their ids."""
    names = {unit.public_id: unit.name for unit in open_units()}
    text = StringIO()
    out = csv.DictWriter(text, _COLUMNS, delimiter=";", lineterminator="\r\n", restval="")
    out.writeheader()
    for cell in queries.exported(released)["cells"]:
        dims = {**cell["dims"]}
        if "unit" in dims:
            dims["unit"] = guarded(names.get(dims["unit"], dims["unit"]))
        plain = {name: cell.get(name, "") for name in _COLUMNS if name not in _DIMENSIONS}
        out.writerow({**plain, **dims})
    return "\ufeff" + text.getvalue()
