"""What the applicant reads about where an application stands."""

from alumni_portal.applications.rules.stages import Stage
from alumni_portal.core.text import lazy as _l

#: Heading and sentence of the status page.
SAYS = {
    Stage.SUBMITTED: (
        _l("Vi har din ansökan"),
        _l("Rekryteraren läser den och hör av sig inom fem arbetsdagar."),
    ),
    Stage.SCREENING: (
        _l("Vi vill prata med dig"),
        _l("Rekryteraren ringer eller skriver för att hitta en tid som passar."),
    ),
    Stage.INTERVIEW: (
        _l("Du är vidare till intervju"),
        _l("Rekryteraren hör av sig om tid och plats."),
    ),
    Stage.OFFER: (
        _l("Du har ett erbjudande"),
        _l("Rekryteraren går igenom villkoren med dig. Ta den tid du behöver."),
    ),
    Stage.HIRED: (_l("Välkommen tillbaka!"), _l("Allt är klart. Vi ses på första dagen.")),
    Stage.DECLINED: (
        _l("Det blev inte du den här gången"),
        _l("Tack för att du sökte. Här står varför."),
    ),
    Stage.WITHDRAWN: (
        _l("Du har tagit tillbaka ansökan"),
        _l("Det du skrev är raderat. Du kan söka igen så länge tjänsten är öppen."),
    ),
}
