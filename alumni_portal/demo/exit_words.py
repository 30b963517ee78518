"""What invented leavers say: much workload until it was acted on, a little of everything else."""

from collections.abc import Mapping
from datetime import date, timedelta
from random import Random

from alumni_portal.core import clock

#: Since when the shifts are staffed better: answers about workload change from here.
BETTER_SINCE = timedelta(days=430)
_SCALES = {
    "competence": 3.7,
    "expectations": 3.5,
    "workload": 2.3,
    "balance": 3.0,
    "leadership": 3.4,
    "recognition": 3.1,
    "development": 2.8,
    "climate": 4.0,
    "processes": 2.9,
}
_AFTER = {"workload": 3.6, "balance": 3.6}
#: Reason → how often it is said, before and after the change.
_REASONS = {
    "workload": (70, 12),
    "career": (22, 24),
    "development": (18, 19),
    "pay": (20, 21),
    "leadership": (12, 13),
    "balance": (14, 8),
    "processes": (9, 10),
    "commute": (7, 8),
    "recognition": (7, 7),
    "tasks": (6, 6),
    "offer": (9, 10),
    "climate": (4, 4),
    "studies": (5, 5),
    "private_life": (5, 5),
}
TEXTS: dict[str, tuple[str, ...]] = {
    "stay_open": (
        "En väg till specialist som inte går genom att bli chef.",
        "Fler på passet. Vi var två som gjorde fyras jobb.",
        "Att lönen hade följt med när ansvaret växte.",
        "Att någon hade frågat vad jag ville göra härnäst.",
        "Ett schema som går ihop med resten av livet.",
    ),
    "keep_open": (
        "Kollegerna. Man hjälps åt, också när det är mycket.",
        "Fredagsfikat och att man får säga vad man tycker.",
        "Introduktionen var den bästa jag har haft.",
    ),
    "change_open": (
        "Ett beslut ska inte ta tre månader.",
        "Systemen. Vi skriver samma sak på tre ställen.",
        "Låt folk arbeta hemma någon dag i veckan.",
    ),
}

#: What two coders find in those texts, in their order.
_FOUND = {
    "stay_open": ("career", "workload", "pay", "development", "balance"),
    "keep_open": ("climate", "climate", "climate"),
    "change_open": ("processes", "processes", "balance"),
}


def found_in(answers: Mapping[str, object]) -> dict[str, str]:
    """Return the reason that coders find in each text, by question."""
    return {
        question: reasons[TEXTS[question].index(str(answers[question]))]
        for question, reasons in _FOUND.items()
        if question in answers
    }


def answers_of(last_day: date, chance: Random) -> dict[str, object]:
    """Return what one leaver answered, some questions left out."""
    better = last_day >= clock.today() - BETTER_SINCE
    found: dict[str, object] = {}
    for code, mean in _SCALES.items():
        if chance.random() < 0.93:
            middle = _AFTER.get(code, mean) if better else mean
            found[code] = max(1, min(5, round(chance.gauss(middle, 1.0))))
    found["reasons"] = _reasons(chance, better=better)
    if chance.random() < 0.8:
        found["goes_to"] = chance.choice(("other_employer", "other_employer", "studies"))
    for code, texts in TEXTS.items():
        if chance.random() < 0.4:
            found[code] = chance.choice(texts)
    found["would_recommend"] = max(0, min(10, round(chance.gauss(7.1 if better else 6.3, 2))))
    found["would_return"] = max(0, min(10, round(chance.gauss(6.4 if better else 5.8, 2.4))))
    return found


def _reasons(chance: Random, *, better: bool) -> list[str]:
    weights = [after if better else before for before, after in _REASONS.values()]
    drawn = chance.choices(list(_REASONS), weights, k=chance.choice((1, 2, 2, 3)))
    return list(dict.fromkeys(drawn))
