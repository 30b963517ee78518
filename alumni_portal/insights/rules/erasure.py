"""What erasing a person does to what was published (A11)."""


def stands(live: int, k: int) -> bool:
    """Say whether a published cell stands with so many people left who are not erased.

    A cell that does not stand is withdrawn; it is never worked out again.
    """
    return live >= k
