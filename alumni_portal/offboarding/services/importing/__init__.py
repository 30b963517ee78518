"""Importing leavers, staff and units: read, map, check, store, undo."""

from alumni_portal.offboarding.rules.columns import Kind
from alumni_portal.offboarding.rules.formats import Unreadable
from alumni_portal.offboarding.rules.mapping import BadMapping, Mapping
from alumni_portal.offboarding.rules.reading import Limits, Table, open_table
from alumni_portal.offboarding.services.importing.files import (
    Imported,
    StoredNothing,
    import_file,
)
from alumni_portal.offboarding.services.importing.judging import (
    CHANGED_MEANWHILE,
    MANY,
    discard,
    forget_old,
    judge,
    note_judged,
)
from alumni_portal.offboarding.services.importing.mappings import (
    certain_mapping,
    count_rows,
    find_saved,
    forget,
    read_mapping,
    save,
    saved,
)
from alumni_portal.offboarding.services.importing.matches import confirm, tell_apart
from alumni_portal.offboarding.services.importing.receiving import (
    Upload,
    earlier,
    import_again,
    mapping_of,
    read_upload,
    receive,
)
from alumni_portal.offboarding.services.importing.rejects import rejected_csv
from alumni_portal.offboarding.services.importing.starting import (
    Moved,
    Progress,
    accept,
    actor_of,
    check,
    progress_of,
    show_again,
    store_as_shown,
    take_back,
    try_again,
)
from alumni_portal.offboarding.services.importing.undoing import (
    Plan,
    named,
    plan,
    still_there,
    undo,
)
from alumni_portal.offboarding.services.importing.wording import reason

__all__ = [
    "CHANGED_MEANWHILE",
    "MANY",
    "BadMapping",
    "Imported",
    "Kind",
    "Limits",
    "Mapping",
    "Moved",
    "Plan",
    "Progress",
    "StoredNothing",
    "Table",
    "Unreadable",
    "Upload",
    "accept",
    "actor_of",
    "certain_mapping",
    "check",
    "confirm",
    "count_rows",
    "discard",
    "earlier",
    "find_saved",
    "forget",
    "forget_old",
    "import_again",
    "import_file",
    "judge",
    "mapping_of",
    "named",
    "note_judged",
    "open_table",
    "plan",
    "progress_of",
    "read_mapping",
    "read_upload",
    "reason",
    "receive",
    "rejected_csv",
    "save",
    "saved",
    "show_again",
    "still_there",
    "store_as_shown",
    "take_back",
    "tell_apart",
    "try_again",
    "undo",
]
