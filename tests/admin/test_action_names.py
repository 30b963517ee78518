"""The audit log speaks Swedish: every action that the code records has a name."""

import re
from collections.abc import Iterator

import pytest

from alumni_portal.admin.rules import ACTIONS
from tests.support.repository import ROOT

RECORDED = re.compile(r'record\(\s*"([a-z_]+\.[a-z_]+)"')


def recorded() -> Iterator[str]:
    for path in sorted((ROOT / "alumni_portal").rglob("*.py")):
        yield from RECORDED.findall(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("action", sorted(set(recorded())))
def test_every_recorded_action_has_a_name_that_people_read(action: str) -> None:
    assert action in ACTIONS
