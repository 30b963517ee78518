"""The settings of the application that is running, for code that must not know Flask."""

from dataclasses import dataclass

from flask import current_app

from alumni_portal.core.colours import letter_colours
from alumni_portal.core.settings import Settings


@dataclass(frozen=True)
class Brand:
    """The employer's name and colour, as pages and letters show them."""

    name: str
    hue: int

    def __str__(self) -> str:
        return self.name

    @property
    def colours(self) -> dict[str, str]:
        """Return the colours of letters, as hex."""
        return letter_colours(self.hue)


def settings() -> Settings:
    """Return the settings of this installation."""
    found: Settings = current_app.extensions["alumni_portal.settings"]
    return found


def brand() -> Brand:
    """Return the employer's name and colour."""
    return Brand(settings().brand_name, settings().brand_hue)
