"""Pure decisions about the admin pages: which audit entries are technical."""

#: Beginnings of actions that say how the system is run, nothing about people's affairs.
TECHNICAL = ("access.", "account.", "audit.", "job.", "password.", "role.", "session.", "settings.")


def is_technical(action: str) -> bool:
    """Say whether an administrator, who reads no content, may read this entry."""
    return action.startswith(TECHNICAL)


def may_choose(kind: str) -> bool:
    """Say whether a kind of entries can be chosen by whoever reads only the technical ones."""
    return not kind or kind in TECHNICAL
