"""Invented exits: populations from a seed, and single rows."""

from collections.abc import Sequence
from dataclasses import replace
from random import Random

from alumni_portal.exit_interviews.rules import ReleaseRow
from alumni_portal.insights.rules.population import EXIT_TYPES, TENURES, window

QUARTER = "2026Q3"
THEMES = ("pay", "leadership", "development", "workload", "balance")
SCALES = ("workload", "leadership", "climate")


def row(name: str = "t1", **changes: object) -> ReleaseRow:
    plain = ReleaseRow(
        token=name,
        unit_path=("company", "north"),
        quarter=QUARTER,
        tenure_band="1-3",
        exit_type="own",
        answered=True,
        reasons=("pay",),
    )
    return replace(plain, **changes)  # type: ignore[arg-type]  # fields by name


def rows(
    number: int,
    seed: int,
    *,
    quarters: Sequence[str] = window(QUARTER),
    silent: float = 0.2,
    skipped: float = 0.1,
) -> list[ReleaseRow]:
    """Return so many exits in units of unequal size, some silent, some questions skipped."""
    chance = Random(seed)
    return [_invented(chance, f"{seed}-{n}", quarters, silent, skipped) for n in range(number)]


def _invented(
    chance: Random, token: str, quarters: Sequence[str], silent: float, skipped: float
) -> ReleaseRow:
    division = min(int(chance.expovariate(0.6)), 4)
    team = f"d{division}t{chance.randrange(3)}"
    answered = chance.random() >= silent
    scales = {name: chance.randint(1, 5) for name in SCALES if chance.random() >= skipped}
    if chance.random() >= skipped:
        scales["would_return"] = chance.randint(0, 10)
    return ReleaseRow(
        token=token,
        unit_path=("company", f"d{division}", team)[: 3 if chance.random() < 0.9 else 2],
        quarter=chance.choice(quarters),
        tenure_band=chance.choice(TENURES),
        exit_type=chance.choices(EXIT_TYPES, (4, 1))[0],
        answered=answered,
        scales=scales if answered else {},
        reasons=tuple(chance.sample(THEMES, 2)) if answered and chance.random() >= skipped else (),
        coded=tuple(chance.sample(THEMES, 2)) if answered and chance.random() >= 0.3 else (),
    )
