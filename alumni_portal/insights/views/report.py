"""The page of figures as a document: the same figures, from the same drawing, to print and keep."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import gettext as _

from alumni_portal.core import pdf
from alumni_portal.core.formats import date_long
from alumni_portal.core.installation import brand
from alumni_portal.insights.queries import Released
from alumni_portal.insights.views.wording import quarter_words

Rows = Sequence[Sequence[Any]]


def of(released: Released, drawn: Mapping[str, Any], *, language: str) -> bytes:
    """Return what the page of a release shows as a document.

    `drawn` is what the page itself is given: no figure is read here.
    """
    data = {
        "title": _("Insikter från avgångssamtal"),
        "publisher": brand().name,
        "about": _(
            "%(name)s. Publicerad %(day)s, gäller avslut till och med %(quarter)s.",
            name=brand().name,
            day=date_long(released.made_at),
            quarter=quarter_words(released.quarter),
        ),
        "finding": drawn["finding"],
        "tables": [_table(*one) for one in _tables(drawn) if one[2]],
        "rules": {"title": _("Så är siffrorna gjorda"), "lines": _rules(released)},
    }
    return pdf.made("figures", data, language=language, at=released.made_at)


def _rules(released: Released) -> list[str]:
    """Return how the figures are made, for whoever reads them on paper."""
    return [
        _(
            "Färre än %(k)s svar visas aldrig, och heller ingen ruta som skulle gå att "
            "räkna fram. Om kommentarer gäller tio.",
            k=released.k,
        ),
        _(
            "Andelar är avrundade till jämna femtal. Bland färre än fyrtio svar är också "
            "antalet avrundat, så att en person mer eller mindre inte märks. Summan kan "
            "därför avvika från 100."
        ),
    ]


def _tables(drawn: Mapping[str, Any]) -> list[tuple[str, list[str], Rows]]:
    return [*_of_everybody(drawn), *_of_parts(drawn)]


def _of_everybody(drawn: Mapping[str, Any]) -> list[tuple[str, list[str], Rows]]:
    compared = [_("Nu"), _("Förra publiceringen"), _("Året innan")]
    return [
        (_("Nyckeltal"), [_("Mått"), _("Värde")], drawn["key_rows"]),
        (
            _("Huvudskäl att sluta, procent av svaren"),
            [_("Skäl"), *compared],
            [row[:4] for row in drawn["reason_rows"]],
        ),
        (
            _("Vad kommentarerna handlar om, procent av dem som har skrivit"),
            [_("Tema"), *compared],
            [row[:4] for row in drawn["comment_rows"]],
        ),
        (_("eNPS vid avslut per publicering"), [_("Kvartal"), "eNPS"], drawn["scores"]),
        (
            _("Medelvärden, 1 stämmer inte alls och 5 stämmer helt"),
            [_("Påstående"), _("Nu"), _("Året innan")],
            [row[:3] for row in drawn["scale_rows"]],
        ),
    ]


def _of_parts(drawn: Mapping[str, Any]) -> list[tuple[str, list[str], Rows]]:
    division, themes = _("Avdelning"), drawn["columns"]
    return [
        (
            _("Kan tänka sig att komma tillbaka, procent av svaren"),
            [division, _("Ja"), _("Kanske"), _("Nej")],
            drawn["return_table"],
        ),
        (_("Skäl per avdelning"), [division, *themes], _of_heat(drawn["unit_rows"])),
        (_("Skäl efter tid hos oss"), [_("Tid hos oss"), *themes], _of_heat(drawn["tenure_rows"])),
        (
            _("Skäl över tid"),
            [_("Skäl"), *drawn["over_time_columns"]],
            _of_heat(drawn["over_time"]),
        ),
    ]


def _of_heat(rows: Sequence[tuple[str, Sequence[Any]]]) -> Rows:
    """Return the cells of a heat table in words, as a reader hears them."""
    return [
        (
            name,
            *(
                f"{one.value} %" if one.value is not None else one.words or _("för få svar")
                for one in cells
            ),
        )
        for name, cells in rows
    ]


def _table(caption: str, head: Sequence[str], rows: Rows) -> dict[str, Any]:
    return {
        "caption": caption,
        "head": [str(one) for one in head],
        "rows": [[str(one).replace(" %", "\u00a0%") for one in row] for row in rows],
    }
