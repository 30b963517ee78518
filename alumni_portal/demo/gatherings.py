"""Sundmark's gatherings as they are planned: what was, what comes, and a draft."""

from dataclasses import dataclass

from alumni_portal.events.models import Answer, EventKind, EventState


@dataclass(frozen=True)
class Gathering:
    """One event to be: how many days from today, when, where, and how many come."""

    days: int
    at: str
    hours: float
    title: str
    title_en: str
    place: str
    unit: str
    text: str
    text_en: str = ""
    capacity: int | None = None
    come: int = 0
    wait: int = 0
    guests: int = 0
    online: str = ""
    directions: str = ""
    place_en: str = ""
    directions_en: str = ""
    address: str = ""
    agenda: str = ""
    agenda_en: str = ""
    #: Key of the person who receives the guests.
    host: str = ""
    #: Days from today of the later dates of a series.
    again: tuple[int, ...] = ()
    #: How many of those who come take part from elsewhere.
    remotely: int = 0
    has_picture: bool = False
    #: How many members were let in without having answered.
    walked_in: int = 0
    #: What Amira answered, when she was asked.
    amira: Answer | None = None
    state: EventState = EventState.OPEN

    @property
    def kind(self) -> EventKind:
        """Return how people come together."""
        if not self.online:
            return EventKind.MEETING
        return EventKind.HYBRID if self.place else EventKind.DIGITAL


