"""Where templates, static files and migrations lie, in a checkout and in a wheel."""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent.parent


def resource(name: str) -> Path:
    """Return a resource folder, from a wheel or from a checkout."""
    packaged = _PACKAGE / name
    return packaged if packaged.is_dir() else _PACKAGE.parent / name


def translations() -> Path:
    """Return the folder of the message catalogues, which lies inside the package."""
    return _PACKAGE / "translations"
