"""The stated reasons that the code book ships with."""

from collections.abc import Mapping
from types import MappingProxyType

from alumni_portal.exit_interviews.rules.codebook import Force, Reason, Words

_PUSH, _PULL = Force.PUSH, Force.PULL


def _reason(  # noqa: PLR0913, PLR0917 - one line of the book
    code: str,
    theme: str,
    force: Force,
    name: tuple[str, str],
    definition: tuple[str, str],
    example: tuple[str, str],
    keywords: str,
) -> Reason:
    return Reason(
        code=code,
        theme=theme,
        force=force,
        name=Words(*name),
        definition=Words(*definition),
        example=Words(*example),
        keywords=tuple(keywords.split()),
    )


_BOOK = (
    _reason(
        "leadership",
        "leadership",
        _PUSH,
        ("Ledarskapet", "Leadership"),
        (
            "Hur den närmaste chefen eller ledningen leder, ger riktning och stöd.",
            "How the nearest manager or the management leads, gives direction and support.",
        ),
        ("”Jag fick inga besked om vad som gällde.”", "“I was never told what applied.”"),
        "chef ledar ledning manager lead boss",
    ),
    _reason(
        "career",
        "development",
        _PULL,
        ("Nästa steg i karriären", "The next step in my career"),
        (
            "En roll eller ett ansvar som inte fanns att få här.",
            "A role or a responsibility that could not be had here.",
        ),
        ("”Jag ville bli specialist utan att bli chef.”", "“I wanted a specialist track.”"),
        "karriär befordr specialist steg career promot",
    ),
    _reason(
        "development",
        "development",
        _PUSH,
        ("För lite utveckling", "Too little development"),
        (
            "Att inte lära sig nytt: utbildning, återkoppling eller utmaning saknades.",
            "Not learning anything new: training, feedback or challenge was missing.",
        ),
        ("”Jag hade gjort samma sak i fyra år.”", "“I had done the same thing for four years.”"),
        "utveckl utbild kurs lära develop train learn",
    ),
    _reason(
        "pay",
        "pay",
        _PULL,
        ("Lön och förmåner", "Pay and benefits"),
        (
            "Lön, pension, bonus eller andra villkor som är bättre någon annanstans.",
            "Pay, pension, bonus or other terms that are better elsewhere.",
        ),
        ("”Jag fick sex tusen mer.”", "“They offered more.”"),
        "lön förmån pension bonus pay salary benefit",
    ),
    _reason(
        "workload",
        "workload",
        _PUSH,
        ("Arbetsbelastningen", "Workload"),
        (
            "För mycket att göra, för lite folk eller för korta tider, under längre tid.",
            "Too much to do, too few people or too short deadlines, for long.",
        ),
        ("”Vi var två som gjorde fyras jobb.”", "“Two of us did the work of four.”"),
        "belast stress hinn övertid bemann workload overtime staffing",
    ),
    _reason(
        "tasks",
        "tasks",
        _PUSH,
        ("Arbetsuppgifterna", "The work itself"),
        (
            "Uppgifterna passade inte, var för enkla eller blev inte som det var sagt.",
            "The tasks did not fit, were too simple or were not what had been promised.",
        ),
        ("”Jobbet blev inte det jag sökte.”", "“The job was not the one I applied for.”"),
        "uppgift innehåll tråkig task duties boring",
    ),
    _reason(
        "climate",
        "cooperation",
        _PUSH,
        ("Klimatet i gruppen", "The climate in the team"),
        (
            "Hur man har det tillsammans: konflikter, tonfall, att inte höra till.",
            "How people get on: conflicts, tone, not belonging.",
        ),
        ("”Man visste aldrig vem man kunde fråga.”", "“You never knew whom to ask.”"),
        "klimat konflikt stämning kollega kultur climate conflict culture colleague",
    ),
    _reason(
        "recognition",
        "recognition",
        _PUSH,
        ("För lite erkännande", "Too little recognition"),
        (
            "Att det man gör inte syns, inte tas till vara eller inte ger något.",
            "That one's work is not seen, not used or leads to nothing.",
        ),
        ("”Ingen frågade vad jag kunde.”", "“Nobody asked what I could do.”"),
        "uppskatt erkän beröm sedd recogn appreciat",
    ),
    _reason(
        "processes",
        "processes",
        _PUSH,
        ("Arbetssätt och beslut", "Processes and decisions"),
        (
            "System, rutiner, omorganisationer eller beslutsvägar som står i vägen.",
            "Systems, routines, reorganisations or decisions that stand in the way.",
        ),
        ("”Ett beslut tog tre månader.”", "“A decision took three months.”"),
        "process rutin system beslut byråkrati omorganis routine decision bureaucra",
    ),
    _reason(
        "workplace",
        "workplace",
        _PUSH,
        ("Arbetsplatsen", "The workplace"),
        (
            "Lokaler, utrustning, buller eller säkerhet där man arbetar.",
            "Premises, equipment, noise or safety where one works.",
        ),
        ("”Det gick inte att tänka i landskapet.”", "“You could not think in the open office.”"),
        "lokal utrust buller kontor office equipment noise premises",
    ),
    _reason(
        "commute",
        "workplace",
        _PULL,
        ("Ort och pendling", "Place and commuting"),
        (
            "Resvägen, flytt, eller att inte få arbeta på distans.",
            "The journey to work, moving house, or not being allowed to work remotely.",
        ),
        ("”Tre timmar om dagen på tåget.”", "“Three hours a day on the train.”"),
        "pendl resväg flytt distans commut remote relocat",
    ),
    _reason(
        "balance",
        "balance",
        _PUSH,
        ("Balansen mellan arbete och fritid", "Work–life balance"),
        (
            "Arbetstider och krav som inte går ihop med resten av livet.",
            "Hours and demands that do not go together with the rest of life.",
        ),
        ("”Skiftet gick inte ihop med dagis.”", "“The shift did not fit with nursery.”"),
        "balans fritid arbetstid skift schema balance hours shift schedule",
    ),
    _reason(
        "security",
        "security",
        _PUSH,
        ("Osäker anställning", "Insecure employment"),
        (
            "Tidsbegränsat, varsel eller oklart om jobbet finns kvar.",
            "Fixed term, notices of redundancy or unclear whether the job remains.",
        ),
        ("”Tredje vikariatet i rad.”", "“My third temporary contract.”"),
        "vikariat tidsbegräns varsel osäker temporary insecure redundan",
    ),
    _reason(
        "offer",
        "development",
        _PULL,
        ("Ett erbjudande jag inte sökte", "An offer I did not look for"),
        (
            "Någon annan hörde av sig med något som inte gick att säga nej till.",
            "Somebody else came with something that could not be turned down.",
        ),
        ("”En gammal kollega ringde.”", "“A former colleague called.”"),
        "erbjud rekryterad headhunt offer recruited",
    ),
    _reason(
        "own_business",
        "private_life",
        _PULL,
        ("Eget företag", "My own business"),
        ("Startar eller går över till eget.", "Starts or goes over to their own business."),
        ("”Jag vill pröva egna vingar.”", "“I want to try on my own.”"),
        "eget egen företag startup business self-employ",
    ),
    _reason(
        "studies",
        "private_life",
        _PULL,
        ("Studier", "Studies"),
        ("Ska läsa, på hel- eller deltid.", "Goes to study, full or part time."),
        ("”Jag kom in på sjuksköterskeprogrammet.”", "“I got into nursing school.”"),
        "studera studier plugga universitet study universit degree",
    ),
    _reason(
        "private_life",
        "private_life",
        _PULL,
        ("Privata skäl", "Private reasons"),
        (
            "Något i livet utanför arbetet. Vad det är frågar vi inte om.",
            "Something in life outside work. We do not ask what it is.",
        ),
        ("”Vi flyttar hem.”", "“We are moving home.”"),
        "privat familj family private",
    ),
    _reason(
        "retirement",
        "private_life",
        _PULL,
        ("Pension", "Retirement"),
        ("Går i pension på egen begäran.", "Retires at their own wish."),
        ("”Nu får det räcka.”", "“It is time.”"),
        "pensioner retire",
    ),
)

#: The reasons by code, in the order in which they are shown.
REASONS: Mapping[str, Reason] = MappingProxyType({one.code: one for one in _BOOK})
