"""Codes that a camera reads (QR), drawn here: nothing is asked of any other site."""

import io

import segno
from markupsafe import Markup


def as_svg(address: str, *, namespace: bool = False) -> Markup:
    """Return an address as a QR code: one path, black on white, with its quiet margin.

    In a page it needs no `namespace`, as a picture of its own it does.
    """
    drawn = io.BytesIO()
    segno.make(address, error="m").save(
        drawn, kind="svg", xmldecl=False, svgns=namespace, omitsize=True, border=4, light="white"
    )
    return Markup(drawn.getvalue().decode())


def as_png(address: str) -> bytes:
    """Return the same as a picture that can go with a letter."""
    drawn = io.BytesIO()
    segno.make(address, error="m").save(drawn, kind="png", scale=8, border=4)
    return drawn.getvalue()
