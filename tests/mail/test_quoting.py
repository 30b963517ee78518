"""Values of plain signs are quoted quickly, and read as they were."""

import quopri
from string import ascii_letters

from hypothesis import example, given
from hypothesis import strategies as st

from alumni_portal.mail.rules.quoting import LONGEST, plain_value

#: What breaks lines or has to be written differently: many dots, and the other plain signs.
SIGNS = st.sampled_from("...://?&-_" + ascii_letters)


@given(st.text(SIGNS, min_size=1, max_size=4 * LONGEST))
@example("a" * 74)
@example("a" * 75)
@example("a" * 76)
@example("a" * 75 + "." + "b" * 40)
@example("." + "a" * 100)
@example("a" * 150)
@example("a" * 151)
@example("a" * 150 + "." + "b" * 40)
def test_a_plain_value_reads_as_it_was_in_lines_that_smtp_carries(value: str) -> None:
    made = plain_value(value.encode())
    assert quopri.decodestring(made) == value.encode()
    *lines, end = made.split(b"\r\n")
    assert end == b""
    assert all(one.endswith(b"=") and len(one) <= LONGEST for one in lines)
    assert not any(one.startswith(b".") for one in lines)
