"""Documents to print and keep: tagged PDF (PDF/UA-1) for archives (PDF/A-2a). Only here is Typst.

A template in `templates/pdf` reads what it says from data, never as markup: whatever somebody has
written stands there as it is. The same data give the same bytes.
"""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any, Literal

import typst

from alumni_portal.core.paths import resource

_STANDARDS: list[Literal["ua-1", "a-2a"]] = ["ua-1", "a-2a"]


def made(template: str, data: Mapping[str, Any], *, language: str, at: datetime) -> bytes:
    """Return a document.

    `data` holds what JSON can hold; the template gets it with the `lang` of the text. `at` is when
    what it says was made: it stands in the document instead of the moment of printing.
    """
    source = resource("templates") / "pdf" / f"{template}.typ"
    return typst.compile(
        source.read_bytes(),
        format="pdf",
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps({**data, "lang": language})},
        pdf_standards=[*_STANDARDS],
        timestamp=int(at.timestamp()),
    )
