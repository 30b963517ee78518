"""What went into a release, as one mark (A13): the same people under other tokens give the same."""

import hashlib
import json
from collections.abc import Sequence

from alumni_portal.insights.rules.counting import Counting
from alumni_portal.insights.rules.population import Counted


def fingerprint(quarter: str, k: int, people: Sequence[Counted], counting: Counting) -> str:
    """Return the hash of a quarter, a k, and what each person is counted by and answered."""
    asked = sorted(counting.replies)
    said = zip(*(counting.replies[question].read() for question in asked), strict=True)
    lines = sorted(
        json.dumps(
            [
                *(p.units, p.quarter, p.row.tenure_band, p.row.exit_type),
                [(question, word) for question, word in zip(asked, words, strict=True) if word],
            ]
        )
        for p, words in zip(people, said, strict=False)
    )
    return hashlib.sha256(json.dumps([quarter, k, lines]).encode()).hexdigest()
