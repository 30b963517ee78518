"""How long a signature takes here, and what an operator is told to do about it."""

import pytest

from alumni_portal.cli.mail import said_of
from alumni_portal.mail.services.signing_speed import SigningSpeed, measured


@pytest.mark.parametrize(
    ("speed", "is_faster"),
    [
        (SigningSpeed(1_000, 640), True),
        (SigningSpeed(1_000, 899), True),
        (SigningSpeed(1_000, 901), False),
        (SigningSpeed(700, 710), False),
    ],
)
def test_a_setting_is_advised_where_it_is_felt(speed: SigningSpeed, *, is_faster: bool) -> None:
    told = " ".join(said_of(speed))
    assert speed.is_faster_without is is_faster
    assert ("would not make it faster" in told) is not is_faster
    assert ("`alumni-portal worker`" in told) is is_faster
    assert "OPENSSL_ia32cap=:~0x80000" in told


def test_both_ways_are_measured_with_real_signatures() -> None:
    speed = measured()
    assert 0 < speed.as_it_is < 1_000_000
    assert 0 < speed.without_adx < 1_000_000
