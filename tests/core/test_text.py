import pytest
from hypothesis import given
from hypothesis import strategies as st

from alumni_portal.core import paging, text


def test_names_stand_in_swedish_order() -> None:
    names = ["Örn", "Ärlig", "Ås", "Zeb", "Éva", "Adam", "Ø", "von Essen"]
    assert sorted(names, key=text.sort_key) == [
        "Adam",
        "Éva",
        "von Essen",
        "Zeb",
        "Ås",
        "Ärlig",
        "Ø",
        "Örn",
    ]


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("Ångström", "angstrom"),
        ("  Åsa\u00a0 LIND ", "asa lind"),
        ("Straße", "strasse"),
        ("Đorđe", "dorde"),
        ("C++", "cplusplus"),
        ("Zoe\u0308", "zoe"),
    ],
)
def test_text_is_compared_without_accents(written: str, plain: str) -> None:
    assert text.normalise(written) == plain


@given(st.text(max_size=100))
def test_a_line_is_one_line_and_cleaning_ends(written: str) -> None:
    cleaned = text.clean_line(written)
    assert len(cleaned.splitlines()) <= 1
    assert text.clean_line(cleaned) == cleaned
    assert not set(cleaned) & {"\u202e", "\u2028", "\x00", "\ufeff"}


@pytest.mark.parametrize(
    ("name", "mark"),
    [("Åsa Lind", "ÅL"), ("Cher", "C"), ("", "?"), ("Bo von Ek", "BE"), ("42", "?")],
)
def test_a_name_has_one_or_two_letters(name: str, mark: str) -> None:
    assert text.initials(name) == mark


@pytest.mark.parametrize(("key", "tint"), [("", 1), ("a", 3), ("A", 3), ("åäö", 4), ("?", 2)])
def test_a_key_has_one_of_six_tints(key: str, tint: int) -> None:
    assert text.tint(key) == tint


@given(st.text())
def test_every_key_has_a_tint(key: str) -> None:
    assert text.tint(key) in range(1, 7)


@given(st.lists(st.one_of(st.text(max_size=20), st.integers(-(2**40), 2**40)), max_size=4))
def test_a_mark_of_a_page_comes_back(key: list[str | int]) -> None:
    assert paging.decode(paging.encode(key)) == key


@pytest.mark.parametrize("mark", [None, "", "x", "!!!", "e30", "bnVsbA", "W251bGxd", "å"])
def test_a_mark_that_is_not_ours_is_the_first_page(mark: str | None) -> None:
    assert paging.decode(mark) is None
