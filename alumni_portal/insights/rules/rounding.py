"""Figures are rounded after the audit (A8). No spread, extreme or median is ever published.

A share of ten people in steps of five points says exactly how many they were, and many exact counts
of overlapping cells give people away without any sum being open (ADR 0023). So behind a figure of
few people the count itself is rounded first: one person more or fewer cannot be told.
"""

from decimal import ROUND_HALF_UP, Decimal

#: Shares go in steps of five points, means in tenths, numbers of people in fives.
SHARE_STEP, MEAN_STEP, COUNT_STEP = 0.05, 0.1, 5
#: Among fewer people than this what is counted goes in threes before it is divided; among more,
#: five points are two people and more.
FEW, STEP_OF_FEW = 40, 3


def _to_step(part: int, whole: int, steps: int) -> Decimal:
    exact = Decimal(part * steps) / Decimal(whole)
    return exact.quantize(Decimal(1), ROUND_HALF_UP) / steps


def blurred(counted: int, people: int) -> int:
    """Return what was counted as it may be divided: in threes when few people are behind it."""
    if people >= FEW:
        return counted
    return int(_to_step(counted, STEP_OF_FEW, 1)) * STEP_OF_FEW


def share(part: int, whole: int) -> float:
    """Return a share to five points: 0.35."""
    return min(float(_to_step(blurred(part, whole), whole, 20)), 1.0)


def mean(total: int, number: int) -> float:
    """Return a mean to a tenth."""
    return float(_to_step(blurred(total, number), number, 10))


def count(number: int) -> int:
    """Return a number of people to the nearest five.

    That of large cells, too: two exact ones would tell how many of a few kept silent (A4).
    """
    return int(_to_step(number, COUNT_STEP, 1)) * COUNT_STEP
