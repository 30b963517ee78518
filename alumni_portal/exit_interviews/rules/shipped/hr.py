from alumni_portal.exit_interviews.rules.codebook import Words
from alumni_portal.exit_interviews.rules.guide import GuideText
from alumni_portal.exit_interviews.rules.shipped.making import (
    number,
    reasons,
    scale,
    section,
    text,
)

GUIDE = GuideText(
    name=Words("Samtal med HR", "Talk with HR"),
    lead=Words(
        "Med en neutral person på HR. Din chef läser aldrig det här.",
        "With a neutral person at HR. Your manager never reads this.",
    ),
    sections=(
        section(
            "why",
            "Varför du slutar",
            "Why you are leaving",
            reasons("Vilka är de viktigaste skälen?", "What are the main reasons?"),
            scale(
                "expectations",
                "Jobbet blev som jag hade väntat mig",
                "The job was what I had expected",
            ),
            text(
                "expectations_open",
                "Vad stämde med det du hade väntat dig, och vad gjorde det inte?",
                "What matched your expectations, and what did not?",
            ),
        ),
        section(
            "around",
            "Runt omkring dig",
            "Around you",
            text(
                "workplace_open",
                "Hur har själva arbetsplatsen varit: lokaler, verktyg, trygghet?",
                "How has the workplace itself been: premises, tools, safety?",
            ),
            scale("climate", "Vi hade det bra tillsammans i gruppen", "We got on well in the team"),
            text("climate_open", "Hur är klimatet?", "What is the climate like?"),
            scale(
                "leadership",
                "Min närmaste chef gav mig det stöd jag behövde",
                "My nearest manager gave me the support I needed",
            ),
            text(
                "leadership_open",
                "Hur har samarbetet med din närmaste chef varit?",
                "How has the cooperation with your nearest manager been?",
            ),
        ),
        section(
            "you",
            "Du och ditt kunnande",
            "You and what you know",
            text(
                "development_open",
                "Hur har du fått utvecklas?",
                "How have you been able to develop?",
            ),
            scale("competence", "Jag fick använda det jag kan", "I could use what I know"),
            text(
                "competence_open",
                "Vad kan du som vi inte tog till vara?",
                "What do you know that we did not use?",
            ),
        ),
        section(
            "us",
            "Oss som arbetsgivare",
            "Us as an employer",
            text("good_open", "Vad är bra i organisationen?", "What is good in the organisation?"),
            text(
                "less_good_open",
                "Vad är mindre bra i organisationen?",
                "What is less good in the organisation?",
            ),
            text(
                "better_open",
                "Hur blir vi en bättre arbetsgivare?",
                "How do we become a better employer?",
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
        ),
    ),
)
