"""What comes back is known by an address that only we can make (S53)."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st

from alumni_portal.core.db import new_public_id
from alumni_portal.mail.services import return_paths
from alumni_portal.mail.services.return_paths import Returned
from tests.bounces.identity import BOUNCES, bare
from tests.support.covers import covers

LARGEST = 9_999_999_999


@pytest.mark.parametrize("person_id", [1, 42, LARGEST])
def test_a_copy_is_known_by_its_sender(tmp_path: Path, person_id: int) -> None:
    ref = new_public_id()
    with bare(tmp_path).app_context():
        sender = return_paths.envelope_sender(ref, person_id)
        local, _at, domain = sender.partition("@")
        assert domain == BOUNCES
        assert len(local) <= 64, "RFC 5321 4.5.3.1.1"
        assert local == local.lower()
        for written in (local, local.upper(), local.title()):
            assert return_paths.read(written) == Returned(ref, person_id)


def test_a_letter_is_known_by_its_sender(tmp_path: Path) -> None:
    ref = new_public_id()
    with bare(tmp_path).app_context():
        local = return_paths.letter_return_path(ref).partition("@")[0]
        assert return_paths.read(local) == Returned(ref, None)
        assert return_paths.read(local.replace(".", ".7.")) is None, "a letter is no copy"


def test_bounces_may_go_to_a_mailbox_that_takes_names_after_a_plus(tmp_path: Path) -> None:
    with bare(tmp_path, mail_bounces="studsar@sundmark.example").app_context():
        sender = return_paths.envelope_sender("a" * 20, LARGEST)
        assert sender.startswith("studsar+")
        assert sender.endswith("@sundmark.example")
        assert return_paths.read(sender.partition("@")[0]) == Returned("a" * 20, LARGEST)


def test_without_a_place_for_bounces_the_sender_is_the_plain_one(tmp_path: Path) -> None:
    with bare(tmp_path, mail_bounces="").app_context():
        assert return_paths.envelope_sender("abc", 1) == "alumni@sundmark.example"
        assert return_paths.letter_return_path("abc") == "alumni@sundmark.example"


@covers("S53")
def test_nobody_else_can_make_one(tmp_path: Path) -> None:
    with bare(tmp_path).app_context():
        local = return_paths.envelope_sender("Rf2x", 7).partition("@")[0]
        start, ref, proof = local.partition("+")[2].partition(".")[0], local, local[-16:]
        forged = [
            "b+",
            "",
            f"b+{start}.7.{'a' * 16}",
            ref.replace(".7.", ".8."),
            ref[:-1],
            f"{ref}a",
            f"b+{start}.7{proof}",
            f"b+{start}.{'9' * 19}.{proof}",
            local.partition("+")[2],
        ]
        assert [one for one in forged if return_paths.read(one) is not None] == []
    with bare(tmp_path, secret_key="another-secret-of-32-signs-or-more").app_context():
        assert return_paths.read(local) is None, "another installation's"


@given(st.text(max_size=80) | st.from_regex(r"b\+[a-z2-7]{1,33}\.[0-9]{0,20}\.[a-z2-7]{16}"))
@examples(max_examples=100)
def test_reading_never_fails(local: str) -> None:
    with bare(Path("build")).app_context():
        assert return_paths.read(local) is None
