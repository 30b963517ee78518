"""The guides we ship, in our own words: version 1 of each track."""

from collections.abc import Mapping
from types import MappingProxyType

from alumni_portal.exit_interviews.rules.guide import GuideText
from alumni_portal.exit_interviews.rules.kinds import Track
from alumni_portal.exit_interviews.rules.shipped import hr, nearest_manager, pulse, questionnaire

SHIPPED: Mapping[Track, GuideText] = MappingProxyType(
    {
        Track.QUESTIONNAIRE: questionnaire.GUIDE,
        Track.HR: hr.GUIDE,
        Track.MANAGER: nearest_manager.GUIDE,
        Track.PULSE: pulse.GUIDE,
    }
)
