"""A greeting as it is sent: HR's words, and the ways to answer, to stop and to choose."""

import css_inline
from markupsafe import Markup

from alumni_portal.core import language
from alumni_portal.core.installation import brand
from alumni_portal.core.rendering import link, render
from alumni_portal.mail import services as mail
from alumni_portal.newsletters.rules.greeting_words import OWN_SLOTS, Words
from alumni_portal.newsletters.services.rendering import clean_html
from alumni_portal.rehire.queries import LEVELS

_PLACE = "-reader-"
_WAYS = ("reader", "preferences", "unsubscribe")
#: All that may stand in double braces.
SLOTS = OWN_SLOTS | frozenset(_WAYS)
_inliner = css_inline.CSSInliner(keep_at_rules=True)


def edition(spoken: str, said: Words, *, reply_to: str = "") -> mail.Edition:
    """Return a greeting in one language, ready but for its slots."""
    ways = _ways()
    with language.spoken(spoken):
        html = render(
            "layouts/letter.html",
            subject=said.subject,
            body=Markup(clean_html(said.text) + render("newsletters/greeting/ways.html", **ways)),
            footer=Markup(render("newsletters/greeting/footer.html", **ways)),
        )
        text = render("newsletters/greeting/letter.txt", words=said.text, **ways)
    return mail.Edition(
        language=spoken,
        subject=said.subject,
        html=_inliner.inline(html),
        text=text.strip() + "\n",
        reply_to=reply_to,
    )


def _ways() -> dict[str, object]:
    """Return where the links of a greeting lead; slots stand for its reader."""
    here = link("newsletters.from_greeting", token=_PLACE).replace(_PLACE, "{{reader}}")
    return {
        "answers": [(words, f"{here}?answer={level}") for level, words in LEVELS.items()],
        "stop": f"{here}?answer=stop",
        **{name: "{{" + name + "}}" for name in _WAYS},
    }


def tried_on(spoken: str, said: Words) -> mail.Written:
    """Return a greeting as the preview shows it: to an invented reader, with links to nowhere."""
    known = {"first_name": "Karin", "brand": brand().name}
    return edition(spoken, said).filled({**known, **dict.fromkeys(_WAYS, "#")})
