"""Letters wear the employer's colour, readable in every hue."""

import pytest

from alumni_portal.core.colours import hex_of, letter_colours


def luminance(colour: str) -> float:
    """Return the relative luminance of WCAG 2."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_black_white_and_a_known_colour_come_out_as_the_specification_says() -> None:
    assert hex_of(0, 0, 0) == "#000000"
    assert hex_of(1, 0, 0) == "#ffffff"
    assert hex_of(0.627955, 0.257683, 29.2339) == "#ff0000"


def test_a_colour_that_no_screen_shows_loses_chroma_and_keeps_its_lightness() -> None:
    assert abs(luminance(hex_of(0.45, 0.4, 150)) - luminance(hex_of(0.45, 0.1, 150))) < 0.02


@pytest.mark.parametrize("hue", range(0, 360, 20))
def test_text_in_a_letter_can_be_read_in_every_hue(hue: int) -> None:
    colours = letter_colours(hue)
    assert contrast(colours["brand"], "#ffffff") >= 4.5
    assert contrast(colours["ink"], colours["paper"]) >= 7
    assert contrast(colours["quiet"], colours["soft"]) >= 4.5
