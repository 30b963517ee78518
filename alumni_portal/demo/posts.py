"""The posts that Sundmark fills and has filled, all invented."""

from dataclasses import dataclass

from alumni_portal.openings.models import EmploymentKind, Hours, OpeningState


@dataclass(frozen=True, kw_only=True)
class Post:
    """One opening; days are counted from today, `since` when it was published (negative: ago)."""

    title: str
    unit: str
    place: str
    pay: tuple[int, int] | None
    about: str
    tasks: tuple[str, ...]
    skills: tuple[tuple[str, int], ...]
    criteria: tuple[str, ...]
    since: int = 0
    closes: int | None = None
    state: OpeningState = OpeningState.PUBLISHED
    hours: Hours = Hours.FULL
    kind: EmploymentKind = EmploymentKind.PERMANENT
    seats: int = 1
    recruiter: str = "sofia"
    names_recruiter: bool = True


OPEN: tuple[Post, ...] = (
    Post(title="Projektledare, transformatorstationer", unit="2100", place="Malmö eller Lund",
         pay=(52_000, 61_000), since=-16, closes=12, seats=2,
         about="Vi bygger om fyra stationer i Skåne och söker två som håller ihop projekten från "
               "förstudie till spänningssättning.",
         tasks=("leda projekt på 20–80 miljoner kronor", "samordna konstruktion, bygg och kund",
                "följa upp tid, pengar och arbetsmiljö"),
         skills=(("Projektledning", 3), ("Stationsbyggnad", 3), ("Relä och skydd", 2),
                 ("Elnät 130 kV", 2), ("Upphandling", 1), ("SSG-behörighet", 1)),
         criteria=("Har lett projekt i stationer eller ställverk i minst tre år",
                   "Har haft ansvar för tidplan och budget", "Kan arbetsmiljöreglerna BAS-P",
                   "Talar och skriver svenska i arbetet")),
    Post(title="Sektionschef, elnät Syd", unit="2000", place="Malmö", pay=(58_000, 68_000),
         since=-10, closes=18,
         about="Du leder fjorton personer som planerar och bygger regionnät i södra Sverige.",
         tasks=("leda och utveckla gruppen", "ansvara för budget och leveranser",
                "vara vår röst mot nätägarna i syd"),
         skills=(("Ledarskap", 3), ("Elnät 130 kV", 2), ("Budget", 2), ("Relä och skydd", 1),
                 ("Förhandling", 1)),
         criteria=("Har lett en grupp med eget budgetansvar", "Har arbetat med elnät i fem år",
                   "Har B-körkort")),
    Post(title="Senior konsult, energilager", unit="3100", place="Göteborg eller på distans",
         pay=(50_000, 60_000), since=-20, closes=42, hours=Hours.EITHER,
         about="Kunderna vill ha lager som klarar stödtjänster. Du räknar, ritar och förklarar.",
         tasks=("dimensionera batterilager", "ta fram underlag för anslutning",
                "utbilda kundernas driftpersonal"),
         skills=(("Batterisystem", 3), ("Energilager", 3), ("Kraftelektronik", 2),
                 ("Simulering", 2), ("Python", 1), ("Affärsutveckling", 1)),
         criteria=("Har dimensionerat minst ett energilager", "Kan redovisa beräkningar för kund",
                   "Talar svenska och engelska i arbetet")),
    Post(title="Elkonstruktör, ställverk", unit="2200", place="Göteborg", pay=(42_000, 52_000),
         since=-7, closes=24, recruiter="maria",
         about="Du ritar kretsscheman och apparatskåp för ställverk upp till 145 kV.",
         tasks=("ta fram ritningar och kabellistor", "granska kollegors underlag",
                "följa med vid provning på plats"),
         skills=(("Elkonstruktion", 3), ("EPLAN", 3), ("AutoCAD Electrical", 2),
                 ("Relä och skydd", 2), ("SSG-behörighet", 1)),
         criteria=("Har högskole- eller yrkeshögskoleutbildning inom el",
                   "Har ritat kretsscheman i EPLAN eller AutoCAD Electrical")),
    Post(title="Signalprojektör, ERTMS", unit="4100", place="Stockholm", pay=(44_000, 56_000),
         since=-25, closes=9,
         about="Malmbanan byts till ERTMS. Du projekterar ställverk och balisgrupper.",
         tasks=("projektera signalanläggningar", "ta fram underlag för säkerhetsgranskning",
                "möta beställaren i teknikmöten"),
         skills=(("Signalprojektering", 3), ("ERTMS", 3), ("Granskning", 2)),
         criteria=("Har projekterat signalanläggningar i minst två år",
                   "Har beställarens behörighet, eller uppfyller kraven för den")),
    Post(title="Dammsäkerhetsingenjör", unit="5100", place="Luleå", pay=(45_000, 56_000),
         since=-14, closes=30,
         about="Sju dammar längs Luleälven, från fyllning till fördjupad säkerhetsgenomgång.",
         tasks=("planera tillsyn och mätningar", "skriva utlåtanden enligt RIDAS",
                "öva beredskap med kommunerna"),
         skills=(("Dammsäkerhet", 3), ("RIDAS", 3), ("Underhållsplanering", 1)),
         criteria=("Har civilingenjörsexamen inom väg och vatten eller liknande",
                   "Har arbetat med dammar eller andra vattenbyggnader")),
    Post(title="Underhållsingenjör, regionnät", unit="2400", place="Västerås", pay=(40_000, 49_000),
         since=-5, closes=26,
         about="Du ser till att rätt brytare får rätt underhåll i rätt tid.",
         tasks=("planera underhåll ett år framåt", "analysera fel och störningar",
                "stötta teknikerna i fält"),
         skills=(("Underhållsplanering", 3), ("Felsökning", 2), ("SCADA", 2), ("Relä och skydd", 2),
                 ("ISO 55001", 1)),
         criteria=("Har planerat underhåll av elanläggningar", "Har B-körkort")),
    Post(title="Ledningsprojektör, 130 kV", unit="2300", place="Sundsvall", pay=(41_000, 50_000),
         since=-18, closes=6,
         about="Nya luftledningar till industrin i norr behöver stakas, räknas och förankras.",
         tasks=("projektera luftledning och kabel", "ta fram underlag till koncession",
                "möta markägare"),
         skills=(("Luftledning 130 kV", 3), ("Beredning", 2), ("Kabelförläggning", 2), ("GIS", 1)),
         criteria=("Har projekterat eller berett luftledning", "Har B-körkort")),
    Post(title="Dataingenjör, mätvärden", unit="6100", place="Sundsvall eller på distans",
         pay=(43_000, 55_000), since=-3, closes=35, hours=Hours.EITHER,
         about="Fyra miljoner mätvärden om dagen ska bli rätt, varje dag.",
         tasks=("bygga och övervaka dataflöden", "kontrollera kvalitet i insamlade värden",
                "ta fram rapporter med analytikerna"),
         skills=(("SQL", 3), ("Python", 3), ("Power BI", 1), ("Kravhantering", 1)),
         criteria=("Har byggt dataflöden i drift", "Skriver SQL och Python dagligen")),
    Post(title="Projektör, vindkraft", unit="3200", place="Malmö", pay=(41_000, 51_000),
         since=-12, closes=15, hours=Hours.PART, recruiter="maria",
         about="Halvtid med möjlighet till mer när parken i Kattegatt går vidare.",
         tasks=("rita parkens uppläggning", "följa mätningar av vind", "skriva tillståndsärenden"),
         skills=(("Vindmätning", 3), ("Tillståndsprocesser", 2), ("GIS", 2), ("Avtal", 1)),
         criteria=("Har arbetat med projektering av vind- eller solkraft",)),
    Post(title="Tillståndshandläggare, vikariat ett år", unit="5200", place="Göteborg",
         pay=(38_000, 46_000), since=-9, closes=20, kind=EmploymentKind.SUBSTITUTE,
         names_recruiter=False,
         about="Du driver ärenden enligt miljöbalken medan en kollega är föräldraledig.",
         tasks=("hålla samråd", "samordna utredningar", "skriva ansökningar"),
         skills=(("Tillståndsprocesser", 3), ("Samråd", 2), ("Miljökonsekvensbeskrivning", 2)),
         criteria=("Har drivit tillståndsärenden enligt miljöbalken",)),
    Post(title="Strategisk inköpare", unit="7400", place="Göteborg", pay=(46_000, 57_000),
         since=-2, closes=28,
         about="Transformatorer har två års leveranstid. Du ser till att vi ligger före.",
         tasks=("driva upphandlingar enligt LUF", "följa upp leverantörer", "hålla i avtal"),
         skills=(("Upphandling", 3), ("Förhandling", 3), ("Budget", 1)),
         criteria=("Har drivit upphandlingar enligt LUF eller LOU", "Har förhandlat ramavtal")),
)  # fmt: skip

