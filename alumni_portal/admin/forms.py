from flask_babel import lazy_gettext as _l

#: Kinds of audit entries that can be chosen, by the beginning of their actions.
KINDS = {
    "": _l("Allt"),
    "session.": _l("In- och utloggningar"),
    "role.": _l("Roller"),
    "account.": _l("Konton"),
    "password.": _l("Lösenord"),
    "recovery.": _l("Förlorade adresser"),
    "person.": _l("Personer"),
    "employment.": _l("Anställningar"),
    "unit.": _l("Avdelningar"),
    "consent.": _l("Samtycken"),
    "case.": _l("Avslut"),
    "import.": _l("Inläsningar"),
    "job.": _l("Bakgrundsarbete"),
    "access.": _l("Vem som tittat på vem"),
}
