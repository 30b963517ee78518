"""What is written on the pages about newsletters and greetings."""

from alumni_portal.newsletters.forms.greetings import (
    FromGreetingForm,
    GreetingForm,
    GreetingPlanForm,
    WroteBackForm,
)
from alumni_portal.newsletters.forms.letters import (
    BlockForm,
    ComposerForm,
    NewForm,
    PlanForm,
    SendForm,
    TestersForm,
    TestForm,
    TextForm,
)

__all__ = [
    "BlockForm",
    "ComposerForm",
    "FromGreetingForm",
    "GreetingForm",
    "GreetingPlanForm",
    "NewForm",
    "PlanForm",
    "SendForm",
    "TestForm",
    "TestersForm",
    "TextForm",
    "WroteBackForm",
]