WAS = (
    (38, "17:30", "Höstträff i Göteborg", "Autumn gathering in Gothenburg", "Lindholmen", "7000"),
    (94, "07:30", "Alumnifrukost i Lund", "Alumni breakfast in Lund", "Ideon, Lund", "2100"),
    (170, "15:00", "Sommarmingel vid älven", "Summer drinks by the river", "Göteborg", "7000"),
    (214, "12:00", "Fråga vd om elnäten", "Ask the CEO about the grid", "", "1000"),
    (262, "17:00", "Kraft och kaffe", "Power and coffee", "Västerås", "2400"),
    (
        325,
        "17:30",
        "Julglögg med gamla kollegor",
        "Mulled wine with old colleagues",
        "Malmö",
        "7000",
    ),
    (398, "13:00", "Studiebesök i ställverket", "A visit to the switchyard", "Barsebäck", "2400"),
    (
        455,
        "07:30",
        "Alumnifrukost i Göteborg",
        "Alumni breakfast in Gothenburg",
        "Göteborg",
        "2200",
    ),
    (530, "15:00", "Sommarmingel på kajen", "Summer drinks on the quay", "Malmö", "7000"),
    (640, "17:30", "Vad hände med vindkraften?", "What happened to wind power?", "Lund", "2100"),
    (720, "12:00", "Fråga vd om 2025", "Ask the CEO about 2025", "", "1000"),
    (905, "18:00", "Tioårsfest för Konstruktion", "Ten years of Design", "Göteborg", "2200"),
)
_BREAKFAST = (
    "**Frukost med Elkraft, mitt i bygget.** Vi äter tillsammans och hör hur stationen i Luleå blev"
    " klar åtta månader före plan. Karin Öhman visar vad de gjorde annorlunda, och det finns gott"
    " om tid att prata med gamla kollegor."
)
_BREAKFAST_EN = (
    "**Breakfast with Power, in the middle of the building site.** We eat together and hear how the"
    " Luleå station was ready eight months ahead of plan. Karin Öhman shows what they did"
    " differently, and there is plenty of time to talk to old colleagues."
)
COMING = (
    Gathering(
        0, "17:00", 3, "Adventsfika på Lindholmen", "Advent coffee at Lindholmen",
        "Lindholmen, Göteborg", "7000",
        "Lussekatter, glögg och gamla kollegor. Dörren är öppen från halv fem.",
        "Saffron buns, mulled wine and old colleagues. The door is open from half past four.",
        capacity=50, come=29, guests=2, walked_in=2, address="Lindholmspiren 5, 417 56 Göteborg",
        host="maria",
    ),
    Gathering(
        6, "07:30", 1.5, "Alumnifrukost i Malmö", "Alumni breakfast in Malmö",
        "Kranbyggnaden 4, Västra hamnen", "2100", _BREAKFAST, _BREAKFAST_EN,
        capacity=40, come=22, guests=3, amira=Answer.YES,
        address="Stora Varvsgatan 4, 211 19 Malmö", host="maria", has_picture=True,
        agenda="07.30 Kaffe, smörgås och prat\n08.00 Luleå på rekordtid | Karin Öhman, Elkraft\n"
        "08.30 Frågor och fler prat",
        agenda_en="07:30 Coffee, sandwiches and talk\n08:00 Luleå in record time | Karin Öhman,"
        " Power\n08:30 Questions",
        directions="Hållplats Kranen, fyra minuters promenad. Cykel ställs under tak vid entrén."
        " Hiss, hörslinga och inga trösklar.",
        place_en="Kranbyggnaden 4 (the crane house), Västra hamnen",
        directions_en="The Kranen stop, four minutes on foot. Bicycles under a roof."
        " Lift, hearing loop and no thresholds.",
    ),
    Gathering(
        13, "12:00", 1, "Fråga vd om 2027", "Ask the CEO about 2027", "", "1000",
        "En timme på distans. Skicka frågan i förväg eller ställ den då. Vi spelar inte in.",
        "An hour online. Send your question ahead or ask it there. We do not record.",
        come=58, online="https://moten.sundmark.example/vd-2027",
    ),
    Gathering(
        20, "16:00", 2, "Elnätet 2035", "The grid in 2035", "Hörsalen, Lindholmen", "2400",
        "Tre korta föredrag och en öppen diskussion. Kom hit eller följ med på skärm.",
        "Three short talks and an open discussion. Come here or follow on a screen.",
        capacity=30, come=31, remotely=14, online="https://moten.sundmark.example/elnatet-2035",
        address="Lindholmspiren 5, 417 56 Göteborg",
        agenda="16.00 Välkomna\n16.10 Tre föredrag | 20 minuter vardera\n17.15 Diskussion",
        agenda_en="16:00 Welcome\n16:10 Three talks | 20 minutes each\n17:15 Discussion",
    ),
    Gathering(
        11, "11:30", 1, "Mentorlunch", "Mentor lunch", "Personalrestaurangen, Göteborg", "7000",
        "Ät lunch med någon som är på väg in i det du redan kan. Kom en gång eller alla.",
        "Have lunch with somebody who is about to learn what you know. Come once or every time.",
        capacity=16, come=9, guests=1, again=(25, 39), amira=Answer.YES,
        place_en="The staff restaurant, Gothenburg",
    ),
    Gathering(
        69, "13:00", 23, "Alumnidygn i fjällen", "Alumni day and night in the mountains",
        "Turiststationen, Abisko", "7000",
        "Ett dygn på snöskor, i bastu och vid ett långt bord. Du sover i eget rum och Sundmark"
        " bjuder på maten.",
        "A day and a night on snowshoes, in the sauna and at a long table. You have a room of your"
        " own, and the food is on Sundmark.",
        capacity=24, come=15, guests=1, place_en="The tourist station, Abisko", host="maria",
        agenda="Första dagen:\n13.00 Lunch\n15.00 Snöskor till sjön\n19.00 Middag och bastu\n"
        "Andra dagen:\n08.00 Frukost\n09.30 Vandring med guide\n12.00 Hemfärd",
        agenda_en="The first day:\n13:00 Lunch\n15:00 Snowshoes to the lake\n19:00 Dinner and"
        " sauna\nThe second day:\n08:00 Breakfast\n09:30 Guided walk\n12:00 Home",
    ),
    Gathering(
        55, "13:00", 3, "Studiebesök: Luleå station", "A visit to the Luleå station",
        "Stationen, Luleå", "2400",
        "Se stationen som blev klar åtta månader före plan. Skyddsskor och hjälm finns på plats."
        " Vi går utomhus i en timme, så klä dig varmt.",
        "See the station that was ready eight months ahead of plan. Boots and helmets are there."
        " We walk outside for an hour, so dress warmly.",
        capacity=24, come=23, wait=6,
    ),
    Gathering(
        103, "17:30", 3, "Vårträff i Göteborg", "Spring gathering in Gothenburg", "Lindholmen",
        "7000", "Mingel, mat och en titt in i det nya labbet. Program kommer.",
        capacity=80, guests=1, state=EventState.DRAFT,
    ),
)  # fmt: skip
