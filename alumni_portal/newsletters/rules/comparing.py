"""What a saved draft says that a typed one does not, for two who write at the same time."""

from alumni_portal.core.text import lazy as _l
from alumni_portal.newsletters.rules.checks import NAMES
from alumni_portal.newsletters.rules.content import KINDS, LANGUAGES, Block, Content

_PARTS = ("heading", "text", "alt", "label")


def differences(saved: Content, typed: Content) -> list[tuple[object, str]]:
    """Return where the saved text is another than the typed one, and how it reads there.

    Texts of blocks that the typed one has not got are all named; what only the typed one has is
    not: whoever typed it sees it.
    """
    found: list[tuple[object, str]] = []
    for spoken in LANGUAGES:
        ours, theirs = typed.head(spoken), saved.head(spoken)
        language = NAMES[spoken]
        if theirs.subject != ours.subject:
            found.append((_l("Ämnesrad, %(language)s", language=language), theirs.subject))
        if theirs.preheader != ours.preheader:
            found.append((_l("Raden efter, %(language)s", language=language), theirs.preheader))
        written, own = saved.texts.get(spoken), typed.texts.get(spoken)
        if written != own:
            text = written.text if written else ""
            found.append((_l("Ren text, %(language)s", language=language), text))
    mine = {one.id: one for one in typed.blocks}
    for number, block in enumerate(saved.blocks, 1):
        found += _in_block(number, block, mine.get(block.id))
    return found


def _in_block(number: int, theirs: Block, ours: Block | None) -> list[tuple[object, str]]:
    found: list[tuple[object, str]] = []
    for spoken in LANGUAGES:
        said = theirs.says(spoken)
        mine = ours.says(spoken) if ours else None
        new = [
            getattr(said, part)
            for part in _PARTS
            if getattr(said, part) != (getattr(mine, part) if mine else "")
        ]
        if new:
            what = _l(
                "Block %(number)s, %(kind)s, %(language)s",
                number=str(number),
                kind=KINDS[theirs.kind],
                language=NAMES[spoken],
            )
            found.append((what, "\n".join(filter(None, new))))
    return found
