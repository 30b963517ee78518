"""What a newsletter holds: a head per language and blocks in order, as plain data."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from enum import StrEnum
from typing import Any

from alumni_portal.core.text import lazy as _l

LANGUAGES = ("sv", "en")


class Kind(StrEnum):
    """What a block is."""

    HEADING = "heading"
    TEXT = "text"
    IMAGE = "image"
    BUTTON = "button"
    OPENINGS = "openings"
    EVENTS = "events"


KINDS = {
    Kind.HEADING: _l("Rubrik och ingress"),
    Kind.TEXT: _l("Text"),
    Kind.IMAGE: _l("Bild"),
    Kind.BUTTON: _l("Knapp"),
    Kind.OPENINGS: _l("Lediga jobb"),
    Kind.EVENTS: _l("Träffar att gå på"),
}
#: What a block must say in each language; lists of openings and events speak for themselves.
NEEDS = {
    Kind.HEADING: ("heading",),
    Kind.TEXT: ("text",),
    Kind.IMAGE: ("alt",),
    Kind.BUTTON: ("label",),
    Kind.OPENINGS: (),
    Kind.EVENTS: (),
}


class Only(StrEnum):
    """Who sees a block: everybody, or those of whom something is known, or is not."""

    EVERYBODY = ""
    UNIT = "unit"
    NO_UNIT = "no_unit"


ONLY = {
    Only.EVERYBODY: _l("Alla"),
    Only.UNIT: _l("Bara den vars avdelning vi känner till"),
    Only.NO_UNIT: _l("Bara den vars avdelning vi inte känner till"),
}


@dataclass(frozen=True, kw_only=True)
class Said:
    """What a block says in one language."""

    heading: str = ""
    #: Markdown.
    text: str = ""
    alt: str = ""
    label: str = ""


@dataclass(frozen=True, kw_only=True)
class Block:
    """One block: the same in every language but for what it says."""

    id: str
    kind: Kind
    said: dict[str, Said] = field(default_factory=dict)
    #: Public id of a picture.
    picture: str = ""
    url: str = ""
    #: Public ids of openings or events.
    refs: tuple[str, ...] = ()
    only: Only = Only.EVERYBODY

    def says(self, language: str) -> Said:
        """Return what it says in a language."""
        return self.said.get(language, Said())

    def lacks(self, language: str) -> bool:
        """Say whether something that must be said is missing in a language."""
        said = self.says(language)
        return any(not getattr(said, part) for part in NEEDS[self.kind])


@dataclass(frozen=True, kw_only=True)
class Head:
    """How a newsletter stands in the list of mails."""

    subject: str = ""
    #: The line that mail programs show after the subject.
    preheader: str = ""


@dataclass(frozen=True, kw_only=True)
class OwnText:
    """Plain text that somebody wrote instead of what the blocks say."""

    text: str
    #: The mark of what the blocks said then.
    made_from: str


@dataclass(frozen=True, kw_only=True)
class Content:
    """All that a newsletter holds."""

    heads: dict[str, Head] = field(default_factory=dict)
    blocks: tuple[Block, ...] = ()
    #: Plain text that was written by hand, by language.
    texts: dict[str, OwnText] = field(default_factory=dict)

    def head(self, language: str) -> Head:
        """Return the head of a language."""
        return self.heads.get(language, Head())

    @property
    def languages(self) -> tuple[str, ...]:
        """Return the languages it is written in: Swedish, and English once anything is."""
        return tuple(one for one in LANGUAGES if one == "sv" or self._is_begun(one))

    def _is_begun(self, language: str) -> bool:
        said = (block.says(language) for block in self.blocks)
        return self.head(language) != Head() or any(one != Said() for one in said)

    def refs(self, kind: Kind) -> list[str]:
        """Return the public ids of all that its blocks of a kind show."""
        return [ref for block in self.blocks if block.kind is kind for ref in block.refs]

    @property
    def chosen(self) -> dict[str, list[str]]:
        """Return what its lists show, by kind."""
        return {kind: self.refs(kind) for kind in (Kind.OPENINGS, Kind.EVENTS)}

    def with_text(self, language: str, own: OwnText | None) -> "Content":
        """Return this with plain text of its own in a language, or with what the blocks say."""
        others = {name: one for name, one in self.texts.items() if name != language}
        return replace(self, texts={**others, language: own} if own else others)

    def with_added(self, kind: Kind, block_id: str) -> "Content":
        """Return this with an empty block at the end."""
        return replace(self, blocks=(*self.blocks, Block(id=block_id, kind=kind)))

    def without(self, block_id: str) -> "Content":
        """Return this without one block."""
        return replace(self, blocks=tuple(one for one in self.blocks if one.id != block_id))

    def with_moved(self, block_id: str, steps: int) -> "Content":
        """Return this with one block moved up (-1) or down (1), as far as there is room."""
        blocks = list(self.blocks)
        here = next((n for n, one in enumerate(blocks) if one.id == block_id), None)
        if here is None or not 0 <= here + steps < len(blocks):
            return self
        blocks.insert(here + steps, blocks.pop(here))
        return replace(self, blocks=tuple(blocks))

    def stored(self) -> dict[str, Any]:
        """Return this as plain data."""
        return asdict(self)


def content_of(stored: Mapping[str, Any]) -> Content:
    """Return what was stored."""
    heads = {name: Head(**head) for name, head in stored.get("heads", {}).items()}
    texts = {name: OwnText(**one) for name, one in stored.get("texts", {}).items()}
    return Content(heads=heads, blocks=tuple(map(_block, stored.get("blocks", ()))), texts=texts)


def _block(stored: Mapping[str, Any]) -> Block:
    said = {name: Said(**one) for name, one in stored["said"].items()}
    return Block(
        id=stored["id"],
        kind=Kind(stored["kind"]),
        said=said,
        picture=stored["picture"],
        url=stored["url"],
        refs=tuple(stored["refs"]),
        only=Only(stored.get("only", "")),
    )
