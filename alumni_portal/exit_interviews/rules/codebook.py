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


@dataclass(frozen=True, kw_only=True)
class Theme:
    """What HR acts on: a group of reasons."""

    code: str
    name: Words


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


def _themes(*rows: tuple[str, str, str]) -> Mapping[str, Theme]:
    made = {code: Theme(code=code, name=Words(sv, en)) for code, sv, en in rows}
    return MappingProxyType(made)


#: The themes, in the order in which they are shown.
THEMES: Mapping[str, Theme] = _themes(
    ("leadership", "Ledarskap", "Leadership"),
    ("development", "Utveckling och karriär", "Development and career"),
    ("pay", "Lön och förmåner", "Pay and benefits"),
    ("workload", "Arbetsbelastning", "Workload"),
    ("tasks", "Arbetsuppgifter", "The work itself"),
    ("cooperation", "Samarbete och klimat", "Cooperation and climate"),
    ("recognition", "Erkännande", "Recognition"),
    ("processes", "Arbetssätt och beslut", "Processes and decisions"),
    ("workplace", "Arbetsplats och resor", "Workplace and travel"),
    ("balance", "Balans i livet", "Work–life balance"),
    ("security", "Trygghet i anställningen", "Job security"),
    ("private_life", "Privatliv", "Private life"),
)
