"""Fetch the vendored fonts and icons again and write vendor.toml with their hashes.

Run from the checkout with `make assets`. Needs npm, which checks what it downloads;
nothing here runs when the portal does.
"""

from __future__ import annotations

import hashlib
import io
import re
import subprocess
import sys
import tarfile
import tempfile
import tomllib
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
FONT, ICONS = "schibsted-grotesk-5.3.0", "tabler-icons-3.51.0"
SHAPE = re.compile(r"<(?:path|circle|line|rect)[^>]*/>")
NOT_DRAWN = "M0 0h24v24H0z"


@dataclass(frozen=True)
class Package:
    """One npm package of one exact version, opened in memory."""

    source: str
    files: dict[str, bytes]

    @classmethod
    def fetch(cls, source: str) -> Package:
        """Return the files of `name@version`, as npm packs them."""
        with tempfile.TemporaryDirectory() as folder:
            command = ["npm", "pack", "--silent", "--pack-destination", folder, source]
            subprocess.run(command, check=True, stdout=subprocess.DEVNULL)  # noqa: S603
            (archive,) = Path(folder).glob("*.tgz")
            with tarfile.open(fileobj=io.BytesIO(archive.read_bytes())) as bundle:
                members = [member for member in bundle.getmembers() if member.isfile()]
                read = {m.name.removeprefix("package/"): bundle.extractfile(m) for m in members}
                return cls(source, {name: file.read() for name, file in read.items() if file})


def wanted_icons() -> list[str]:
    """Return the names in icons.txt, sorted."""
    return sorted(set((HERE / "icons.txt").read_text().split()))


def symbol(name: str, drawing: str) -> str:
    """Return one icon as a symbol of the sprite."""
    shapes = "".join(shape for shape in SHAPE.findall(drawing) if NOT_DRAWN not in shape)
    return f'<symbol id="{name}" viewBox="0 0 24 24">{shapes}</symbol>'


def sprite(icons: Package) -> bytes:
    """Return the wanted icons as one SVG file; stop at a name that does not exist."""
    paths = {name: f"icons/outline/{name}.svg" for name in wanted_icons()}
    unknown = [name for name, path in paths.items() if path not in icons.files]
    if unknown:
        sys.exit(f"No such icon: {', '.join(unknown)}")
    drawn = (symbol(name, icons.files[path].decode()) for name, path in paths.items())
    return f'<svg xmlns="http://www.w3.org/2000/svg">{"".join(drawn)}</svg>\n'.encode()


def assets() -> dict[str, tuple[str, dict[str, bytes]]]:
    """Return folder -> (source package, files) for everything that is vendored."""
    font = Package.fetch("@fontsource-variable/schibsted-grotesk@5.3.0")
    icons = Package.fetch("@tabler/icons@3.51.0")
    faces = [f"schibsted-grotesk-{part}-wght-normal.woff2" for part in ("latin", "latin-ext")]
    fonts = {name: font.files[f"files/{name}"] for name in faces}
    return {
        FONT: (font.source, {**fonts, "LICENSE": font.files["LICENSE"]}),
        ICONS: (icons.source, {"icons.svg": sprite(icons), "LICENSE": icons.files["LICENSE"]}),
    }


def entry(folder: str, source: str, licence: str, files: dict[str, bytes]) -> str:
    """Return one [[vendor]] table of vendor.toml."""
    name, version = folder.rsplit("-", 1)
    head = f'[[vendor]]\nname = "{name}"\nversion = "{version}"\n'
    hashes = "".join(
        f'"{path}" = "{hashlib.sha256(content).hexdigest()}"\n' for path, content in files.items()
    )
    return (
        f'{head}source = "npm:{source}"\nlicence = "{licence}"\nfolder = "{folder}"\n'
        f"[vendor.sha256]\n{hashes}"
    )


def main() -> None:
    """Write every vendored file and the list of their hashes."""
    licences = {FONT: "OFL-1.1", ICONS: "MIT"}
    tables = []
    for folder, (source, files) in assets().items():
        (HERE / folder).mkdir(exist_ok=True)
        for path, content in files.items():
            (HERE / folder / path).write_bytes(content)
        tables.append(entry(folder, source, licences[folder], files))
    text = "# Written by refresh.py: what is vendored, from where, and its hash.\n\n"
    listing = text + "\n".join(tables)
    tomllib.loads(listing)
    (HERE / "vendor.toml").write_text(listing)
    print(f"{len(wanted_icons())} icons, {len(tables)} packages")  # noqa: T201


if __name__ == "__main__":
    main()
