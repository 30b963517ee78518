"""The words of HR systems: what fields are called in Swedish, English and the languages around.

Headings are compared word by word, folded: å and ä as a, ö as o, case and signs do not count.
"""

from collections.abc import Mapping

#: Key → Swedish name (the source text of pages) and English name.
LABELS: Mapping[str, tuple[str, str]] = {
    "employee_number": ("Anställningsnummer", "Employee number"),
    "first_name": ("Förnamn", "First name"),
    "last_name": ("Efternamn", "Last name"),
    "full_name": ("Hela namnet", "Full name"),
    "work_address": ("E-post på arbetet", "Work email"),
    "private_address": ("Privat e-post", "Private email"),
    "phone": ("Telefon", "Phone"),
    "unit": ("Avdelning", "Unit"),
    "workplace": ("Driftsenhet", "Workplace"),
    "title": ("Befattning", "Job title"),
    "manager_number": ("Chefens anställningsnummer", "Manager’s employee number"),
    "employment_kind": ("Anställningsform", "Form of employment"),
    "begins_on": ("Första anställningsdag", "First day"),
    "notice_on": ("Uppsägningsdag", "Day of notice"),
    "ends_on": ("Sista anställningsdag", "Last day"),
    "exit_ground": ("Avgångsorsak", "Exit ground"),
    "agreement_area": ("Avtalsområde", "Agreement area"),
    "birth_date": ("Födelsedatum", "Birth date"),
    "language": ("Språk", "Language"),
    "leads_unit": ("Chef för avdelning", "Leads unit"),
    "deputy_for_unit": ("Ersättare för chef på avdelning", "Deputy for unit"),
    "unit_code": ("Avdelningskod", "Unit code"),
    "name": ("Avdelningens namn", "Name of the unit"),
    "parent": ("Överordnad avdelning", "Parent unit"),
    "lead_number": ("Chefens anställningsnummer", "Lead’s employee number"),
    "deputy_number": ("Ersättarens anställningsnummer", "Deputy’s employee number"),
    "valid_from": ("Gäller från", "Valid from"),
    "closes_on": ("Upphör", "Closes"),
}

