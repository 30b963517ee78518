"""The curated list of topics of interest."""

from enum import StrEnum

from alumni_portal.core.text import lazy as _l


class Topic(StrEnum):
    """Something that alumni want to hear, talk and meet about."""

    POWER = "power"
    GRID = "grid"
    STORAGE = "storage"
    RAILWAY = "railway"
    WATER = "water"
    CONSTRUCTION = "construction"
    SUSTAINABILITY = "sustainability"
    DIGITALISATION = "digitalisation"
    DATA = "data"
    SECURITY = "security"
    PROJECTS = "projects"
    LEADERSHIP = "leadership"
    MENTORING = "mentoring"
    START_UPS = "start_ups"
    BOARDS = "boards"
    RESEARCH = "research"
    EQUALITY = "equality"
    LIFE_AFTER_WORK = "life_after_work"


TOPICS = {
    Topic.POWER: _l("Elkraft"),
    Topic.GRID: _l("Elnät och stationer"),
    Topic.STORAGE: _l("Energilager"),
    Topic.RAILWAY: _l("Järnväg"),
    Topic.WATER: _l("Vatten och miljö"),
    Topic.CONSTRUCTION: _l("Konstruktion och bygg"),
    Topic.SUSTAINABILITY: _l("Hållbarhet"),
    Topic.DIGITALISATION: _l("Digitalisering"),
    Topic.DATA: _l("Data och AI"),
    Topic.SECURITY: _l("Säkerhet"),
    Topic.PROJECTS: _l("Projektledning"),
    Topic.LEADERSHIP: _l("Ledarskap"),
    Topic.MENTORING: _l("Mentorskap"),
    Topic.START_UPS: _l("Starta eget"),
    Topic.BOARDS: _l("Styrelsearbete"),
    Topic.RESEARCH: _l("Forskning"),
    Topic.EQUALITY: _l("Jämställdhet och mångfald"),
    Topic.LIFE_AFTER_WORK: _l("Livet efter jobbet"),
}
