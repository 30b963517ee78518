"""Plain words for what is wrong with a file or a mapping."""

from collections.abc import Mapping as Table

from alumni_portal.core.errors import Refusal
from alumni_portal.core.text import lazy as _l
from alumni_portal.offboarding.rules.formats import ReadProblem, Unreadable
from alumni_portal.offboarding.rules.mapping import BadMapping

UNREADABLE: Table[ReadProblem, object] = {
    ReadProblem.EMPTY_FILE: _l("Filen är tom. Exportera den igen och prova på nytt."),
    ReadProblem.TOO_LARGE: _l("Filen är större än 64 MB. Dela upp den och läs in delarna."),
    ReadProblem.UNKNOWN_FORMAT: _l("Det här är varken en CSV-fil eller en Excelfil (XLSX)."),
    ReadProblem.OLD_EXCEL: _l("Filen är sparad i gammalt Excelformat. Spara den som XLSX."),
    ReadProblem.WEB_PAGE: _l("Filen är en webbsida, inte en tabell. Exportera som CSV eller XLSX."),
    ReadProblem.PASSWORD_PROTECTED: _l("Filen har ett lösenord. Ta bort det och prova igen."),
    ReadProblem.BROKEN_FILE: _l("Filen är skadad och går inte att öppna. Exportera den igen."),
    ReadProblem.SUSPICIOUS_ARCHIVE: _l("Filen packar upp till orimligt mycket och öppnas inte."),
    ReadProblem.BAD_ENCODING: _l("Bokstäverna går inte att läsa. Spara filen som CSV UTF-8."),
    ReadProblem.NOT_A_TABLE: _l("Vi hittar inga kolumner. Är det rätt fil?"),
    ReadProblem.NO_HEADINGS: _l("Vi hittar ingen rad med rubriker överst i tabellen."),
    ReadProblem.NO_ROWS: _l("Filen har rubriker men inga rader."),
    ReadProblem.NO_SUCH_SHEET: _l("Filen har inget blad med det namnet."),
    ReadProblem.TOO_MANY_COLUMNS: _l(
        "Filen har fler än 200 kolumner. Ta bort dem som inte behövs."
    ),
    ReadProblem.TOO_MANY_ROWS: _l("Filen har för många rader. Dela upp den och läs in delarna."),
    ReadProblem.UNCLOSED_QUOTE: _l(
        "Ett citattecken stängs aldrig, så raderna går inte att skilja åt."
    ),
}


def refusal_of(error: Unreadable) -> Refusal:
    """Return what the reader is told at the file field."""
    return Refusal(UNREADABLE[error.problem], field="file")


def reason(error: Unreadable | BadMapping) -> str:
    """Return what the command line says: codes, in English, never a word of the file's rows."""
    if isinstance(error, Unreadable):
        return error.problem.value
    flaws = [f"{flaw.problem.value} ({flaw.key})" if flaw.key else flaw.problem.value
             for flaw in error.flaws]  # fmt: skip
    return "; ".join(flaws) + ". Say it in a file for --mapping (docs/examples)."