DRAFTS: tuple[Post, ...] = (
    Post(title="Kontaktledningsprojektör", unit="4200", place="Göteborg", pay=None,
         state=OpeningState.DRAFT,
         about="Vi förstärker inför upprustningen av Bohusbanan.",
         tasks=("projektera kontaktledning", "granska underlag"),
         skills=(("Kontaktledning", 3), ("MicroStation", 2)), criteria=()),
    Post(title="Systemarkitekt, driftnära system", unit="6200", place="Malmö",
         pay=(52_000, 64_000), closes=45, state=OpeningState.DRAFT,
         about="Stationernas styrsystem och kontorets ska mötas utan att släppa in fel gäster.",
         tasks=("rita och förankra arkitektur", "ta ansvar för säkerhetskrav"),
         skills=(("Systemarkitektur", 3), ("Cybersäkerhet OT", 3), ("Informationssäkerhet", 2)),
         criteria=("Har varit arkitekt för system i drift",)),
    Post(title="Batteriingenjör", unit="3100", place="Göteborg", pay=(43_000, 53_000), closes=50,
         state=OpeningState.DRAFT, recruiter="maria",
         about="Provning och driftsättning av batterilager hos kund.",
         tasks=("provköra lager", "skriva provningsrapporter"),
         skills=(("Batterisystem", 3), ("Kraftelektronik", 2)),
         criteria=("Har utbildning inom elkraft eller elektronik",)),
)  # fmt: skip

