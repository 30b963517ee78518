from alumni_portal.exit_interviews.rules.codebook import Words
from alumni_portal.exit_interviews.rules.guide import GuideText
from alumni_portal.exit_interviews.rules.shipped.making import number, reasons, section, text

GUIDE = GuideText(
    name=Words("Samtal med närmaste chef", "Talk with the nearest manager"),
    lead=Words(
        "Det här samtalet är inte förtroligt: chefen håller det och läser det. Det handlar om "
        "arbetet i gruppen.",
        "This talk is not confidential: the manager holds it and reads it. It is about the work in "
        "the unit.",
    ),
    sections=(
        section(
            "why",
            "Varför du går vidare",
            "Why you are moving on",
            reasons(
                "Vilka är dina viktigaste skäl?",
                "What are your main reasons?",
            ),
            text(
                "main_reason_open",
                "Vad fick dig att börja fundera på att sluta?",
                "What made you start to think of leaving?",
            ),
        ),
        section(
            "work",
            "Arbetet",
            "The work",
            text(
                "tasks_open",
                "Hur har uppgifterna varit, jämfört med vad du kan och vill?",
                "How have the tasks been, compared with what you can and want to do?",
            ),
            text(
                "development_open",
                "Vilka möjligheter har du haft att lära dig och ta nästa steg?",
                "What chances have you had to learn and to take the next step?",
            ),
        ),
        section(
            "unit",
            "Gruppen",
            "The unit",
            text(
                "climate_open",
                "Hur är det att arbeta i vår grupp?",
                "What is it like to work in our unit?",
            ),
            text("worked_open", "Vad har fungerat bra?", "What has worked well?"),
            text("not_worked_open", "Vad har inte fungerat?", "What has not worked?"),
        ),
        section(
            "ahead",
            "Framåt",
            "Ahead",
            text(
                "stay_open",
                "Vad hade fått dig att stanna?",
                "What would have made you stay?",
            ),
            text(
                "advice_open",
                "Vilket råd ger du mig som chef?",
                "What advice do you give me as a manager?",
            ),
            number(
                "would_return_unit",
                "Hur gärna skulle du komma tillbaka till gruppen?",
                "How gladly would you come back to the unit?",
            ),
            number(
                "would_recommend_unit",
                "Hur gärna skulle du tipsa en vän om att söka sig hit?",
                "How gladly would you tell a friend to apply here?",
            ),
        ),
    ),
)
