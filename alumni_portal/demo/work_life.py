"""What alumni do nowadays and know: employers, titles, places and skills, all invented."""

EMPLOYERS = (
    "Nordlys Energi", "Vindkraftbolaget Hav", "Sydnät", "Region Skåne", "Kustkraft", "Fjällnät",
    "Batteriet i Väst", "Vattenrådgivarna", "Mälarens Energi", "Höga Kusten El",
    "Gröna Watt", "Solhöjden", "Ledningsverket", "Mätbolaget", "Norrstrand Kraft",
    "Hamnen i Luleå", "Göteborgs Stationsbygg", "Datatorget", "Byrån för dammar", "Stadsnät Öst",
    "Konsulthuset Ek", "Öresunds Automation", "Polstjärnan Järnväg", "Kommunförbundet Väst",
)  # fmt: skip
TITLES = (
    "Sektionschef", "Projektchef", "Uppdragsledare", "Teknikchef", "Elkonstruktör", "Energistrateg",
    "Konsultchef", "Driftchef", "Inköpschef", "Projektledare", "Senior konsult", "Systemarkitekt",
    "Avdelningschef", "Rådgivare", "Egen konsult", "Produktchef", "Kvalitetschef", "Ellärare",
)  # fmt: skip
#: City and how many of a hundred live there.
CITIES = {
    "Göteborg": 26, "Malmö": 17, "Stockholm": 16, "Luleå": 8, "Lund": 6, "Sundsvall": 7,
    "Västerås": 6, "Umeå": 3, "Helsingborg": 3, "Örebro": 2, "Kiruna": 2, "Östersund": 2,
    "Köpenhamn": 1, "Oslo": 1,
}  # fmt: skip
_EL = ("Projektledning", "Relä och skydd", "Stationsbyggnad", "SSG-behörighet", "AMA EL", "Revit")
_IT = ("Python", "SQL", "Systemarkitektur", "Kravhantering", "Scrum", "Informationssäkerhet")
#: What people of a unit (by the first two digits of its code) knew when they left.
SKILLS_THEN = {
    "21": (*_EL, "Elnät 130 kV", "Upphandling"),
    "22": ("Elkonstruktion", "AutoCAD Electrical", "EPLAN", "Revit", "Beräkning", "SSG-behörighet"),
    "23": (
        "Luftledning 130 kV",
        "Beredning",
        "Arbetsmiljö BAS-U",
        "Kabelförläggning",
        "Projektledning",
    ),
    "24": ("Felsökning", "Underhållsplanering", "Relä och skydd", "SCADA", "SSG-behörighet"),
    "31": ("Batterisystem", "Kraftelektronik", "Python", "Simulering", "Projektledning"),
    "32": ("Vindmätning", "Tillståndsprocesser", "GIS", "Projektledning", "Avtal"),
    "41": ("Signalprojektering", "ERTMS", "Granskning", "BIS och Baninfo"),
    "42": ("Kontaktledning", "Arbetsmiljö BAS-P", "MicroStation", "Projektledning"),
    "51": ("Dammsäkerhet", "Maskinteknik", "Underhållsplanering", "RIDAS"),
    "52": ("Miljökonsekvensbeskrivning", "Tillståndsprocesser", "GIS", "Samråd"),
    "6": _IT,
    "64": ("Kundmöten", "Reklamationer", "Arbetsledning", "Salesforce"),
    "7": (
        "Upphandling",
        "Budget",
        "Förhandling",
        "Arbetsrätt",
        "Kommunikation",
        "Förändringsledning",
    ),
}
#: What people learn elsewhere.
SKILLS_SINCE = (
    "Ledarskap", "Energilager", "Vätgas", "Upphandling", "LCA", "Power BI", "Nätreglering",
    "Affärsutveckling", "Coachning", "Cybersäkerhet OT", "Solcellsprojektering", "ISO 55001",
    "Styrelsearbete", "Maskininlärning", "Projektledning PMP", "Kravhantering", "Norska",
)  # fmt: skip
HEADLINES = (
    "Bygger energilager i liten skala", "Håller elnätet vid liv", "Leder från skiss till drift",
    "Gillar stationer, kartor och kaffe", "Frågar gärna varför", "Elkraft i tjugo år",
    "Från ritbord till rätt ström", "Ser till att det blir av", "Vatten, vind och vardag",
)  # fmt: skip


def skills_of(unit: str) -> tuple[str, ...]:
    """Return what people of a unit know, by the longest beginning of its code that is listed."""
    for length in (2, 1):
        if unit[:length] in SKILLS_THEN:
            return SKILLS_THEN[unit[:length]]
    return _EL
