"""One blank line between paragraphs of plain text, whoever reads it."""

import re
from itertools import product

import pytest
from flask import Flask

from alumni_portal.mail.rules.slots import fill_text
from alumni_portal.newsletters import services
from alumni_portal.newsletters.models import Newsletter
from alumni_portal.newsletters.queries import Kind
from alumni_portal.newsletters.rules import spaced
from alumni_portal.newsletters.services import Block, Only, Said
from tests.newsletters.making import content

#: What is written; what somebody reads whose unit is known, and somebody whose is not.
WRITTEN = [
    ("", "", ""),
    ("A", "A\n\n", "A\n\n"),
    ("A\n\n{{#unit}}B{{/unit}}\n\nC", "A\n\nB\n\nC\n\n", "A\n\nC\n\n"),
    ("A\n\n{{#unit}}\nB\n{{/unit}}\n\nC", "A\n\nB\n\nC\n\n", "A\n\nC\n\n"),
    ("A\n\n{{#unit}}\n\nB\n\n\n{{/unit}}\n\n\n\nC", "A\n\nB\n\nC\n\n", "A\n\nC\n\n"),
    ("{{#unit}}B{{/unit}}\n\nC", "B\n\nC\n\n", "C\n\n"),
    ("A\n\n{{#unit}}B{{/unit}}", "A\n\nB\n\n", "A\n\n"),
    ("{{#unit}}B{{/unit}}", "B\n\n", ""),
    ("{{#unit}}B{{/unit}}\n\n{{^unit}}C{{/unit}}", "B\n\n", "C\n\n"),
    ("A\n\n{{^unit}}\nB\n{{/unit}}\n\n{{#unit}}\nC\n{{/unit}}", "A\n\nC\n\n", "A\n\nB\n\n"),
    # one after the other without a blank line: none comes up, and none is lost
    ("A\n{{#unit}}B{{/unit}}\nC", "A\nB\nC\n\n", "A\nC\n\n"),
    ("A\n{{#unit}}B{{/unit}}\n\nC", "A\nB\n\nC\n\n", "A\n\nC\n\n"),
    ("A\n\n{{#unit}}B{{/unit}}\nC", "A\n\nB\nC\n\n", "A\n\nC\n\n"),
    # inside a line nothing is moved
    ("Hej{{#unit}} i {{unit}}{{/unit}}\n\nC", "Hej i Elkraft\n\nC\n\n", "Hej\n\nC\n\n"),
    ("{{#unit}}B{{/unit}}, C\n\nD", "B, C\n\nD\n\n", ", C\n\nD\n\n"),
    ("{{#unit}}B{{/unit}}{{^unit}}C{{/unit}}\n\nD", "B\n\nD\n\n", "C\n\nD\n\n"),
    ("A\n\n{{#unit}}B\n\nB2{{/unit}}\n\nC", "A\n\nB\n\nB2\n\nC\n\n", "A\n\nC\n\n"),
    # what is not closed, or never opened, is text
    ("A\n\n{{#unit}}B", "A\n\n{{#unit}}B\n\n", "A\n\n{{#unit}}B\n\n"),
    ("A{{/unit}}\n\nB", "A{{/unit}}\n\nB\n\n", "A{{/unit}}\n\nB\n\n"),
]


@pytest.mark.parametrize(("written", "known", "unknown"), WRITTEN)
def test_one_blank_line_whoever_reads(written: str, known: str, unknown: str) -> None:
    assert fill_text(spaced(written), {"unit": "Elkraft"}) == known
    assert fill_text(spaced(written), {"unit": ""}) == unknown


@pytest.mark.parametrize("only", list(product(Only, repeat=3)), ids="-".join)
def test_blocks_stand_apart_by_one_blank_line_in_every_combination(
    app: Flask, only: tuple[Only, ...]
) -> None:
    blocks = (
        Block(id="a", kind=Kind.TEXT, said={"sv": Said(text="Ett\n\nTvå")}, only=only[0]),
        Block(id="b", kind=Kind.BUTTON, said={"sv": Said(label="Läs")}, url="x", only=only[1]),
        Block(id="c", kind=Kind.HEADING, said={"sv": Said(heading="Rubrik")}, only=only[2]),
        Block(id="d", kind=Kind.IMAGE, only=only[0]),
    )
    with app.app_context():
        made = Newsletter(public_id="x", title="T", stored=content(*blocks).stored())
        for unit in ("Elkraft", ""):
            text = services.tried_on(made, "sv", unit=unit).text
            assert "\n\n\n" not in text
            assert "{{" not in text
            assert re.search(r"\S\n\n--\n", text)
