from alumni_portal.rehire.models.contact import Contact
from alumni_portal.rehire.models.interest import Interest, InterestUnit
from alumni_portal.rehire.rules import ContactState, Hours, Level

__all__ = ["Contact", "ContactState", "Hours", "Interest", "InterestUnit", "Level"]
