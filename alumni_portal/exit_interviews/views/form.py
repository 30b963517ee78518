"""What a page of questions shows: the guide in the reader's language, answers, what is wrong."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace

from flask import request, url_for

from alumni_portal.core import language, tokens
from alumni_portal.core.installation import settings
from alumni_portal.exit_interviews.rules.guide import (
    MOST_RANKED,
    GuideText,
    Kind,
    Question,
    Section,
)
from alumni_portal.exit_interviews.views import bp


@bp.app_template_global()
def whistleblowing() -> str:
    """Return where serious matters go instead of into an open answer."""
    return settings().whistleblowing_url or url_for("home.contact")


@dataclass(frozen=True)
class Asked:
    """One question as the page shows it."""

    code: str
    kind: Kind
    text: str
    hint: str
    steps: range
    options: tuple[tuple[str, str], ...]
    #: What stands there: a number or a choice as text, a text, or codes in order.
    value: str
    ranked: tuple[str, ...]
    error: str
    #: Digest of what stood there when the page was made: a field left alone is not saved.
    was: str = ""
    #: What its reader should know about this answer.
    remark: str = ""
    required: bool = False
    #: Whether it may be quoted; nothing where that is not asked.
    may_quote: bool | None = None

    @property
    def is_answered(self) -> bool:
        """Say whether something is chosen or written."""
        return bool(self.value or any(self.ranked))


@dataclass(frozen=True)
class Part:
    """One section as the page shows it."""

    code: str
    title: str
    questions: tuple[Asked, ...]
    lead: str = ""
    #: The first section with texts says what does not belong there, once on a page.
    warns: bool = False

    @property
    def answered(self) -> int:
        """Return how many of its questions are answered."""
        return sum(one.is_answered for one in self.questions)


def parts(
    guide: GuideText,
    answers: Mapping[str, object],
    wrong: Mapping[str, object] | None = None,
    *,
    quotable: Collection[str] | None = None,
    remarks: Mapping[str, object] | None = None,
) -> list[Part]:
    """Return the sections with their answers; after a bad form, with what was typed.

    `quotable` are the answers that may be quoted; without it, that is not asked. `remarks` say
    something about single answers.
    """
    spoken = language.current()

    def asked(question: Question) -> Asked:
        found = _asked(question, answers, wrong, spoken, quotable)
        said = str((remarks or {}).get(question.code, ""))
        return replace(found, remark=said, was=_digest(_lines(answers.get(question.code))))

    return [
        Part(
            section.code,
            section.title.of(spoken),
            tuple(map(asked, section.questions)),
            section.lead.of(spoken),
            warns=section is _first_with_texts(guide),
        )
        for section in guide.sections
    ]


def _first_with_texts(guide: GuideText) -> Section | None:
    with_texts = (s for s in guide.sections if any(q.kind is Kind.TEXT for q in s.questions))
    return next(with_texts, None)


def _asked(
    question: Question,
    answers: Mapping[str, object],
    wrong: Mapping[str, object] | None,
    spoken: str,
    quotable: Collection[str] | None,
) -> Asked:
    is_text = question.kind is Kind.TEXT
    given = answers.get(question.code)
    if wrong is not None:
        given = typed_for(question) if question.kind is Kind.RANKED else _first(question)
    ranked = tuple(given) if isinstance(given, list) else ()
    return Asked(
        code=question.code,
        kind=question.kind,
        text=question.text.of(spoken),
        hint=question.hint.of(spoken),
        steps=question.steps,
        options=tuple((one.code, one.name.of(spoken)) for one in question.options),
        value="" if given is None or isinstance(given, list) else str(given),
        ranked=(*ranked, *[""] * MOST_RANKED)[:MOST_RANKED],
        error=str((wrong or {}).get(question.code, "")),
        required=question.required,
        may_quote=question.code in quotable if quotable is not None and is_text else None,
    )


def _first(question: Question) -> str:
    return (request.form.getlist(question.code) or [""])[0]


def typed_for(question: Question) -> list[str]:
    """Return what the form holds for a question; ranked places come as three fields."""
    if question.kind is not Kind.RANKED:
        return request.form.getlist(question.code)
    return [request.form.get(f"{question.code}-{place}", "") for place in (1, 2, 3)]


def typed(guide: GuideText) -> dict[str, list[str]]:
    """Return what the form holds for the questions that it asked.

    A question whose field is not in the form at all is left as it is: one question can be saved
    alone. The form names those that it shows in `asked`, so an emptied choice is told from that.
    So is a field that holds what the page was made with: another tab may have changed it since.
    """
    shown = set(request.form.getlist("asked"))
    found = {one.code: typed_for(one) for one in guide.questions() if one.code in shown}
    return {
        code: given
        for code, given in found.items()
        if request.form.get(f"was-{code}") != _digest(given)
    }


def _lines(given: object) -> list[str]:
    """Return an answer as its form sends it."""
    if given is None:
        return []
    return given if isinstance(given, list) else [str(given)]


def _digest(given: Iterable[str]) -> str:
    lines = (one.replace("\r\n", "\n").strip() for one in given)
    return tokens.digest("\n".join(filter(None, lines)))[:12]
