"""DuckDB groups leavers by every table of a release, once for each question.

Run by bench/insights.py in an environment of its own: duckdb_groups.py FILE ROUNDS QUESTION…; prints
as JSON the seconds that reading took, the median of seconds of grouping, and the company's counts.
A unit's table is two here, one for each level.
"""

import json
import sys
from statistics import median
from time import perf_counter

import duckdb

path, rounds, *questions = sys.argv[1:]
TABLES = [
    "", "division", "unit", "tenure", "type", "quarter", "division, tenure", "unit, tenure",
    "division, type", "unit, type", "division, quarter", "unit, quarter", "tenure, type",
]
db = duckdb.connect()
begun = perf_counter()
db.execute(f"CREATE TABLE leavers AS SELECT * FROM read_json('{path}')")
read = perf_counter() - begun


def once():
    found = {}
    begun = perf_counter()
    for question in questions:
        for dims in TABLES:
            keys = f"{dims}, {question}" if dims else question
            rows = db.execute(
                f"SELECT {keys}, count(*) FROM leavers WHERE {question} IS NOT NULL GROUP BY {keys}"
            ).fetchall()
            if not dims:
                found |= {f"{question}:{answer}": count for answer, count in rows}
    return perf_counter() - begun, found


runs = [once() for _ in range(int(rounds))]
seconds = median(took for took, _found in runs)
print(json.dumps({"read": read, "seconds": seconds, "company": runs[0][1]}))
