from alumni_portal.exit_interviews.rules.codebook import Words
from alumni_portal.exit_interviews.rules.guide import GuideText
from alumni_portal.exit_interviews.rules.shipped.making import number, reasons, section, text

GUIDE = GuideText(
    name=Words("Några månader senare", "A few months later"),
    lead=Words(
        "Fyra frågor, två minuter. Saker ser ofta annorlunda ut på avstånd.",
        "Four questions, two minutes. Things often look different from a distance.",
    ),
    sections=(
        section(
            "looking_back",
            "När du ser tillbaka",
            "Looking back",
            reasons(
                "Vilka skäl betydde mest, så här i efterhand?",
                "Which reasons mattered most, in hindsight?",
            ),
            number(
                "would_return",
                "Hur troligt är det att du vill arbeta här igen någon gång?",
                "How likely are you to want to work here again some day?",
            ),
            number(
                "would_recommend",
                "Hur troligt är det att du rekommenderar oss som arbetsplats?",
                "How likely are you to recommend us as a place to work?",
            ),
            text(
                "hindsight_open",
                "Vad vill du lägga till nu?",
                "What would you add now?",
            ),
        ),
    ),
)
