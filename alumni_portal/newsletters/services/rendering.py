"""One renderer: the same body in the mail, in the preview and on the page for members."""

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import count
from typing import Any

import css_inline
import nh3
from markupsafe import Markup

from alumni_portal.core import language
from alumni_portal.core.installation import brand, settings
from alumni_portal.core.rendering import link, render
from alumni_portal.mail import services as mail
from alumni_portal.newsletters import queries
from alumni_portal.newsletters.models import Newsletter
from alumni_portal.newsletters.rules import (
    MARKDOWN,
    SCHEMES,
    Block,
    Content,
    Kind,
    Only,
    as_text,
    spaced,
)
from alumni_portal.newsletters.services.from_letters import event_link, opening_link

#: What may stand in double braces.
SLOTS = (
    "first_name", "last_name", "name", "brand", "web_version", "consents", "preferences",
    "unsubscribe", "visit", "reader", "unit",
)  # fmt: skip
_WAYS = ("unsubscribe", "preferences", "web_version")
#: What stands around a block that not everybody sees.
_AROUND = {
    Only.EVERYBODY: ("", ""),
    Only.UNIT: ("{{#unit}}", "{{/unit}}"),
    Only.NO_UNIT: ("{{^unit}}", "{{/unit}}"),
}
_TAGS = {
    "a", "blockquote", "br", "code", "em", "h2", "h3", "h4", "hr", "li", "ol", "p", "strong", "ul"
}  # fmt: skip
_inliner = css_inline.CSSInliner(keep_at_rules=True)


@dataclass(frozen=True)
class Shown:
    """A block with all that its template shows."""

    kind: Kind
    said: Any
    html: Markup
    #: The same as plain text.
    text: str
    picture: str
    url: str
    items: list[dict[str, str]]
    before: str
    after: str


def body(content: Content, spoken: str, *, absolute: bool = True) -> str:
    """Return the blocks in one language as HTML without styles; slots stand as they are.

    It is what was sent: openings and events stay in it when they are over.
    """
    with language.spoken(spoken):
        blocks = _shown(content, spoken, absolute=absolute, on_offer=False)
        return render("newsletters/body.html", blocks=blocks)


def edition(
    newsletter: Newsletter,
    spoken: str,
    *,
    absolute: bool = True,
    listed: queries.Listed | None = None,
) -> mail.Edition:
    """Return a newsletter in one language, ready but for its slots.

    Openings and events that are off by now are left out; `listed` is what is known of them.
    """
    content = newsletter.content
    head = content.head(spoken)
    with language.spoken(spoken):
        blocks = _shown(content, spoken, absolute=absolute, listed=listed)
        footer = {name: "{{" + name + "}}" for name in _WAYS}
        html = render(
            "layouts/letter.html",
            subject=head.subject,
            preheader=head.preheader,
            body=Markup(
                render("newsletters/top.html", **footer)
                + render("newsletters/body.html", blocks=blocks)
            ),
            footer=Markup(render("newsletters/footer.html", **footer)),
        )
        own = content.texts.get(spoken)
        words = own.text if own else render("newsletters/blocks.txt", blocks=blocks).strip()
        words = _personal(words, blocks)
        text = render("newsletters/body.txt", words=spaced(words), **footer)
    return mail.Edition(
        language=spoken,
        subject=head.subject,
        html=_inliner.inline(html),
        text=text.strip() + "\n",
        reply_to=newsletter.reply_to,
    )


def _personal(words: str, blocks: list[Shown]) -> str:
    """Return plain text in which addresses that the letter lists stand for their reader."""
    own = {item["plain"]: item["url"] for block in blocks for item in block.items}
    if not own:
        return words
    listed = "|".join(map(re.escape, own))
    return re.sub(rf"(?:{listed})(?![\w/-])", lambda found: own[found[0]], words)


def plain_text(content: Content, spoken: str, listed: queries.Listed | None = None) -> str:
    """Return what the blocks say in one language as plain text; slots stand as they are."""
    with language.spoken(spoken):
        blocks = _shown(content, spoken, absolute=True, listed=listed)
        return render("newsletters/blocks.txt", blocks=blocks).strip()


def mark_of(text: str) -> str:
    """Return a short mark of a text, by which a change of it is seen."""
    return hashlib.sha256(text.encode()).hexdigest()[:20]


def values_of(
    first_name: str, last_name: str, newsletter: Newsletter, unit: str = ""
) -> dict[str, str]:
    """Return what stands in the slots of somebody's copy, but for the way out."""
    return {
        "first_name": first_name,
        "last_name": last_name,
        "name": f"{first_name} {last_name}".strip(),
        "brand": brand().name,
        "web_version": link("newsletters.read", public_id=newsletter.public_id),
        "consents": link("consents.centre"),
        "preferences": link("consents.centre"),
        "unit": unit,
        "visit": "",
        "reader": "",
    }


