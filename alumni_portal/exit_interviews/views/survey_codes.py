"""Values of a file and what they mean: asked on a page, taken from what was sent."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from flask import request

from alumni_portal.exit_interviews.rules.survey_columns import QUESTIONS, Part
from alumni_portal.exit_interviews.rules.survey_mapping import NO, YES, Scale, SurveyMapping
from alumni_portal.exit_interviews.rules.survey_rows import onto
from alumni_portal.exit_interviews.services.survey_drafts import Group
from alumni_portal.exit_interviews.views.survey_words import Options, meanings

_YES = {"yes", "ja", "true", "sant", "x", "y", "j", "1"}


@dataclass(frozen=True)
class AskedCodes:
    """Columns with the same values, each value with what it probably means."""

    headings: tuple[str, ...]
    options: Options
    values: list[tuple[str, str]]


def asked_codes(groups: Sequence[Group], mapping: SurveyMapping) -> list[AskedCodes]:
    """Return what must be asked about the values of a file."""
    return [_asked(group, mapping) for group in groups]


def _asked(group: Group, mapping: SurveyMapping) -> AskedCodes:
    heading = group.headings[0]
    low, high = QUESTIONS.get(mapping.columns[heading].detail, (1, 5))
    known = mapping.codes_of(heading)
    scale = mapping.scale_of(heading) or _scale(group.values)

    def meaning(value: str) -> str:
        given = known.get(value.casefold())
        return _probably(group.part, value, scale, low, high) if given is None else given

    values = [(value, meaning(value)) for value in group.values]
    return AskedCodes(group.headings, meanings(group.part, low, high), values)


def _probably(part: Part, value: str, scale: Scale | None, low: int, high: int) -> str:
    if part is Part.REASON:
        return YES if value.casefold() in _YES else NO
    figure = _figure(value)
    if part is Part.QUESTION and scale is not None and figure is not None:
        return str(onto(figure, scale, low, high))
    return ""


def _scale(values: Sequence[str]) -> Scale | None:
    """Return the scale that figures probably have: from the lowest to the highest that occurs."""
    figures = [one for one in map(_figure, values) if one is not None]
    if len(set(figures)) < 2:
        return None
    return Scale(float(min(figures)), float(max(figures)))


def _figure(value: str) -> Fraction | None:
    try:
        return Fraction(value.replace(",", "."))
    except (ValueError, ZeroDivisionError):
        return None


def posted_codes(groups: Sequence[Group]) -> dict[str, dict[str, str]]:
    """Return what was sent: heading → value → meaning, the same for columns asked together."""
    found: dict[str, dict[str, str]] = {}
    for number, group in enumerate(groups):
        codes = {
            value.casefold(): request.form.get(f"code-{number}-{at}", "")
            for at, value in enumerate(group.values)
        }
        found |= dict.fromkeys(group.headings, codes)
    return found
