"""What Sundmark has written to its alumni: heading, lead and text in both languages."""

from typing import NamedTuple


class Issue(NamedTuple):
    """One newsletter of the demo, so many days ago."""

    days: int
    title: str
    subject: str
    lead: str
    text: str
    english: tuple[str, str, str]


ISSUES = (
    Issue(
        16,
        "Novemberbrevet",
        "Vi bygger ut i norr, och söker folk",
        "Tre nya stationer ska stå klara före 2030. Flera av dem ritas av personer du känner.",
        "Hej {{first_name}}! I oktober fick vi uppdraget att bygga **tre stationer** i Norrbotten."
        " Arbetet leds från Luleå.\n\nVi söker både dig som har gjort det förut och dig som"
        " vill pröva något nytt.",
        (
            "We are building in the north",
            "Three new substations will be ready before 2030.",
            "Hi {{first_name}}! We are to build **three substations** in the far north.",
        ),
    ),
    Issue(
        44,
        "Oktoberbrevet",
        "Så gick det för återvändarna",
        "Sju tidigare kollegor kom tillbaka i år. Två av dem berättar varför.",
        "Hej {{first_name}}!\n\n”Jag ville åt de stora projekten igen”, säger Linda, som var"
        " borta i fyra år.\n\n- Hon tog med sig ny kunskap om energilager.\n- Hon fick sitt gamla"
        " nummer.",
        ("They came back", "Seven former colleagues returned this year.", "Hi {{first_name}}!"),
    ),
    Issue(
        79,
        "Septemberbrevet",
        "Höstens träffar är öppna",
        "Frukost i Malmö, studiebesök i Luleå och en kväll om vätgas.",
        "Hej {{first_name}}! Höstens träffar är öppna för anmälan. Ta gärna med en kollega.",
        ("Autumn events are open", "Breakfast in Malmö and more.", "Hi {{first_name}}!"),
    ),
    Issue(
        140,
        "Sommarbrevet",
        "Ett halvår i fem bilder",
        "Det mesta gick bra. En sak gick sämre än vi hade tänkt.",
        "Hej {{first_name}}! Tunneln under älven blev klar i maj. Bron fick vänta.",
        ("Half a year in five pictures", "Most of it went well.", "Hi {{first_name}}!"),
    ),
    *(
        Issue(
            170 + 61 * number,
            title,
            subject,
            "Kort om vad som har hänt sedan sist.",
            "Hej {{first_name}}! Här är det som har hänt sedan sist. Hör av dig om du undrar.",
            ("News from Sundmark", "What has happened since last time.", "Hi {{first_name}}!"),
        )
        for number, (title, subject) in enumerate(
            (
                ("Majbrevet", "Nu kan du se dina intyg i portalen"),
                ("Marsbrevet", "Fråga vd om elpriserna"),
                ("Januaribrevet", "Det här hände förra året"),
                ("Decemberbrevet i fjol", "God jul från oss som är kvar"),
                ("Oktoberbrevet i fjol", "Mentorer sökes"),
                ("Augustibrevet", "Vi flyttar till nya lokaler"),
                ("Junibrevet", "En sommar med mycket sol i nätet"),
                ("Aprilbrevet", "Elbilarna och elnätet"),
                ("Februaribrevet", "Så valde vi stommen"),
                ("Det första brevet", "Välkommen till alumninätverket"),
            )
        )
    ),
)

#: On its way, standing still, and planned.
UNDERWAY = (
    Issue(
        0,
        "Fråga nätchefen om 2027",
        "Ställ din fråga till nätchefen",
        "På torsdag svarar hon på det du undrar om elnätet nästa år.",
        "Hej {{first_name}}! Vad vill du veta om nästa år? Skicka din fråga före onsdag.",
        ("Ask the head of grid", "She answers on Thursday.", "Hi {{first_name}}! Your question?"),
    ),
    Issue(
        1,
        "Enkät om träffarna",
        "Vilka träffar vill du ha i vår?",
        "Tre frågor, två minuter.",
        "Hej {{first_name}}! Vi planerar vårens träffar och vill höra vad du tycker.",
        ("Which events in spring?", "Three questions.", "Hi {{first_name}}! Tell us what to plan."),
    ),
    Issue(
        0,
        "Julbrevet",
        "God jul från oss som är kvar",
        "Ett år i korthet, och en hälsning från verkstaden.",
        "Hej {{first_name}}! Tack för i år. Vi ses på vårens träffar.",
        ("Merry Christmas", "The year in short.", "Hi {{first_name}}! See you in spring."),
    ),
)