def _shown(
    content: Content,
    spoken: str,
    *,
    absolute: bool,
    listed: queries.Listed | None = None,
    on_offer: bool = True,
) -> list[Shown]:
    known = listed or queries.listed(content.chosen)
    items: dict[str, dict[str, str]] = {
        **{ref: _opening(one) for ref, one in known.openings.items()},
        **{ref: _event(one, spoken) for ref, one in known.events.items()},
    }
    if on_offer:
        items = {ref: one for ref, one in items.items() if known.picks[ref].off is None}
    numbers = count(1)
    return [_block(one, spoken, items, numbers, absolute=absolute) for one in content.blocks]


def _block(
    block: Block,
    spoken: str,
    items: Mapping[str, dict[str, str]],
    numbers: Iterator[int],
    *,
    absolute: bool,
) -> Shown:
    said = block.says(spoken)
    picture = link("newsletters.picture", public_id=block.picture) if block.picture else ""
    if not absolute:
        picture = picture.removeprefix(settings().base_url)
    return Shown(
        kind=block.kind,
        said=said,
        html=Markup(clean_html(said.text)),
        text=as_text(said.text, numbers),
        picture=picture,
        url=block.url,
        items=[items[ref] for ref in block.refs if ref in items],
        before=_AROUND[block.only][0],
        after=_AROUND[block.only][1],
    )


def _opening(one: Any) -> dict[str, str]:  # noqa: ANN401 - an opening
    return {
        "title": one.title,
        "place": one.place,
        "closes": one.closes_on,
        "url": opening_link(one.public_id),
        "plain": link("openings.opening", public_id=one.public_id),
    }


def _event(one: Any, spoken: str) -> dict[str, str]:  # noqa: ANN401 - an event
    return {
        "title": one.title_in(spoken),
        "place": one.words("place", spoken),
        "starts": one.starts_at,
        "url": event_link(one.public_id),
        "plain": link("events.event", public_id=one.public_id),
    }


def clean_html(written: str) -> str:
    """Return Markdown as HTML that holds a few tags and links to whole addresses, no more."""
    return nh3.clean(
        MARKDOWN.render(written),
        tags=_TAGS,
        attributes={"a": {"href"}},
        attribute_filter=_href,
        link_rel=None,
    )


def _href(tag: str, name: str, value: str) -> str | None:
    del tag, name
    return value if value.startswith(SCHEMES) else None


def filled_line(text: str, values: dict[str, str]) -> str:
    """Return one line with its slots filled; a slot that there is none of stays as it is."""
    made = mail.Edition(language="sv", subject=text, html="", text="")
    return made.filled(_all(made, values)).subject


def filled_html(html: str, values: dict[str, str]) -> str:
    """Return HTML with its slots filled; a slot that there is none of stays as it is."""
    made = mail.Edition(language="sv", subject="", html=html, text="")
    return made.filled(_all(made, values)).html


def tried_on(
    newsletter: Newsletter, spoken: str, names: tuple[str, str] = ("Karin", "Öhman"), unit: str = ""
) -> mail.Written:
    """Return a newsletter as the preview shows it: with somebody's values, links to nowhere."""
    made = edition(newsletter, spoken, absolute=False)
    values = values_of(*names, newsletter, unit)
    return made.filled(_all(made, {**values, **dict.fromkeys(_WAYS, "#")}))


def _all(made: mail.Edition, values: dict[str, str]) -> dict[str, str]:
    return {**{name: "{{" + name + "}}" for name in made.slots}, **values}


def spoken_in(newsletter: Newsletter, wanted: str) -> str:
    """Return the language in which somebody who wants this one gets a newsletter."""
    return wanted if wanted in newsletter.content.languages else "sv"


def head_for(newsletter: Newsletter, wanted: str, name: str) -> dict[str, str]:
    """Return language, subject and preheader as somebody of this name gets them."""
    spoken = spoken_in(newsletter, wanted)
    first, _space, last = name.partition(" ")
    values = values_of(first, last, newsletter)
    head = newsletter.content.head(spoken)
    return {
        "language": spoken,
        "subject": filled_line(head.subject, values),
        "preheader": filled_line(head.preheader, values),
    }


def body_for(newsletter: Newsletter, wanted: str, name: str, unit: str = "") -> Markup:
    """Return the page for members as somebody of this name reads it."""
    first, _space, last = name.partition(" ")
    html = body(newsletter.content, spoken_in(newsletter, wanted), absolute=False)
    return Markup(filled_html(html, values_of(first, last, newsletter, unit)))
