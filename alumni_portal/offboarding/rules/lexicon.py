"""Words that betray what a column holds when its heading does not: folded, å and ä as a, ö as o."""

#: Given names that are common in the North, in the ages of a working life.
GIVEN_NAMES = frozenset(
    (
        "aino", "ali", "amira", "anders", "andreas", "anette", "ann", "anna", "annika", "arne",
        "asa", "astrid", "axel", "bengt", "berit", "bjorn", "bo", "britt", "camilla", "carina",
        "carl", "caroline", "cecilia", "charlotte", "christer", "christina", "daniel", "david",
        "ebba", "elin", "elisabet", "elisabeth", "ella", "ellen", "elsa", "emelie", "emil",
        "emma", "erik", "eva", "fatima", "farah", "fredrik", "gabriel", "goran", "gosta",
        "gunilla", "gun", "gunnar", "gustav", "hakan", "hanna", "hans", "hassan", "helena",
        "henrik", "hugo", "ida", "inger", "ingrid", "ingvar", "isabelle", "jan", "jenny", "jens",
        "jesper", "joakim", "johan", "johanna", "john", "johnny", "jonas", "jorgen", "jose",
        "josefin", "julia", "jurgen", "kaj", "karin", "karl", "katarina", "kenneth", "kerstin",
        "kim", "kjell", "klara", "kristina", "kurt", "lars", "lena", "lennart", "leif", "li",
        "linda", "linnea", "linus", "lisa", "louise", "lukasz", "magdalena", "magnus", "maja",
        "malin", "margareta", "maria", "marie", "marita", "markus", "marta", "martin", "mats",
        "mattias", "matti", "mehmet", "michael", "mikael", "mohamed", "mona", "monica", "moa",
        "nils", "nina", "noor", "olga", "ola", "olof", "oskar", "oscar", "orjan", "par", "patrik",
        "pekka", "per", "peter", "petra", "pia", "pontus", "ragnar", "rebecca", "richard",
        "robert", "robin", "roger", "roland", "rolf", "sandra", "sara", "simon", "siobhan", "siv",
        "sofia", "sofie", "solveig", "staffan", "stefan", "sten", "susanne", "sven", "therese",
        "thomas", "tobias", "tomas", "tommy", "torbjorn", "tuomas", "ulf", "ulla", "ulrika",
        "urban", "vera", "victor", "viktor", "wilhelm", "yasmin", "yusuf", "yvonne", "zoe",
        "james", "mary", "jennifer", "william", "patricia", "charles", "susan", "joseph",
        "margaret", "mark", "paul", "george", "brian", "kevin",
    )
)  # fmt: skip
PLACES = frozenset(
    (
        "stockholm", "goteborg", "gothenburg", "malmo", "uppsala", "vasteras", "orebro",
        "linkoping", "helsingborg", "jonkoping", "norrkoping", "lund", "umea", "gavle", "boras",
        "eskilstuna", "sodertalje", "karlstad", "taby", "vaxjo", "halmstad", "sundsvall", "lulea",
        "trollhattan", "ostersund", "borlange", "falun", "kalmar", "skovde", "karlskrona",
        "kristianstad", "skelleftea", "uddevalla", "varberg", "visby", "kiruna", "solna", "kista",
        "sundbyberg", "nacka", "huddinge", "molndal", "lidkoping", "motala", "ornskoldsvik",
        "pitea", "boden", "nykoping", "katrineholm", "angelholm", "landskrona", "trelleborg",
        "ystad", "oslo", "bergen", "trondheim", "stavanger", "kobenhavn", "copenhagen", "aarhus",
        "odense", "aalborg", "helsinki", "helsingfors", "espoo", "tampere", "turku", "oulu",
        "london", "berlin", "hamburg", "munchen", "paris", "amsterdam", "reykjavik", "tallinn",
        "riga", "vilnius", "warszawa", "gdansk", "krakow", "remote", "distans", "hemifran",
        "huvudkontoret",
    )
)  # fmt: skip
#: Ends of titles, also inside compounds: "elkraftsingenjör", "sektionschef".
TITLES = (
    "chef", "ingenjor", "konsult", "tekniker", "ledare", "utvecklare", "specialist", "ekonom",
    "assistent", "samordnare", "handlaggare", "controller", "analytiker", "arkitekt", "montor",
    "operator", "skoterska", "larare", "lakare", "sekreterare", "administrator", "strateg",
    "konstruktor", "radgivare", "saljare", "inkopare", "projektor", "direktor", "elektriker",
    "manager", "engineer", "developer", "consultant", "analyst", "director", "officer", "lead",
    "coordinator", "advisor", "designer", "technician", "accountant", "nurse", "teacher", "clerk",
    "assistant", "architect", "planner", "buyer", "expert", "partner", "representative", "driver",
    "planerare", "underskoterska", "vaktmastare", "kommunikator", "redovisningsekonom", "jurist",
    "insinoori", "paallikko", "leder", "radgiver", "konsulent", "snickare", "svetsare", "forare",
)  # fmt: skip
AGREEMENTS = (
    "avtal", "metall", "unionen", "kommunal", "vision", "vardforbundet", "ingenjorer", "ledarna",
    "seko", "handels", "almega", "saco", "hok", "byggnads", "transport", "akademiker", "tjansteman",
    "kollektiv", "arbetare", "st", "ab", "ssr", "lararforbundet", "livs", "gs", "pappers", "teknik",
    "fastigo", "sobona", "it och telekom", "agreement", "bea", "pan", "hrf", "elektrikerna", "itp",
)  # fmt: skip
DEPARTMENTS = (
    "hr", "it", "ekonomi", "personal", "finance", "sales", "marketing", "operations", "legal",
    "produktion", "forsaljning", "marknad", "kundtjanst", "support", "logistik", "inkop", "teknik",
    "avdelning", "enhet", "sektion", "department", "division", "team", "konstruktion", "drift",
    "utveckling", "forskning", "underhall", "kommunikation", "administration", "service", "projekt",
    "elkraft", "jarnvag", "vatten", "bygg", "miljo", "infrastruktur", "fastighet", "digital", "lab",
    "engineering", "research", "customer", "procurement", "facilities", "skola", "omsorg", "vard",
)  # fmt: skip
PRIVATE_MAIL = frozenset(
    (
        "gmail.com", "hotmail.com", "hotmail.se", "outlook.com", "live.se", "live.com",
        "yahoo.com", "yahoo.se", "icloud.com", "me.com", "telia.com", "bredband.net", "proton.me",
        "protonmail.com", "msn.com", "spray.se", "comhem.se", "home.se",
    )
)  # fmt: skip
