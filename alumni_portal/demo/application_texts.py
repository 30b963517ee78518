"""What the applicants of the demo write, and the reasons they are given."""

WHYS = (
    "Jag saknar att bygga saker som syns. Stationsprojekten är det roligaste jag har gjort.",
    "Kollegorna. Och att någon alltid vet hur det egentligen ska vara.",
    "Jag slutade för att lära mig något nytt. Det har jag gjort, och nu vill jag använda det här.",
    "Det är nära hem, och jag vet vad jag får.",
    "Jag vill tillbaka till tekniken efter några år som konsult.",
    "Ni gör det jag tror på. Jag vill vara med igen.",
    "",
)
#: What somebody finds wrong in the history.
NOTES = ("Jag slutade i maj, inte i juni, och de sista åren var jag i Lund.",)
#: Reasons of a decline: about the criterion, never about the person.
NOT_MET = (
    "Vi ser inte i ansökan eller samtalet att du har arbetat med det som kravet gäller.",
    "Rollen kräver det från första dagen, och du har det inte än.",
    "Erfarenheten som kravet gäller ligger inom ett annat område.",
)
OUTDONE = (
    "En annan sökande har gjort det i fler och större uppdrag.",
    "En annan sökande har arbetat med det de senaste fem åren, du för längre sedan.",
    "Flera uppfyllde kravet. Den som fick jobbet hade gjort det i samma slags anläggning.",
)
