"""The code book: themes and stated reasons, with what each means and an example.

A stated reason is what the leaver says. It is never the legal ground of the exit.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType


class Force(StrEnum):
    """Whether something here pushed, or something elsewhere pulled."""

    PUSH = "push"
    PULL = "pull"


@dataclass(frozen=True)
class Words:
    """The same words in the two languages."""

    sv: str
    en: str

    def of(self, language: str) -> str:
        """Return the words in a language."""
        return self.en if language == "en" else self.sv


NO_WORDS = Words("", "")


@dataclass(frozen=True, kw_only=True)
class Theme:
    """What HR acts on: a group of reasons."""

    code: str
    name: Words
    definition: Words = NO_WORDS
    example: Words = NO_WORDS


@dataclass(frozen=True, kw_only=True)
class Reason:
    """One stated reason."""

    code: str
    name: Words
    definition: Words
    example: Words
    force: Force
    theme: str
    #: Beginnings of words in an open answer that suggest this reason.
    keywords: tuple[str, ...] = ()

    @property
    def is_push(self) -> bool:
        """Say whether it is something that we could have changed."""
        return self.force is Force.PUSH


def _themes(*rows: tuple[str, str, str, str, str]) -> Mapping[str, Theme]:
    made = {
        code: Theme(code=code, name=Words(sv, en), definition=Words(means_sv, means_en))
        for code, sv, en, means_sv, means_en in rows
    }
    return MappingProxyType(made)


#: The themes, in the order in which they are shown.
THEMES: Mapping[str, Theme] = _themes(
    (
        "leadership",
        "Ledarskap",
        "Leadership",
        "Hur chefer leder, ger stöd och besked.",
        "How managers lead, support and decide.",
    ),
    (
        "development",
        "Utveckling och karriär",
        "Development and career",
        "Att få lära nytt, växa och komma vidare.",
        "Learning, growing and moving on.",
    ),
    (
        "pay",
        "Lön och förmåner",
        "Pay and benefits",
        "Lön, pension, ledighet och andra villkor.",
        "Pay, pension, leave and other terms.",
    ),
    (
        "workload",
        "Arbetsbelastning",
        "Workload",
        "Hur mycket som ska hinnas med, och med vilka resurser.",
        "How much must be done, and with what means.",
    ),
    (
        "tasks",
        "Arbetsuppgifter",
        "The work itself",
        "Vad arbetet består av och om det går att vara stolt över.",
        "What the work consists of, and whether one can be proud of it.",
    ),
    (
        "cooperation",
        "Samarbete och klimat",
        "Cooperation and climate",
        "Hur man har det med kolleger och andra grupper.",
        "How it is with colleagues and other teams.",
    ),
    (
        "recognition",
        "Erkännande",
        "Recognition",
        "Att det man gör blir sett och räknas.",
        "That what one does is seen and counts.",
    ),
    (
        "processes",
        "Arbetssätt och beslut",
        "Processes and decisions",
        "Hur arbetet är ordnat, vem som beslutar och hur fort.",
        "How work is organised, who decides and how fast.",
    ),
    (
        "workplace",
        "Arbetsplats och resor",
        "Workplace and travel",
        "Lokaler, utrustning, plats och resvägen dit.",
        "Premises, equipment, place and the way there.",
    ),
    (
        "balance",
        "Balans i livet",
        "Work–life balance",
        "Om arbetet går ihop med resten av livet.",
        "Whether work goes together with the rest of life.",
    ),
    (
        "security",
        "Trygghet i anställningen",
        "Job security",
        "Anställningsform, omorganisation och vad som händer sedan.",
        "Form of employment, reorganisation and what comes next.",
    ),
    (
        "private_life",
        "Privatliv",
        "Private life",
        "Skäl utanför arbetet.",
        "Reasons outside work.",
    ),
)
