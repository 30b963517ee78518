"""Why a mail failed is told in words, whatever the server said."""

import pytest

from alumni_portal.mail.rules import nobody_is_there
from alumni_portal.mail.rules.meaning import meaning


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ("550 5.1.1 User unknown", "Adressen finns inte"),
        ("556 5.1.10 takes no mail", "Adressen finns inte"),
        ("550 <bo@post.example>: 5.1.1.", "Adressen finns inte"),
        ("550 5.1.8 Domain not found", "Mottagarens server tar inte emot mejl från oss"),
        ("552 5.2.2 over quota", "Brevlådan är full"),
        ("550 5.2.1 disabled", "Brevlådan är stängd"),
        ("552 5.3.4 too big", "Brevet är för stort för mottagaren"),
        ("553 5.6.7 needs SMTPUTF8", "Vår mejlserver kan inte skriva till en sådan adress"),
        ("554 5.6.0 it cannot be made: KeyError", "Brevet gick inte att göra färdigt"),
        ("554 5.7.1 blocked", "Mottagarens server tar inte emot mejl från oss"),
        ("550 no", "Mottagarens server tog inte emot brevet"),
        ("450 4.2.0 busy", "Servern bad oss försöka senare, ända tills två dygn hade gått"),
        ("EOFError", "Förbindelsen bröts gång på gång, ända tills två dygn hade gått"),
        ("", "Förbindelsen bröts gång på gång, ända tills två dygn hade gått"),
    ],
)
def test_a_failure_has_its_words(answer: str, said: str) -> None:
    assert meaning(answer) == said


@pytest.mark.parametrize(
    "answer",
    [
        "550 5.1.0 no",
        "550 5.1.11 no",
        "450 4.1.1 no",
        "250 5.1.1",
        "550 5.7.1 client host [203.5.1.10] blocked",
        "550 5.7.1 client host [5.1.1.7] blocked",
    ],
)
def test_other_answers_say_nothing_about_whether_somebody_is_there(answer: str) -> None:
    assert not nobody_is_there(answer)
