from alumni_portal.exit_interviews.rules.codebook import Words
from alumni_portal.exit_interviews.rules.guide import GuideText
from alumni_portal.exit_interviews.rules.shipped.making import (
    number,
    reasons,
    scale,
    section,
    single,
    text,
)

GUIDE = GuideText(
    name=Words("Enkäten till den som slutar", "The leaver's questionnaire"),
    lead=Words(
        "Ungefär tio minuter. Du väljer själv vilka frågor du svarar på.",
        "About ten minutes. You choose which questions to answer.",
    ),
    sections=(
        section(
            "time_here",
            "Tiden hos oss",
            "Your time with us",
            scale("competence", "Jag fick använda det jag kan", "I could use what I know"),
            scale(
                "expectations",
                "Jobbet blev som jag hade väntat mig",
                "The job was what I had expected",
            ),
            scale("workload", "Jag hann med mitt arbete", "I had time to do my work"),
            scale(
                "balance",
                "Jobbet gick ihop med resten av livet",
                "The job went together with the rest of my life",
            ),
            scale(
                "leadership",
                "Min närmaste chef gav mig det stöd jag behövde",
                "My nearest manager gave me the support I needed",
            ),
            scale(
                "recognition",
                "Det jag gjorde blev sett",
                "What I did was seen",
            ),
            scale(
                "development",
                "Jag utvecklades i mitt arbete",
                "I developed in my work",
            ),
            scale(
                "climate",
                "Vi hade det bra tillsammans i gruppen",
                "We got on well in the team",
            ),
            scale(
                "processes",
                "Arbetssätt och beslut hjälpte mig att göra ett bra jobb",
                "Processes and decisions helped me to do a good job",
            ),
        ),
        section(
            "why",
            "Varför slutar du?",
            "Why are you leaving?",
            reasons(
                "Välj upp till tre skäl, där 1 är viktigast",
                "Choose up to three reasons, 1 being the most important",
            ),
            single(
                "goes_to",
                "Vart går du?",
                "Where are you going?",
                ("other_employer", "Annan arbetsgivare", "Another employer"),
                ("own_business", "Eget företag", "My own business"),
                ("studies", "Studier", "Studies"),
                ("not_said", "Vill inte svara", "Would rather not say"),
            ),
        ),
        section(
            "own_words",
            "Med egna ord",
            "In your own words",
            text(
                "stay_open",
                "Vad hade fått dig att stanna?",
                "What would have made you stay?",
            ),
            text("keep_open", "Vad ska vi fortsätta med?", "What should we go on doing?"),
            text(
                "change_open",
                "Vad ska vi ändra först?",
                "What should we change first?",
            ),
        ),
        section(
            "last",
            "Till sist",
            "Finally",
            number(
                "would_recommend",
                "Hur troligt är det att du rekommenderar oss som arbetsplats?",
                "How likely are you to recommend us as a place to work?",
            ),
            number(
                "would_return",
                "Hur troligt är det att du vill arbeta här igen någon gång?",
                "How likely are you to want to work here again some day?",
            ),
        ),
    ),
)
