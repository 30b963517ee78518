"""Tell what kind of file somebody sent, from its first bytes, never from its name."""

import zipfile
from enum import StrEnum
from typing import BinaryIO


class ReadProblem(StrEnum):
    """Why a file cannot be read as a table."""

    EMPTY_FILE = "empty_file"
    TOO_LARGE = "too_large"
    UNKNOWN_FORMAT = "unknown_format"
    OLD_EXCEL = "old_excel"
    WEB_PAGE = "web_page"
    PASSWORD_PROTECTED = "password_protected"  # noqa: S105  a word for the page
    BROKEN_FILE = "broken_file"
    SUSPICIOUS_ARCHIVE = "suspicious_archive"
    BAD_ENCODING = "bad_encoding"
    NOT_A_TABLE = "not_a_table"
    NO_HEADINGS = "no_headings"
    NO_ROWS = "no_rows"
    NO_SUCH_SHEET = "no_such_sheet"
    TOO_MANY_COLUMNS = "too_many_columns"
    TOO_MANY_ROWS = "too_many_rows"
    UNCLOSED_QUOTE = "unclosed_quote"


class Unreadable(Exception):
    """The file cannot be read as a table; `problem` says why. It never quotes the file."""

    def __init__(self, problem: ReadProblem) -> None:
        super().__init__(problem.value)
        self.problem = problem


class Format(StrEnum):
    """The two kinds of file that are read."""

    SEPARATED = "csv"
    WORKBOOK = "xlsx"


_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_OTHERS = (
    b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\x00", b"MM\x00*", b"RIFF", b"{\\rtf",
    b"\x1f\x8b", b"7z\xbc\xaf", b"Rar!", b"BZh9", b"\xfd7zXZ", b"\x7fELF", b"SQLite format 3",
)  # fmt: skip
#: Signs that no text holds, but for UTF-16.
_CONTROLS = bytes(byte for byte in range(32) if byte not in b"\t\n\v\f\r\x1a\x1b\x00")
_MARKUP = (b"<html", b"<!doctype", b"<table", b"<?xml", b"<head", b"<style", b"<!--")


def recognise(stream: BinaryIO) -> Format:
    """Return the format of a seekable stream and leave it at its start.

    Raises `Unreadable` for whatever is neither CSV nor XLSX.
    """
    stream.seek(0)
    head = stream.read(4096)
    stream.seek(0)
    if not head.strip(b"\x00 \t\r\n\xef\xbb\xbf\xff\xfe"):
        raise Unreadable(ReadProblem.EMPTY_FILE)
    if head.startswith(b"PK"):
        return _archive(stream)
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        raise Unreadable(_old_office(stream))
    _refuse_others(head)
    return Format.SEPARATED


def _archive(stream: BinaryIO) -> Format:
    try:
        with zipfile.ZipFile(stream) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        raise Unreadable(ReadProblem.BROKEN_FILE) from None
    finally:
        stream.seek(0)
    if any(member.flag_bits & 1 for member in members):
        raise Unreadable(ReadProblem.PASSWORD_PROTECTED)
    if not any(member.filename.lstrip("/") == "xl/workbook.xml" for member in members):
        raise Unreadable(ReadProblem.UNKNOWN_FORMAT)
    return Format.WORKBOOK


def _old_office(stream: BinaryIO) -> ReadProblem:
    """Tell an old workbook from a new one with a password: both come in the old container."""
    content = stream.read(1 << 20)
    stream.seek(0, 2)
    stream.seek(max(0, stream.tell() - (1 << 20)))
    content += stream.read()
    stream.seek(0)
    return ReadProblem.PASSWORD_PROTECTED if _ENCRYPTED in content else ReadProblem.OLD_EXCEL


def _refuse_others(head: bytes) -> None:
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith(_MARKUP):
        raise Unreadable(ReadProblem.WEB_PAGE)
    if head.startswith(_OTHERS) or start.startswith((b'{"', b"[{", b"[\r", b"[\n")):
        raise Unreadable(ReadProblem.UNKNOWN_FORMAT)
    controls = len(head) - len(head.translate(None, _CONTROLS))
    if b"\x00" not in head and 20 * controls > len(head):
        raise Unreadable(ReadProblem.UNKNOWN_FORMAT)
