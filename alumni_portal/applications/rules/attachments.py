"""Which files may be attached, told by their first bytes and their name together (S35, S36)."""

from enum import StrEnum
from io import BytesIO
from zipfile import BadZipFile, ZipFile

LARGEST = 10_000_000
_MOST_PARTS, _LARGEST_INSIDE, _MOST_TIMES = 1_000, 100_000_000, 100
_ODT = b"application/vnd.oasis.opendocument.text"


class Kind(StrEnum):
    """A kind of file that may be attached; the value is its media type."""

    PDF = "application/pdf"
    DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    ODT = "application/vnd.oasis.opendocument.text"
    JPEG = "image/jpeg"
    PNG = "image/png"


class Wrong(StrEnum):
    """Why a file is not taken."""

    EMPTY = "empty"
    TOO_LARGE = "too_large"
    KIND = "kind"


_ENDINGS = {
    "pdf": Kind.PDF,
    "docx": Kind.DOCX,
    "odt": Kind.ODT,
    "jpg": Kind.JPEG,
    "jpeg": Kind.JPEG,
    "png": Kind.PNG,
}


def kind_of(name: str, data: bytes) -> Kind | Wrong:
    """Return what kind of file this is, or why it is not taken.

    Name and content must say the same; a document with macros or one that would unpack to
    something huge is not taken. Nothing is unpacked here.
    """
    if not data:
        return Wrong.EMPTY
    if len(data) > LARGEST:
        return Wrong.TOO_LARGE
    kind = _ENDINGS.get(name.rpartition(".")[2].casefold())
    return kind if kind is not None and kind is _by_content(data) else Wrong.KIND


def _by_content(data: bytes) -> Kind | None:
    if data.startswith(b"%PDF-"):
        return Kind.PDF
    if data.startswith(b"\xff\xd8\xff"):
        return Kind.JPEG
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return Kind.PNG
    return _document(data) if data.startswith(b"PK\x03\x04") else None


def _document(data: bytes) -> Kind | None:
    try:
        with ZipFile(BytesIO(data)) as archive:
            parts = archive.infolist()
    except (BadZipFile, ValueError, NotImplementedError, EOFError):
        return None
    size = sum(part.file_size for part in parts)
    if len(parts) > _MOST_PARTS or size > min(_LARGEST_INSIDE, _MOST_TIMES * len(data)):
        return None
    names = {part.filename for part in parts}
    if any(name.endswith("vbaProject.bin") for name in names):
        return None
    if {"[Content_Types].xml", "word/document.xml"} <= names:
        return Kind.DOCX
    return Kind.ODT if "content.xml" in names and _ODT in data[:120] else None
