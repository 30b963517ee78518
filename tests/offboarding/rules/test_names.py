import pytest

from alumni_portal.offboarding.rules.names import NameOrder, same_person_named, split_name

LAST, FIRST = NameOrder.LAST_FIRST, NameOrder.FIRST_LAST


@pytest.mark.parametrize(
    ("full", "order", "parts"),
    [
        ("Lind, Eva", LAST, ("Eva", "Lind")),
        ("von Essen, Anna-Lena", FIRST, ("Anna-Lena", "von Essen")),
        ("Eva Lind", FIRST, ("Eva", "Lind")),
        ("Eva Maria Lind", FIRST, ("Eva Maria", "Lind")),
        ("Eva von Essen", FIRST, ("Eva", "von Essen")),
        ("Lind Eva Maria", LAST, ("Eva Maria", "Lind")),
        ("von Essen Eva", LAST, ("Eva", "von Essen")),
        ("Madonna", FIRST, ("", "Madonna")),
        ("von", LAST, ("", "von")),
        ("", LAST, ("", "")),
        ("Lind,", LAST, ("", "Lind")),
    ],
)
def test_a_full_name_is_taken_apart(full: str, order: NameOrder, parts: tuple[str, str]) -> None:
    assert split_name(full, order) == parts


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (("Eva", "Lind"), ("EVA", "Lind"), True),
        (("Eva", "Lind"), ("Eva", "Ek"), True),
        (("Åsa", "Lind"), ("Asa", "Öhrn"), True),
        (("Eva", "Lind"), ("Bo", "Ek"), False),
    ],
)
def test_one_equal_part_may_be_one_person(
    one: tuple[str, str], other: tuple[str, str], same: object
) -> None:
    assert same_person_named(*one, *other) is same
