from datetime import timedelta

import pytest
import time_machine
from cryptography.exceptions import InvalidTag
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from alumni_portal.core import clock, tokens

pytestmark = pytest.mark.usefixtures("inside")
WITHIN = settings(max_examples=50, suppress_health_check=list(HealthCheck), deadline=None)


def test_tokens_are_long_and_never_the_same() -> None:
    made = {tokens.new_token() for _one in range(1000)}
    assert len(made) == 1000
    assert min(map(len, made)) >= 43


def test_each_purpose_has_a_key_of_its_own() -> None:
    assert tokens.derive("audit") != tokens.derive("letter")
    assert len(tokens.derive("audit")) == 32


def test_a_code_is_eight_signs_without_look_alikes() -> None:
    codes = {tokens.code_of(tokens.new_token()) for _one in range(500)}
    assert len(codes) == 500
    assert all(len(code) == 8 and not set(code) & set("01OIAEUL") - {"L"} for code in codes)
    assert tokens.tidy_code(" bcdf-ghjk ") == "BCDFGHJK"


@given(text=st.text(max_size=200))
@WITHIN
def test_what_is_sealed_opens_unchanged(inside: Flask, text: str) -> None:
    sealed = tokens.seal("letter", text)
    assert tokens.unseal("letter", sealed) == text
    assert not text or text.encode() not in sealed or len(text) < 3


def test_a_changed_or_foreign_seal_does_not_open() -> None:
    sealed = bytearray(tokens.seal("letter", "hej"))
    with pytest.raises(InvalidTag):
        tokens.unseal("answer", bytes(sealed))
    sealed[-1] ^= 1
    with pytest.raises(InvalidTag):
        tokens.unseal("letter", bytes(sealed))


def test_a_signature_is_for_one_purpose_and_a_time() -> None:
    with time_machine.travel(clock.now(), tick=False) as time:
        signed = tokens.sign("case", {"id": 1})
        assert tokens.unsign("case", signed, max_age=timedelta(hours=1)) == {"id": 1}
        assert tokens.unsign("other", signed) is None
        assert tokens.unsign("case", "x" + signed[1:]) is None
        time.shift(timedelta(hours=1, seconds=1))
        assert tokens.unsign("case", signed, max_age=timedelta(hours=1)) is None


@pytest.mark.parametrize("proof", ["é", "\ud800", "", "\0", "K" * 22, "\u2028"])
def test_a_stamp_with_any_signs_in_its_proof_is_no_stamp(proof: str) -> None:
    body, _dot, right = tokens.stamper("x")("AAA").partition(".")
    assert tokens.unstamp("x", f"{body}.{right}") == "AAA"
    assert tokens.unstamp("x", f"{body}.{proof}") is None
    assert tokens.unstamp("x", f"{body}.{right}{proof or '.'}") is None
