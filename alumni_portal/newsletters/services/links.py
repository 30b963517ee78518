"""Looking whether the links of a newsletter answer, in the background."""

import hashlib
import re
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from html import unescape

from sqlalchemy import delete

from alumni_portal.core import clock, jobs
from alumni_portal.core.db import db
from alumni_portal.core.own_links import is_own
from alumni_portal.newsletters import queries
from alumni_portal.newsletters.models import LinkCheck, Newsletter
from alumni_portal.newsletters.rules import LANGUAGES, MOST, Content, Link, LinkState, has_died
from alumni_portal.newsletters.services.own_links import own_links
from alumni_portal.newsletters.services.reaching import Reached, reach
from alumni_portal.newsletters.services.rendering import clean_html

CHECK = "newsletters.check_links"
_HREF = re.compile(r'href="(https?://[^"{}]+)"')
_LONGEST = 500
#: What was found so lately is believed when a letter is about to go.
_JUST_NOW = timedelta(hours=1)


def links_of(content: Content) -> dict[str, str]:
    """Return the addresses outside the portal that a newsletter links to, with their block."""
    found = {url: block for url, block in _addresses(content).items() if not is_own(url)}
    return dict(list(found.items())[:MOST])


def _addresses(content: Content) -> dict[str, str]:
    found: dict[str, str] = {}
    for block in content.blocks:
        texts = [clean_html(block.says(one).text) for one in LANGUAGES]
        written = [unescape(url) for text in texts for url in _HREF.findall(text)]
        for url in filter(None, (block.url, *written)):
            if len(url) <= _LONGEST:
                found.setdefault(url, block.id)
    return found


def known_links(content: Content) -> list[Link]:
    """Return the links of a newsletter and what is known of them."""
    wanted = links_of(content)
    known = queries.link_checks(wanted) if wanted else {}
    outside = [
        Link(url, block, known[url].state, known[url].answer) if url in known else Link(url, block)
        for url, block in wanted.items()
    ]
    own = {url: block for url, block in _addresses(content).items() if is_own(url)}
    return [*outside, *own_links(own)]


def ask_for_links(newsletter: Newsletter, *, anew: bool = False) -> bool:
    """Have the links looked at that nobody has looked at lately; say whether there are any."""
    links = known_links(newsletter.content)
    wanted = sorted(one.url for one in links if not one.is_own and (anew or one.state is None))
    if not wanted:
        return False
    mark = hashlib.sha256("\n".join(wanted).encode()).hexdigest()[:16]
    minute = clock.now().strftime("%Y%m%d%H%M")
    asked = "again" if anew else "first"
    key = f"links:{newsletter.public_id}:{mark}:{asked}:{minute}"
    jobs.enqueue(CHECK, {"urls": wanted}, key=key)
    return True


def states_now(newsletter: Newsletter) -> dict[str, str]:
    """Return what is known of the links of a newsletter, to be compared with when it goes."""
    known = known_links(newsletter.content)
    return {one.url: one.state.value for one in known if one.state is not None}


def links_to_see_again(newsletter: Newsletter) -> list[str]:
    """Return the links of a newsletter that nobody has looked at within the last hour."""
    wanted = links_of(newsletter.content)
    known = queries.link_checks(wanted) if wanted else {}
    lately = clock.now() - _JUST_NOW
    return [url for url in wanted if url not in known or known[url].checked_at < lately]


def dead_links(newsletter: Newsletter, then: Mapping[str, str]) -> list[Link]:
    """Return the links of a newsletter that have died since it was planned, when `then` was known.

    `then` is what `states_now` said; nothing said of a link counts as alive.
    """
    before = {url: LinkState(state) for url, state in then.items()}
    known = known_links(newsletter.content)
    return [one for one in known if has_died(one.state, before.get(one.url))]


def look_at(urls: list[str], ask: Callable[[str], Reached] = reach) -> dict[str, Reached]:
    """Return whether each of these links answers. Nothing is stored, no transaction is open."""
    return {url: ask(url) for url in urls[:MOST]}


def note_links(found: dict[str, Reached]) -> None:
    """Keep what came of looking at links."""
    known = queries.link_checks(found, fresh=False)
    for url, reached in found.items():
        row = known.get(url)
        if row is None:
            row = LinkCheck(url=url)
            db.session.add(row)
        row.state, row.answer, row.checked_at = reached.state, reached.answer, clock.now()
    db.session.flush()


def forget_links(before: datetime) -> None:
    """Forget what was found of links before a moment."""
    db.session.execute(delete(LinkCheck).where(LinkCheck.checked_at < before))
