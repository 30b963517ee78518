"""Changes to people, employments, addresses and units."""

from alumni_portal.people.rules import BadAddress, canonical_address, is_work_domain
from alumni_portal.people.services.addresses import (
    give_address,
    prove_address,
    retire_address,
    retire_work_addresses_of_leavers,
)
from alumni_portal.people.services.employments import (
    NewEmployment,
    begin_employment,
    change_phone,
    employ_by_hand,
    end_employment,
    note_birth_date,
    note_death,
    register_person,
    rename,
)
from alumni_portal.people.services.units import (
    appoint_lead,
    change_unit,
    close_unit,
    dismiss_lead,
    open_unit,
)

__all__ = [
    "BadAddress",
    "NewEmployment",
    "appoint_lead",
    "begin_employment",
    "canonical_address",
    "change_phone",
    "change_unit",
    "close_unit",
    "dismiss_lead",
    "employ_by_hand",
    "end_employment",
    "give_address",
    "is_work_domain",
    "note_birth_date",
    "note_death",
    "open_unit",
    "prove_address",
    "register_person",
    "rename",
    "retire_address",
    "retire_work_addresses_of_leavers",
]
