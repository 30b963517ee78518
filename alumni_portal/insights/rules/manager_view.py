"""What a manager may see of the own unit (A10)."""

from alumni_portal.insights.rules.population import apart


def is_ripe(newest: str, today: str) -> bool:
    """Say whether a full quarter has passed since the quarter of the newest exit in a cell."""
    return apart(newest, today) >= 2


def may_see(*, is_for_managers: bool, newest: str, today: str) -> bool:
    """Say whether a manager may see a cell of the own unit in the quarter of today.

    It has max(k, 8) people, which was settled when it was made, and a full quarter has passed since
    the newest exit in it. The manager's own exit is in no cell of the unit: `population.counted`.
    """
    return is_for_managers and is_ripe(newest, today)