#: Key → what its column is called, as folded words.
SAID: Mapping[str, str] = {
    "employee_number": (
        "anstallningsnummer|anstnr|anst nr|anstallningsnr|anstallnings id|anstallningsid|anst id"
        "|medarbetarid|medarbetarnummer|medarbetar id|medarbetarnr|personalnummer|personalnr"
        "|personal id|personalid|loneid|lonenummer|lonenr|arbetstagarnr|arbetstagarnummer"
        "|anstalld nr|anstalldnr|anstalld id|employee number|employee no|employee nr|employee id"
        "|empl id|emp id|emp no|empno|emplid|employeeid|employee|worker id|worker|worker number"
        "|worker no|staff id|staff number|staff no|staffno|personnel number|personnel no"
        "|personnel id|pernr|pers no|payroll id|payroll number|payroll no|associate id"
        "|team member id|person number|person id|user id|badge id|hr id|id number|ansattnummer"
        "|ansattnr|ansatt nr|ansatt id|ansattes nr|medarbeidernummer|medarbejdernummer"
        "|medarbejdernr|lonnsnummer|lonnummer|henkilonumero|tyontekijanumero|henkilosto nro"
        "|mitarbeiternummer|mitarbeiter id|id|nr|nummer|sign|signatur|anvandar id|resursnr"
        "|resource id|tjansteid|anstallning|contract id|assignment number"
    ),
    "first_name": (
        "fornamn|first name|given name|given names|forename|legal first name|tilltalsnamn"
        "|preferred first name|preferred name|fornavn|etunimi|vorname|firstname|first|givenname"
        "|fname|namn 1|christian name|known as|kallad|fornamnet|kutsumanimi|fore name|name first"
    ),
    "last_name": (
        "efternamn|last name|family name|surname|legal last name|slaktnamn|etternavn|efternavn"
        "|sukunimi|nachname|lastname|last|familyname|lname|legal surname|namn 2|name last"
        "|slagtsnamn|familienavn|legal family name"
    ),
    "full_name": (
        "namn|name|full name|fullname|employee name|worker name|hela namnet|fullstandigt namn"
        "|legal name|display name|navn|nimi|medarbetare|anstalld|anstallds namn|person|visningsnamn"
        "|medarbetarens namn|namn pa anstalld|personens namn|fullt navn|koko nimi|staff member"
        "|preferred full name|employee full name"
    ),
    "work_address": (
        "e post arbete|e post|epost|mail|email|e mail|work email|work e mail|company email"
        "|business email|office email|corporate email|arbetsmail|jobbmail|jobb epost|e post jobb"
        "|foretagsmail|e postadress|epostadress|arbetsepost|e post tjanst|tjanstemail|mejl arbete"
        "|jobbmejl|mejl|upn|primary work email|email work|email primary work|internet address"
        "|arbeids epost|arbejdsmail|tyosahkoposti|sahkoposti|geschaftliche e mail"
        "|user principal name|tjanste e post|arbetsplats mail|e post arbetsplats|epost arbete"
        "|e mailadress|email address|jobb e post|epost jobb|firma e post"
    ),
    "private_address": (
        "privat e post|privat epost|privat mail|privat mejl|privatmail|privatmejl|home email"
        "|personal email|private email|home e mail|personal e mail|private e mail|e post privat"
        "|epost privat|mail privat|mejl privat|hemmail|privat e postadress|email home|email private"
        "|email personal|alternate email|alternative email|external email|non work email"
        "|secondary email|e post hem|hem e post|email address home|home email address"
        "|personal email address|private epost|privat e mail|henkilokohtainen sahkoposti"
        "|yksityinen sahkoposti|private mailadresse|e mail privat|epost hem|kontaktmail efter slut"
        "|e post efter avslut|primary home email"
    ),
    "phone": (
        "mobil|telefon|telefonnummer|mobilnummer|mobiltelefon|phone|mobile|cell|cell phone"
        "|mobile phone|phone number|home phone|tel|tfn|telefon privat|privat telefon|mobil privat"
        "|puhelin|matkapuhelin|handy|mobilnr|tel nr|telnr|private phone|personal phone"
        "|contact number|primary phone|hemtelefon|gsm|tlf|mobiltlf|personal mobile|mobile number"
        "|telephone|telefon hem|kontakttelefon"
    ),
    "unit": (
        "avdelning|enhet|organisation|organisationsenhet|org enhet|orgenhet|sektion|unit|department"
        "|dept|division|team|supervisory organization|supervisory organisation|organizational unit"
        "|org unit|organisatorisk enhet|avd|business unit|cost center|cost centre|kostnadsstalle"
        "|kst|avdelningsnamn|enhetsnamn|verksamhet|grupp|avdeling|afdeling|enhed|osasto|yksikko"
        "|abteilung|group|org|organizational assignment|orgunit|department name|forvaltning"
        "|verksamhetsomrade|kostnadsstalle namn|organizational unit name|home department|placering"
        "|org tillhorighet|organisationstillhorighet"
    ),
    "workplace": (
        "driftsenhet|arbetsplats|arbetsstalle|ort|stationeringsort|placeringsort|location|site"
        "|work location|office|workplace|place of work|kontor|tjanstgoringsort|stad|city|plant"
        "|facility|ast|arbeidssted|arbejdssted|lokation|toimipaikka|tyopaikka|standort|betrieb"
        "|personnel area|arbetsort|work site|anlaggning|primary location|office location"
        "|duty station|personnel subarea|arbetsstallenr|branch|establishment|huvudarbetsplats|sted"
        "|paikkakunta"
    ),
    "title": (
        "befattning|titel|yrkestitel|tjanst|roll|title|job title|business title|position"
        "|position title|role|job|job profile|occupation|designation|stilling|tehtavanimike|nimike"
        "|funktion|yrke|befattningsbenamning|befattningstitel|tjanstetitel|job name"
        "|stillingsbetegnelse|jobtitel|tjanstebenamning|job position|benamning|aid benamning|stelle"
        "|arbetsuppgift|uppdrag|profession"
    ),
    "manager_number": (
        "chef anstnr|chef|chefens anstallningsnummer|chefs nr|chefens nr|narmaste chef|manager"
        "|manager id|manager worker id|manager employee id|manager number|supervisor|supervisor id"
        "|reports to|reports to id|line manager|line manager id|chef id|chefs id|ansvarig chef"
        "|overordnad|leder|esimies|vorgesetzter|manager personnel number|supervisor number"
        "|personalansvarig|chefens id|chef anstallningsnr|narmaste chef anstnr"
        "|narmaste chefs anstallningsnummer|naermeste leder|naermeste leder id|esihenkilo|boss"
        "|direct manager|rapporterar till|manager emp no|chefs anstallningsnummer|narmaste chefs id"
    ),
    "employment_kind": (
        "anstallningsform|anstallningstyp|anst form|anstform|employee type|employment type"
        "|worker type|contract type|type of employment|type of contract|employment form"
        "|employment status|employee group|employment category|employee class|ansettelsesform"
        "|ansaettelsesform|ansettelsestype|tyosuhteen muoto|tyosuhteen tyyppi|beschaftigungsart"
        "|vertragsart|employee category|tjanstetyp|worker sub type|form av anstallning"
        "|typ av anstallning|avtalstyp|job type|anstallningskategori|employment kind"
        "|assignment category|stillingstype|tyosuhdemuoto|kontraktstyp"
    ),
    "begins_on": (
        "anst datum|anstallningsdatum|anstalld fran|anstallningsdag|borjade|startdatum|start"
        "|forsta anstallningsdag|hire date|start date|original hire date|employment start"
        "|employment start date|date of hire|date hired|hired on|begin date|begins|from"
        "|from och med|fr o m|from datum|tilltrade|tilltradesdatum|joined|joining date|date joined"
        "|entry date|anstallningens borjan|borjan|fra dato|ansettelsesdato|ansaettelsesdato"
        "|startdato|ansatt fra|alkupvm|tyosuhteen alku|alkamispaiva|eintrittsdatum|eintritt"
        "|anstalld|anst fr o m|most recent hire date|continuous service date|fom|service date"
        "|tilltradde|anstallning from|anstalld from|commencement date|forsta dag|hire|gtd fran"
    ),
    "notice_on": (
        "uppsagningsdatum|uppsagningsdag|uppsagd|uppsagd datum|sade upp sig|uppsagning|notice date"
        "|resignation date|date of notice|notice given|notice|notice received|resigned on"
        "|date of resignation|uppsagning inkom|datum for uppsagning|uppsagningsdato|oppsigelsesdato"
        "|opsigelsesdato|oppsagt dato|irtisanomispaiva|irtisanomispvm|kundigungsdatum"
        "|termination notice date|notice given on|notice start|begaran inkom|uppsagning datum"
        "|notification date|varslad|resignation submitted|oppsagt|opsagt|date notified"
        "|uppsagningsdatum fran|sagt upp|notified|irtisanottu|gekundigt am"
    ),
    "ends_on": (
        "slutdatum|sista anstallningsdag|sista dag|sista arbetsdag|slutar|slutade|avgangsdatum"
        "|avgang|avslutsdatum|anstallning upphor|anstalld till|till och med|t o m|tom|slut"
        "|termination date|end date|last day|last working day|last day of work|leaving date"
        "|leave date|exit date|date of leaving|employment end|employment end date|separation date"
        "|contract end|contract end date|terminated on|effective date|sluttdato|slutdato"
        "|fratradelse|fratraedelsesdato|ansatt til|paattymispvm|paattymispaiva"
        "|tyosuhteen paattymispaiva|austrittsdatum|austritt|till|to|anst t o m|upphor|upphorde"
        "|departure date|end of employment|date left|left on|last date worked|anstallning till"
        "|anstallningens slut|leaves|lamnar|final day|entledigandedatum|avgar|loppupvm|siste dag"
        "|sidste dag|last date of employment"
    ),
    "exit_ground": (
        "avgangsorsak|avgangskod|orsak|slutorsak|avslutsorsak|uppsagningsorsak|anledning"
        "|avgangsskal|anledning till avgang|orsak till avgang|slutkod|termination reason"
        "|reason for leaving|leaving reason|separation reason|exit reason|reason"
        "|termination category|termination type|reason code|leave reason|action reason"
        "|termination reason code|reason for termination|sluttarsak|fratraedelsesarsag|arsak|arsag"
        "|paattymissyy|paattymisen syy|syy|austrittsgrund|grund|avslutskod|orsakskod|slutarsag"
        "|avgangsgrund|upphorandegrund|varfor|why|avgangstyp|exit type|typ av avgang|leaver type"
        "|avslutningsorsak|avslut|exit ground|orsak till avslut|departure reason|primary reason"
        "|event reason|separation type|loppumissyy"
    ),
    "agreement_area": (
        "avtalsomrade|avtal|kollektivavtal|collective agreement|agreement|bargaining unit"
        "|union agreement|kollektivavtalsomrade|avtalsgrupp|tariffavtale|overenskomst"
        "|tyoehtosopimus|tes|tarifvertrag|labor agreement|agreement area|cba"
        "|collective bargaining agreement|avtalskod|pay scale area|union code|labour agreement"
        "|avtalstillhorighet|tariff"
    ),
    "birth_date": (
        "fodelsedatum|fodelse|birth|fodd|fodelsedag|date of birth|birth date|birthdate|dob|birthday"
        "|fodselsdato|syntymaaika|syntymapaiva|geburtsdatum|born|fodelsetid|fodselsdag|fodt|born on"
        "|geboren|syntynyt"
    ),
    "language": (
        "sprak|language|preferred language|correspondence language|kontaktsprak|lang|locale|kieli"
        "|sprache|communication language|sprog|modersmal|asiointikieli|sprakkod|language code"
    ),
    "leads_unit": (
        "chef for avdelning|chef for enhet|chef for|leads unit|manages unit|manager of|leder enhet"
        "|ar chef for|leads|head of|head of unit|enhetschef for|avdelningschef for"
        "|manager of department"
    ),
    "deputy_for_unit": (
        "ersattare for|ersattare for enhet|deputy for unit|deputy for|stallforetradare for"
        "|bitradande chef for|stand in for|acting manager of|deputy manager of"
        "|vikarierande chef for|ersattare for chef pa avdelning"
    ),
    "unit_code": (
        "kod|enhetskod|avdelningskod|orgkod|organisationskod|unit code|unit id|org id|department id"
        "|department code|code|id|enhet id|enhetsid|kostnadsstalle|cost center|orgnr|org unit id"
        "|avdelnings id|organization id|nummer|enhetsnummer|avdelningsnummer|reference id"
    ),
    "name": (
        "namn|enhet|avdelning|enhetsnamn|avdelningsnamn|name|unit|unit name|department"
        "|department name|organisation|organization name|benamning|organization|avdelningens namn"
        "|enhetens namn|org name|navn|organisationsenhet|supervisory organization|nimi"
    ),
    "parent": (
        "overordnad|overordnad enhet|tillhor|overordnad avdelning|moderenhet|parent|parent unit"
        "|parent code|parent id|parent department|belongs to|superior organization|superior"
        "|reports to|overenhet|ingar i|overordnad kod|overordnet|division|parent organization"
        "|ylayksikko|overordnat"
    ),
    "lead_number": (
        "chef|chefens anstallningsnummer|chef anstnr|manager|manager id|lead|head|ansvarig"
        "|enhetschef|avdelningschef|manager worker id|head of unit|chefens nr|leader"
        "|manager employee id|leder|lead employee number|department head|chef id|esimies"
    ),
    "deputy_number": (
        "ersattare|deputy|deputy id|stallforetradare|bitradande chef|vice chef|ersattare anstnr"
        "|stand in|ersattarens anstallningsnummer|deputy worker id|deputy employee number"
        "|deputy manager|deputy manager id|varahenkilo|stedfortreder"
    ),
    "valid_from": (
        "galler fran|fran|from|valid from|start|startdatum|fr o m|effective from|effective date"
        "|opened|oppnad|inrattad|start date|created|gyldig fra|from och med|since|bildad"
    ),
    "closes_on": (
        "upphor|stangd|nedlagd|galler till|till|valid to|closed|closes|closes on|end date|slutdatum"
        "|t o m|effective to|inactive date|valid until|avvecklas|till och med|gyldig til"
        "|closing date"
    ),
}
