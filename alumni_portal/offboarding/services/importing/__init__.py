"""Importing leavers, staff and units: read, map, check, store, undo."""

from alumni_portal.offboarding.rules.columns import Kind
from alumni_portal.offboarding.rules.formats import Unreadable
from alumni_portal.offboarding.rules.mapping import BadMapping, Mapping
from alumni_portal.offboarding.services.importing.files import (
    Imported,
    StoredNothing,
    import_file,
)
from alumni_portal.offboarding.services.importing.mappings import (
    certain_mapping,
    count_rows,
    read_mapping,
)
from alumni_portal.offboarding.services.importing.wording import reason

__all__ = [
    "BadMapping",
    "Imported",
    "Kind",
    "Mapping",
    "StoredNothing",
    "Unreadable",
    "certain_mapping",
    "count_rows",
    "import_file",
    "read_mapping",
    "reason",
]
