"""Figures are rounded after the audit (A8). No spread, extreme or median is ever published."""

from decimal import ROUND_HALF_UP, Decimal

#: Shares go in steps of five points, means in tenths, small counts in fives.
SHARE_STEP, MEAN_STEP, COUNT_STEP = 0.05, 0.1, 5
#: From here on a count is exact; below it is shown as "about".
EXACT_FROM = 50


def _to_step(part: int, whole: int, steps: int) -> Decimal:
    exact = Decimal(part * steps) / Decimal(whole)
    return exact.quantize(Decimal(1), ROUND_HALF_UP) / steps


def share(part: int, whole: int) -> float:
    """Return a share to five points: 0.35."""
    return float(_to_step(part, whole, 20))


def mean(total: int, number: int) -> float:
    """Return a mean to a tenth."""
    return float(_to_step(total, number, 10))


def count(number: int) -> int:
    """Return a count, to the nearest five below fifty."""
    if number >= EXACT_FROM:
        return number
    return int(_to_step(number, 5, 1)) * 5


def is_about(number: int) -> bool:
    """Say whether a published count may be a rounded one: 48 is published as 50."""
    return number <= EXACT_FROM
