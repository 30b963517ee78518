from alumni_portal.rehire.models.interest import Interest, InterestUnit
from alumni_portal.rehire.rules import Hours, Level

__all__ = ["Hours", "Interest", "InterestUnit", "Level"]
