"""What greetings say until HR writes something else, and what their words may hold."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from alumni_portal.newsletters.rules.greetings import STEPS

LANGUAGES = ("sv", "en")
#: What HR may write in double braces.
OWN_SLOTS = frozenset({"first_name", "brand"})


@dataclass(frozen=True)
class Words:
    """One greeting in one language: its subject, and its text as Markdown."""

    subject: str
    text: str


#: Greeting → language → words.
Texts = Mapping[int, Mapping[str, Words]]

DEFAULTS: Texts = {
    30: {
        "sv": Words(
            "Hur är det, {{first_name}}?",
            "Hej {{first_name}}!\n\nDet har gått en månad sedan du slutade hos oss. Vi hoppas att"
            " du har landat bra.\n\nDu är kvar i nätverket. Där hittar du kollegor från din tid,"
            " träffar och lediga jobb.\n\nHar du en fråga om din tid här, eller vill du bara"
            " berätta hur det går? Svara på mejlet, så läser en människa det.",
        ),
        "en": Words(
            "How are things, {{first_name}}?",
            "Hi {{first_name}}!\n\nIt is a month since you left us. We hope you have settled in"
            " well.\n\nYou are still part of the network. There you find colleagues from your"
            " time, events and open roles.\n\nDo you have a question about your time here, or do"
            " you just want to tell us how it is going? Reply to this email, and a person will"
            " read it.",
        ),
    },
    180: {
        "sv": Words(
            "Ett halvår senare",
            "Hej {{first_name}}!\n\nNu har det gått ett halvår. Mycket är sig likt hos oss, och"
            " en del är nytt.\n\nDet du lärde dig här är fortfarande värt något för oss, och det"
            " du har lärt dig sedan dess också. Vi säger inget mer om det i dag. Vi vill bara"
            " veta hur du ser på saken.",
        ),
        "en": Words(
            "Half a year later",
            "Hi {{first_name}}!\n\nHalf a year has passed. Much is the same with us, and some"
            " things are new.\n\nWhat you learned here still matters to us, and so does what you"
            " have learned since. We will say no more about that today. We just want to know how"
            " you see it.",
        ),
    },
    365: {
        "sv": Words(
            "Ett år har gått, {{first_name}}",
            "Hej {{first_name}}!\n\nI dag är det ungefär ett år sedan din sista dag. Det här är"
            " den sista hälsningen av det här slaget.\n\nDörren står öppen. Om du någon gång vill"
            " tillbaka räcker det att du säger det, nu eller senare.",
        ),
        "en": Words(
            "A year has passed, {{first_name}}",
            "Hi {{first_name}}!\n\nIt is about a year since your last day. This is the last"
            " greeting of this kind.\n\nThe door is open. If you ever want to come back, all you"
            " need to do is say so, now or later.",
        ),
    },
}


def texts_of(stored: Mapping[str, Any]) -> dict[int, dict[str, Words]]:
    """Return what every greeting says: what HR wrote, or else what it says from the start."""
    return {
        step: {
            spoken: Words(**stored[str(step)][spoken]) if str(step) in stored else words
            for spoken, words in DEFAULTS[step].items()
        }
        for step in STEPS
    }


def stored(texts: Texts) -> dict[str, Any]:
    """Return texts in the form in which they are kept."""
    return {
        str(step): {spoken: vars(words) for spoken, words in said.items()}
        for step, said in texts.items()
    }
