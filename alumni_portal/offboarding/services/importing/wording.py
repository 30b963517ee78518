"""What the command line says about a file or mapping that cannot be used."""

from alumni_portal.offboarding.rules.formats import Unreadable
from alumni_portal.offboarding.rules.mapping import BadMapping


def reason(error: Unreadable | BadMapping) -> str:
    """Return codes, in English, never a word of the file's rows."""
    if isinstance(error, Unreadable):
        return error.problem.value
    flaws = [
        f"{one.problem.value} ({one.key})" if one.key else one.problem.value for one in error.flaws
    ]
    return "; ".join(flaws) + ". Say it in a file for --mapping (docs/examples)."
