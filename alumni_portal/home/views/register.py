"""What the portal holds about people, read from the models and told in plain words."""

from collections.abc import Iterator
from dataclasses import dataclass

from flask_babel import lazy_gettext as _l

from alumni_portal.core.db import Base, Basis, Personal

GROUNDS = {
    Basis.CONSENT: _l("Ditt samtycke"),
    Basis.CONTRACT: _l("Anställningsavtalet, eller ditt medlemskap"),
    Basis.LEGAL_OBLIGATION: _l("Lagen kräver det"),
    Basis.LEGITIMATE_INTEREST: _l("Intresseavvägning"),
}
#: Why: the purpose that stands at the model → what it means to the person.
WHY = {
    "know who has worked here, where and when": _l("Veta vem som har arbetat här, var och när"),
    "end an employment in good order, and show that it was": _l(
        "Avsluta en anställning på ett bra sätt och kunna visa det"
    ),
    "order equals under LAS 26 § and apply the age rule of 33 b §": _l(
        "Räkna ut företrädesrätt till ny anställning"
    ),
    "reach the person about the employment, and the network they joined": _l(
        "Nå dig om anställningen, och om nätverket när du är med"
    ),
    "let HR check a file before anything of it is stored": _l(
        "Låta HR kontrollera en fil innan något av den sparas"
    ),
    "know what an import made, so that it can be undone": _l(
        "Kunna ångra en inläsning som blev fel"
    ),
    "show a member to those whom the member has chosen": _l(
        "Visa din profil för dem du själv har valt"
    ),
    "find a member by what that member shows to the one who searches": _l(
        "Låta kollegor hitta dig på det du visar för dem"
    ),
    "ask again, from the private address after the last day": _l(
        "Fråga dig igen efter sista dagen, på din privata adress"
    ),
    "ask once, from the private address, what the person agrees to": _l(
        "Fråga en gång vad du vill säga ja till"
    ),
    "find out whether somebody who asks to join has worked here": _l(
        "Ta reda på om den som vill vara med har arbetat här"
    ),
    "show that a consent was given, to which text, and when it ended (GDPR art. 7.1)": _l(
        "Visa vad du har sagt ja till, med vilken text, och när det slutade gälla"
    ),
    "greet members after their last day, each greeting once, and stop when they answer": _l(
        "Skicka hälsningar efter din sista dag, var och en högst en gång, och sluta när du svarar"
    ),
    "try newsletters on colleagues before they go": _l(
        "Prova nyhetsbrev på dig innan de går, när du är med i testgruppen"
    ),
    "count visits from newsletters for those who let us": _l(
        "Räkna besök från nyhetsbrev, för dem som har sagt ja till det"
    ),
    "send one person one letter and show that it went": _l("Skicka mejl och visa att de gick fram"),
    "let people in, and only them": _l("Släppa in dig, och bara dig"),
    "prove who asks to come in": _l("Kontrollera vem som vill logga in"),
    "keep somebody signed in and let them end it": _l("Hålla dig inloggad tills du loggar ut"),
    "give back what somebody typed when their session ended": _l(
        "Ge tillbaka det du skrev när du hann loggas ut"
    ),
    "let somebody in who has lost the private address": _l(
        "Hjälpa dig in när du har tappat din privata adress"
    ),
    "let the leaver in without an account, and only them": _l(
        "Visa din egen sida när du slutar, utan konto"
    ),
    "know who answers for a recruitment and who leads the unit": _l(
        "Veta vem som svarar för en rekrytering och vem som leder avdelningen"
    ),
    "decide on an application on the applicant's own request": _l(
        "Pröva din ansökan när du söker en tjänst"
    ),
    "let somebody finish an application they have begun": _l(
        "Låta dig skriva klart en ansökan du har börjat på"
    ),
    "let a member say whether they want to come back, and be found by recruiters when they do": _l(
        "Låta dig säga om du vill komma tillbaka, och bli hittad när du vill det"
    ),
    "let recruiters ask members who agreed to it, and keep count so that nobody is pestered": _l(
        "Låta rekryterare fråga dig, om du sagt ja till det, men inte för ofta"
    ),
    "know who comes to an event, and invite nobody twice": _l(
        "Veta vem som kommer till en träff, och inte bjuda in dig två gånger"
    ),
    "show somebody the events they come to in their own calendar": _l(
        "Visa dina träffar i din egen kalender, när du har slagit på det"
    ),
    "know the names of those whom somebody brings to an event": _l(
        "Veta vilka du tar med till en träff, om du själv har skrivit deras namn"
    ),
    "know who receives the guests of an event": _l("Veta vem som är värd för en träff"),
    "let the hosts see to food and access (may be about health, GDPR art. 9.2 a)": _l(
        "Ordna mat och tillgänglighet på en träff, när du själv har berättat vad du behöver"
    ),
    "send what a person agreed to receive once, and show that it went": _l(
        "Skicka de utskick du har sagt ja till, och bara en gång"
    ),
    "send a person only what the person wants to read, and nothing while they pause": _l(
        "Bara skicka det du vill läsa, och inget när du tar en paus"
    ),
    "know which mailings make people say no, and why when they tell us": _l(
        "Veta vilka utskick som får människor att säga nej"
    ),
    "write no more to an address that does not exist or complained": _l(
        "Inte skriva mer till en adress som inte finns eller inte vill ha mejl från oss"
    ),
    "learn from mail that comes back which addresses do not work": _l(
        "Märka när mejl till dig inte kommer fram, eller när du inte vill ha dem"
    ),
    "ask somebody who was tipped whether a recruiter may be in touch": _l(
        "Fråga den som har blivit tipsad om en rekryterare får höra av sig"
    ),
    "learn from those who leave": _l("Lära av dem som slutar vad som behöver ändras här"),
    "say who reads what leavers tell us": _l("Veta vem på HR som läser det de som slutar berättar"),
    "open an answer in an emergency, and let it be reviewed": _l(
        "Läsa det du berättade i ett nödläge, med två personers ja, och granska det efteråt"
    ),
    "meet for a talk before the last day": _l("Boka ett avgångssamtal med dig"),
    "show the leaver who may read, and keep those readers out of decisions on that person": _l(
        "Visa dig vem som får läsa dina svar, och hålla den utanför beslut om dig"
    ),
    "keep those who were told something in confidence out of decisions on the teller": _l(
        "Hålla den som har läst dina svar utanför beslut om dina ansökningar"
    ),
    "see that no figures of all releases together give away fewer than k people": _l(
        "Kontrollera att våra siffror aldrig pekar ut någon"
    ),
    "tell a leaver who asked to know when something changes": _l(
        "Skriva till dig en gång när vi har gjort något åt ett tema du valde när du slutade"
    ),
    "tell everybody what a leaver has said and lets us quote": _l(
        "Berätta för alla vad någon som slutar har sagt, när du har sagt ja till att bli citerad"
    ),
    "know who answers for an action and remind them": _l(
        "Veta vem hos oss som ansvarar för en åtgärd"
    ),
    "stop guessing and mass use": _l("Stoppa den som gissar sig fram eller försöker överbelasta"),
    "show people who has looked at their data": _l("Visa dig vem som har tittat på dina uppgifter"),
    "show who changed, exported or decided what": _l(
        "Visa vem som har ändrat, hämtat ut eller beslutat något"
    ),
    "do work in the background": _l("Göra arbete i bakgrunden"),
}
#: How long: the rule that stands at the model → the same in plain words.
KEPT = {
    "while employed; then while a member, or until the last right under LAS has ended": _l(
        "Så länge du är anställd, och sedan så länge du är medlem eller har rättigheter enligt LAS"
    ),
    "with a name six months after the last day, texts no longer than that": _l(
        "Med ditt namn i sex månader efter sista dagen. Texterna sparas inte längre än så"
    ),
    "as long as the figures stand; people stand in it by tokens that lead nowhere": _l(
        "Så länge siffrorna finns. Ingen kan se vem raderna handlar om"
    ),
    "as long as the answer is kept that it stands in": _l("Så länge svaret sparas"),
    "until another is chosen": _l("Tills någon annan är vald"),
    "six months": _l("Sex månader"),
    "24 months after the last day": _l("24 månader efter sista dagen"),
    "until the last right under LAS has ended": _l("Tills den sista rätten enligt LAS är slut"),
    "while employed; then while a member": _l("Så länge du är anställd eller medlem"),
    "24 hours; national ids are gone before they get here": _l(
        "24 timmar. Personnummer tas bort innan något sparas"
    ),
    "as long as what it made": _l("Lika länge som det som lästes in"),
    "while a member, and 30 days after for a change of mind": _l(
        "Så länge du är medlem, och 30 dagar till om du ångrar dig"
    ),
    "while a member; gone in the same moment as the membership": _l(
        "Så länge du är medlem, inte en sekund längre"
    ),
    "60 days after the last day, or until answered": _l(
        "60 dagar efter sista dagen, eller tills du svarat"
    ),
    "60 days, or until answered; then 24 months as proof of how the answer came": _l(
        "60 dagar eller tills du svarat, sedan 24 månader som bevis"
    ),
    "seven days when the address is not proved; six months after the decision": _l(
        "Sju dagar om adressen inte bekräftas, annars sex månader efter beslutet"
    ),
    "until taken off the list, or the account is closed": _l(
        "Tills någon tar bort dig, eller ditt konto stängs"
    ),
    "until changed, while a member": _l("Tills du ändrar dig, så länge du är medlem"),
    "30 days with the person, then only as a number": _l("30 dagar, sedan bara som en siffra"),
    "until changed, while a member; a pause until it ends": _l(
        "Tills du ändrar dig, så länge du är medlem. En paus tills den är slut"
    ),
    "90 days with the person, then only as a number": _l(
        "90 dagar med ditt namn, sedan bara som en siffra"
    ),
    "24 months after the consent ended": _l("24 månader efter att samtycket slutade gälla"),
    "text until sent (30 days at most), the rest 24 months": _l(
        "Texten tills mejlet gått, högst 30 dagar. Att det gick: 24 månader"
    ),
    "while the account lives": _l("Så länge kontot finns"),
    "two days": _l("Två dagar"),
    "a day; opens for half an hour, with a key that only that browser has": _l(
        "Ett dygn. Det går att öppna i en halvtimme, bara i din webbläsare"
    ),
    "30 days after its end": _l("30 dagar efter att du loggat ut"),
    "90 days after it was decided; 30 days when nobody decides": _l(
        "90 dagar efter beslutet, 30 dagar om ingen beslutar"
    ),
    "open until four weeks after the last day, then closed with the case; a digest, never the link"
    "": _l("Öppen till fyra veckor efter sista dagen, sedan stängd så länge avslutet finns kvar"),
    "two days; keys are keyed hashes of addresses, never the addresses": _l(
        "Två dagar, och aldrig själva adressen"
    ),
    "while a member; the answer counts for six months": _l(
        "Så länge du är medlem. Svaret gäller i sex månader"
    ),
    "24 months after the letter": _l("24 månader efter mejlet"),
    "30 days after it was last saved, or until it is sent": _l(
        "30 dagar efter att den senast sparades, eller tills den skickas"
    ),
    "24 months after the decision (diskrimineringslagen 6:4); "
    "what was written goes when the applicant takes it back": _l(
        "24 månader efter beslutet, så länge man kan klaga på diskriminering. "
        "Tar du tillbaka ansökan försvinner det du skrev"
    ),
    "14 days after the event, or until the person says no": _l(
        "14 dagar efter träffen, eller tills du tackar nej"
    ),
    "until the person turns it off or is no longer a member": _l(
        "tills du slår av den eller inte längre är medlem"
    ),
    "24 months after the event": _l("24 månader efter träffen"),
    "what stands in the slots until sent or the mailing is over, the rest 24 months": _l(
        "Det som står om dig i utskicket tills det gått eller utskicket är slut."
        " Att det gick: 24 månader"
    ),
    "until the address is proved anew; 24 months at most": _l(
        "Tills adressen bekräftas på nytt, högst 24 månader"
    ),
    "its text 30 days, what it said 24 months": _l(
        "Texten i 30 dagar, vad den betydde i 24 månader"
    ),
    "seven days after the last time": _l("Sju dagar efter senaste gången"),
    "one day, or until it is stored": _l("En dag, eller tills den är inläst"),
    "as long as the opening is kept": _l("Så länge tjänsten finns kvar"),
    "30 days without a yes; after a yes until hired, 180 days at most; a keyed mark two years": _l(
        "30 dagar utan ett ja, annars högst 180 dagar, och sedan bara ett avtryck i två år"
    ),
    "until the letter has gone; three years at most": _l("Tills mejlet har gått, högst tre år"),
    "five years": _l("Fem år"),
    "24 months": _l("24 månader"),
    "24 months; people stand in it only by random ids that erasure makes meaningless": _l(
        "24 månader, med slumpade nummer i stället för namn"
    ),
    "30 days after it is done; arguments hold ids, and at most one sealed address": _l(
        "30 dagar, utan namn"
    ),
}


@dataclass(frozen=True)
class Line:
    """One purpose of the register, in plain words."""

    why: object
    ground: object
    kept: object


def annotations() -> list[Personal]:
    """Return what the models say they hold about people, each once, in the order of WHY."""
    found = {held for mapper in Base.registry.mappers for held in _held(mapper.class_)}
    order = list(WHY)
    return sorted(found, key=lambda held: (held.purpose not in WHY, _place(order, held.purpose)))


def _place(order: list[str], purpose: str) -> int:
    return order.index(purpose) if purpose in order else len(order)


def _held(model: type[Base]) -> Iterator[Personal]:
    if model.__personal__ is not None:
        yield model.__personal__
    for column in model.__table__.columns:
        if column.info.get("personal"):
            yield column.info["personal"]


def lines() -> list[Line]:
    """Return the register as the page shows it."""
    return [
        Line(
            WHY.get(held.purpose, held.purpose),
            GROUNDS[held.basis],
            KEPT.get(held.keep, held.keep),
        )
        for held in annotations()
    ]