#: title, unit, place, lowest and highest pay, months ago, whether it was filled.
PAST: tuple[tuple[str, str, str, int, int, int, bool], ...] = (
    ("Elkraftsingenjör, stationer", "2100", "Malmö", 41_000, 50_000, 2, True),
    ("Projektledare, stationer Norr", "2100", "Luleå", 51_000, 60_000, 3, False),
    ("Gruppchef, energilager", "3100", "Göteborg", 55_000, 65_000, 5, True),
    ("Uppdragsledare, signal", "4100", "Stockholm", 52_000, 62_000, 6, True),
    ("Redovisningsekonom", "7100", "Göteborg", 36_000, 43_000, 7, False),
    ("Elkonstruktör, apparatskåp", "2200", "Malmö", 40_000, 49_000, 9, True),
    ("Maskiningenjör, vattenkraft", "5100", "Sundsvall", 41_000, 50_000, 11, True),
    ("Systemutvecklare, mätdata", "6200", "Göteborg", 42_000, 54_000, 13, False),
    ("Drifttekniker", "2400", "Luleå", 34_000, 40_000, 15, True),
    ("Vindanalytiker", "3200", "Malmö", 40_000, 49_000, 18, True),
    ("Platschef, ledningar", "2300", "Sundsvall", 46_000, 55_000, 21, True),
    ("Miljökonsult", "5200", "Stockholm", 38_000, 47_000, 24, False),
    ("Kundrådgivare", "6400", "Sundsvall", 29_000, 33_000, 28, True),
    ("Elkraftsingenjör", "2100", "Göteborg", 38_000, 46_000, 33, True),
    ("Beredare, ledningar", "2300", "Luleå", 35_000, 42_000, 40, True),
    ("Kommunikatör", "7300", "Göteborg", 34_000, 41_000, 47, False),
    ("Inköpare", "7400", "Göteborg", 34_000, 42_000, 58, True),
    ("Dammtekniker", "5100", "Luleå", 33_000, 39_000, 71, True),
    ("Projektledare, vind", "3200", "Göteborg", 44_000, 53_000, 86, True),
)
