"""The units of Sundmark over fifteen years: a tree with openings, closings, moves and new names."""

from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True)
class Was:
    """What a unit was called, or stood under, until so many years ago."""

    years_ago: float
    name: str = ""
    parent: str = ""


@dataclass(frozen=True, kw_only=True)
class PlannedUnit:
    """One unit: ages in years before today; `share` is its part of all who work here."""

    code: str
    name: str
    parent: str = ""
    opened: float = 40
    closed: float | None = None
    share: float = 0
    places: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()
    was: tuple[Was, ...] = field(default=())


def ago(today: date, years: float) -> date:
    """Return the first of the month so many years before a day."""
    months = today.year * 12 + today.month - 1 - round(years * 12)
    return date(months // 12, months % 12 + 1, 1)


_EL = ("Elkonstruktör", "Elkraftsingenjör", "Projektledare", "Sektionschef")
_SYS = ("Systemutvecklare", "Systemarkitekt", "Teknikledare", "Gruppchef")

UNITS: tuple[PlannedUnit, ...] = (
    PlannedUnit(code="1000", name="Sundmark AB", share=0.2, places=("Göteborg",),
                titles=("Verksamhetsutvecklare", "Chefsjurist", "Vice vd", "Vd")),
    PlannedUnit(code="2000", name="Elkraft", parent="1000", share=2, places=("Malmö", "Göteborg"),
                titles=_EL),
    PlannedUnit(code="2100", name="Stationer", parent="2000", share=11,
                places=("Malmö", "Göteborg", "Luleå"),
                titles=("Elkraftsingenjör", "Delprojektledare", "Projektledare", "Projektchef")),
    PlannedUnit(code="2200", name="Konstruktion", parent="2000", share=12,
                places=("Göteborg", "Malmö"), titles=_EL, was=(Was(6, name="Elkonstruktion"),)),
    PlannedUnit(code="2300", name="Ledningar", parent="2000", share=8,
                places=("Sundsvall", "Luleå"),
                titles=("Montör", "Ledningsprojektör", "Beredare", "Platschef")),
    PlannedUnit(code="2400", name="Drift och underhåll", parent="2000", share=10,
                places=("Västerås", "Luleå", "Malmö"),
                titles=("Drifttekniker", "Underhållsingenjör", "Driftingenjör", "Driftchef")),
    PlannedUnit(code="3000", name="Energisystem", parent="1000", opened=9, share=1,
                places=("Göteborg",), titles=("Energikonsult", "Senior konsult", "Affärschef")),
    PlannedUnit(code="3100", name="Energilager", parent="3000", opened=5, share=4,
                places=("Göteborg",),
                titles=("Batteriingenjör", "Systemingenjör", "Produktägare", "Gruppchef")),
    PlannedUnit(code="3200", name="Vind och sol", parent="3000", opened=9, share=5,
                places=("Malmö", "Göteborg"),
                titles=("Vindanalytiker", "Projektör", "Projektledare", "Gruppchef")),
    PlannedUnit(code="3300", name="Fjärrvärme", parent="3000", opened=20, closed=4, share=4,
                places=("Västerås",), titles=("Driftoperatör", "Processingenjör", "Gruppchef"),
                was=(Was(9, parent="1000"),)),
    PlannedUnit(code="4000", name="Järnväg", parent="1000", share=1, places=("Stockholm",),
                titles=("Uppdragsledare", "Affärschef")),
    PlannedUnit(code="4100", name="Signal", parent="4000", share=6, places=("Stockholm",),
                titles=("Signalprojektör", "Granskare", "Uppdragsledare", "Sektionschef")),
    PlannedUnit(code="4200", name="Kontaktledning", parent="4000", share=5,
                places=("Stockholm", "Göteborg"),
                titles=("Montör", "Kontaktledningsprojektör", "Uppdragsledare", "Sektionschef")),
    PlannedUnit(code="5000", name="Vatten och miljö", parent="1000", share=1,
                places=("Stockholm",), titles=("Miljökonsult", "Uppdragsledare", "Affärschef"),
                was=(Was(8, name="Vatten"),)),
    PlannedUnit(code="5100", name="Vattenkraft", parent="5000", share=6,
                places=("Luleå", "Sundsvall"),
                titles=("Dammtekniker", "Maskiningenjör", "Dammsäkerhetsingenjör", "Sektionschef")),
    PlannedUnit(code="5200", name="Miljö och tillstånd", parent="5000", opened=8, share=3,
                places=("Stockholm", "Göteborg"),
                titles=("Miljökonsult", "Tillståndshandläggare", "Uppdragsledare")),
    PlannedUnit(code="6000", name="Digitala tjänster", parent="1000", share=1,
                places=("Göteborg",), titles=_SYS, was=(Was(7, name="It och system"),)),
    PlannedUnit(code="6100", name="Mätdata", parent="6000", opened=12, share=4,
                places=("Sundsvall", "Göteborg"),
                titles=("Mätvärdesanalytiker", "Dataingenjör", "Teknikledare", "Gruppchef")),
    PlannedUnit(code="6200", name="Systemutveckling", parent="6000", share=7,
                places=("Göteborg", "Malmö"), titles=_SYS),
    PlannedUnit(code="6300", name="It-stöd", parent="6000", share=3, places=("Göteborg", "Luleå"),
                titles=("Supporttekniker", "Systemtekniker", "Systemförvaltare", "Gruppchef")),
    PlannedUnit(code="6400", name="Kundservice", parent="6000", share=5, places=("Sundsvall",),
                titles=("Kundrådgivare", "Senior kundrådgivare", "Gruppledare", "Kundchef"),
                was=(Was(3, parent="1000"),)),
    PlannedUnit(code="6900", name="Tele och fiber", parent="6000", opened=18, closed=6, share=5,
                places=("Luleå", "Göteborg"),
                titles=("Fibertekniker", "Nätplanerare", "Gruppchef")),
    PlannedUnit(code="7100", name="Ekonomi", parent="1000", share=3, places=("Göteborg",),
                titles=("Ekonomiassistent", "Redovisningsekonom", "Controller", "Ekonomichef")),
    PlannedUnit(code="7200", name="HR", parent="1000", share=2.5, places=("Göteborg", "Malmö"),
                titles=("HR-assistent", "HR-partner", "Rekryterare", "HR-chef"),
                was=(Was(5, name="Personal"),)),
    PlannedUnit(code="7300", name="Kommunikation", parent="1000", share=1.5, places=("Göteborg",),
                titles=("Kommunikatör", "Redaktör", "Kommunikationschef")),
    PlannedUnit(code="7400", name="Inköp", parent="1000", share=2, places=("Göteborg",),
                titles=("Inköpare", "Strategisk inköpare", "Inköpschef")),
    PlannedUnit(code="7500", name="Fastighet och service", parent="1000", share=3,
                places=("Göteborg", "Malmö", "Luleå"),
                titles=("Servicevärd", "Fastighetstekniker", "Fastighetschef")),
)  # fmt: skip
#: A unit that waits for somebody to lead it.
WITHOUT_LEAD = "5200"
#: Leads of units are these people, by key; all others are whoever has been there longest.
LED_BY = {"2100": "karin", "2200": "anders", "7200": "petra"}
DEPUTIES = {"2200": "lotta"}
