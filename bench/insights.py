"""How long a release takes: its aggregates against DuckDB, and its audit as leavers grow.

    .venv/bin/python bench/insights.py [--interviews 200000] [--leavers 150 600 2400] [--history]

Aggregates: every table of a release (company, unit, tenure, type, quarter and four of two) for each
question, from rows in memory to counts per answer; DuckDB groups the same rows, which it holds as a
table, once per table and question. DuckDB lives in an environment of its own under build/peers.
Audit: a whole release of so many leavers, a tenth of the answers to each question missing; with
--history the same after four earlier releases. Exit 1 when 600 leavers take more than ten seconds
by the clock, or counting more than 1.5 times as long as DuckDB.
"""

import argparse
import json
import subprocess
import sys
from collections import Counter
from pathlib import Path
from random import Random
from time import perf_counter, process_time

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from alumni_portal.exit_interviews.rules import ReleaseRow
from alumni_portal.insights.rules.counting import Counting
from alumni_portal.insights.rules.draft import Past, with_past, worked_out
from alumni_portal.insights.rules.measures import replies as replies_of
from alumni_portal.insights.rules.population import (
    COMPANY,
    EXIT_TYPES,
    TABLES,
    TENURES,
    counted,
    shifted,
    window,
)

ROOT = Path(__file__).resolve().parents[1]
PEER = ROOT / "build/peers/duckdb"
QUARTER, MOST_SECONDS, MOST_RATIO = "2026Q3", 10.0, 1.5
SCALES = ("workload", "balance", "leadership", "recognition", "processes", "development", "climate")
TENS = ("would_return", "would_recommend")
THEMES = ("pay", "leadership", "development", "workload", "private_life", "processes", "balance")


def invented(number: int, seed: int, quarters: tuple[str, ...]) -> list[ReleaseRow]:
    chance = Random(seed)
    return [one(chance, f"t{n:07}", quarters) for n in range(number)]


def one(chance: Random, token: str, quarters: tuple[str, ...]) -> ReleaseRow:
    division = min(int(chance.expovariate(0.4)), 6)
    answered = chance.random() < 0.75
    scales = {name: chance.randint(1, 5) for name in SCALES if chance.random() > 0.1}
    scales |= {name: chance.randint(0, 10) for name in TENS if chance.random() > 0.1}
    return ReleaseRow(
        token=token,
        unit_path=("company", f"d{division}", f"d{division}u{chance.randrange(4)}"),
        quarter=chance.choice(quarters),
        tenure_band=chance.choice(TENURES),
        exit_type=chance.choices(EXIT_TYPES, (4, 1))[0],
        answered=answered,
        scales=scales if answered else {},
        reasons=(chance.choice(THEMES),) if answered and chance.random() > 0.1 else (),
    )


def ours(rows: list[ReleaseRow]) -> tuple[float, float, dict[str, int]]:
    """Count answers in every cell of every question.

    Return seconds from rows, seconds of counting alone, and counts to compare.
    """
    begun = perf_counter()
    counting = Counting(counted(rows, QUARTER), {})
    read = perf_counter()
    found: dict[str, int] = {}
    for question in QUESTIONS:
        whole = counting.counts(question)[counting.places[COMPANY]].tolist()
        words = counting.replies[question].words
        found |= {f"{question}:{word}": n for word, n in zip(words, whole, strict=True)}
    ended = perf_counter()
    return ended - begun, ended - read, found


QUESTIONS = (*SCALES, *TENS, "themes")


def write_flat(rows: list[ReleaseRow], path: Path) -> None:
    """Write what DuckDB reads: one line a leaver, one column a dimension and a question."""
    people = counted(rows, QUARTER)
    replies = replies_of(people, {})
    said = [replies[name].read() for name in QUESTIONS]
    with path.open("w", encoding="utf-8") as out:
        for person, *words in zip(people, *said, strict=True):
            row = person.row
            flat = dict(zip(QUESTIONS, words, strict=True))
            flat |= {"division": row.unit_path[1], "unit": row.unit_path[2]}
            flat |= {"tenure": row.tenure_band, "type": row.exit_type, "quarter": row.quarter}
            out.write(json.dumps(flat) + "\n")


def duckdb(path: Path, rounds: int) -> dict[str, float] | None:
    python = PEER / "bin/python"
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", str(PEER)], check=True)
        got = subprocess.run([str(python), "-m", "pip", "install", "-q", "duckdb"], check=False)
        if got.returncode:
            return None
    script = ROOT / "bench/peers/duckdb_groups.py"
    run = subprocess.run(
        [str(python), str(script), str(path), str(rounds), *QUESTIONS],
        check=True,
        capture_output=True,
        text=True,
    )
    told: dict[str, float] = json.loads(run.stdout)
    return told


def aggregates(number: int, rounds: int) -> bool:
    rows = invented(number, 7, window(QUARTER))
    path = ROOT / "build/bench-insights.json"
    path.parent.mkdir(exist_ok=True)
    write_flat(rows, path)
    peer = duckdb(path, rounds)
    took, alone, found = min(ours(rows) for _ in range(rounds))
    print(
        f"{number} interviews, {len(QUESTIONS)} questions in {len(TABLES)} tables: {took:.2f} s "
        f"from rows, {alone:.2f} s of them counting"
    )
    if peer is None:
        print("DuckDB cannot be had here: nothing to compare with")
        return True
    same = all(found.get(name) == count for name, count in peer["company"].items())  # type: ignore[attr-defined]
    seconds, whole = peer["seconds"], peer["read"] + peer["seconds"]
    print(f"DuckDB {whole:.2f} s from its file, {seconds:.2f} s of them grouping; same: {same}")
    ratios = {"rows read and counted": took / whole, "counting alone": alone / seconds}
    for name, ratio in ratios.items():
        verdict = "" if ratio <= MOST_RATIO else "  MISSED"
        print(f"{name:24} {ratio:5.2f}  at most {MOST_RATIO}{verdict}")
    return same and max(ratios.values()) <= MOST_RATIO


def audit(number: int, *, history: bool) -> float:
    quarters = tuple(shifted(QUARTER, -back) for back in range(8 if history else 4))
    rows = invented(number * len(quarters) // 4, 11, quarters)
    past = Past()
    for back in range(4 if history else 0, 0, -1):
        past = with_past(past, worked_out(rows, shifted(QUARTER, -back), past=past))
    wall, cpu = perf_counter(), process_time()
    draft = worked_out(rows, QUARTER, past=past)
    wall, cpu = perf_counter() - wall, process_time() - cpu
    why = Counter(verdict.why.value for verdict in draft.verdicts)
    large = why["shown"] + why["solvable"] + why["alike"] + why["place"]
    print(
        f"{number:>6} leavers{', after four releases' if history else '':22}  {wall:7.2f} s "
        f"(cpu {cpu:6.2f})  {1000 * cpu / number:6.1f} ms a leaver  "
        f"{why['shown']} of {large} cells of five or more shown, {why['solvable']} refused",
        flush=True,
    )
    return wall


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--interviews", type=int, default=200_000)
    parser.add_argument("--leavers", type=int, nargs="*", default=[150, 600, 2_400])
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--history", action="store_true")
    options = parser.parse_args()
    is_met = not options.interviews or aggregates(options.interviews, options.rounds)
    took = {number: audit(number, history=options.history) for number in options.leavers}
    return int(took.get(600, 0.0) > MOST_SECONDS or not is_met)


if __name__ == "__main__":
    sys.exit(main())
