"""The employer's hue as the hex colours that mail programs understand.

Pages write their colours as OKLCH in the style sheet; lightness and chroma here are its tokens.
The conversion is that of the CSS Color 4 specification.
"""

from math import cos, radians, sin

#: Token of a letter → lightness and chroma, with the employer's hue.
LETTER = {
    "brand": (0.45, 0.17),
    "soft": (0.96, 0.012),
    "ink": (0.25, 0.05),
    "quiet": (0.43, 0.04),
    "line": (0.905, 0.012),
    "paper": (0.976, 0.006),
}


def letter_colours(hue: float) -> dict[str, str]:
    """Return the colours of letters for a hue: token → `#rrggbb`."""
    return {name: hex_of(light, chroma, hue) for name, (light, chroma) in LETTER.items()}


def hex_of(lightness: float, chroma: float, hue: float) -> str:
    """Return an OKLCH colour as hex, with less chroma where a screen cannot show it."""
    while chroma > 0 and not all(
        -1e-4 <= part <= 1.0001 for part in _linear(lightness, chroma, hue)
    ):
        chroma -= 0.005
    parts = (_byte(part) for part in _linear(lightness, max(chroma, 0), hue))
    return "#" + "".join(f"{part:02x}" for part in parts)


def _linear(lightness: float, chroma: float, hue: float) -> tuple[float, float, float]:
    a, b = chroma * cos(radians(hue)), chroma * sin(radians(hue))
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3
    return (
        4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * medium + 1.707614701 * short,
    )


def _byte(part: float) -> int:
    shown = 12.92 * part if part <= 0.0031308 else 1.055 * part ** (1 / 2.4) - 0.055
    return round(255 * min(max(shown, 0), 1))
