from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from flask import request
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from werkzeug.datastructures import FileStorage
from wtforms import (
    BooleanField,
    DateField,
    EmailField,
    HiddenField,
    IntegerField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    TimeField,
    URLField,
)
from wtforms.validators import DataRequired, InputRequired, Length, Optional, Regexp
from wtforms.widgets import CheckboxInput, HiddenInput, ListWidget

from alumni_portal.consents.queries import TOPICS
from alumni_portal.core.forms import REQUIRED, Form, chosen_file, options
from alumni_portal.newsletters.models import Newsletter
from alumni_portal.newsletters.queries import KINDS, LANGUAGES, ONLY, Kind
from alumni_portal.newsletters.rules import moment_of
from alumni_portal.newsletters.services import Block, Content, Head, Only, Said

_LINE = [Length(max=200)]
_TEXT = [Length(max=10_000)]
_WHOLE = Regexp(
    r"https?://[^\s<>\"{}]+$", message=_l("Skriv hela adressen, den börjar med https://")
)
_IDS = Length(max=20)
_DAY = _l("Välj en dag.")
_TIME = _l("Skriv ett klockslag, till exempel 08.30.")


class NewForm(Form):
    """A newsletter begins with a name."""

    title = StringField(_l("Vad ska brevet heta?"), [DataRequired(REQUIRED), Length(max=200)])


class BlockForm(Form):
    """One block, both languages beside each other."""

    class Meta(Form.Meta):
        csrf = False  # the form around it has the token

    kind = HiddenField()
    picture = HiddenField(validators=[_IDS])
    heading_sv = StringField(_l("Rubrik på svenska"), _LINE)
    heading_en = StringField(_l("Rubrik på engelska"), _LINE)
    text_sv = TextAreaField(_l("Text på svenska"), _TEXT)
    text_en = TextAreaField(_l("Text på engelska"), _TEXT)
    alt_sv = StringField(_l("Vad bilden visar, på svenska"), _LINE)
    alt_en = StringField(_l("Vad bilden visar, på engelska"), _LINE)
    label_sv = StringField(_l("Text på knappen, svenska"), _LINE)
    label_en = StringField(_l("Text på knappen, engelska"), _LINE)
    url = URLField(_l("Leder till"), [Optional(), Length(max=500), _WHOLE])
    file = FileField(_l("Bild, JPG eller PNG"))
    refs = SelectMultipleField(_l("Visa"), validate_choice=False)
    only = SelectField(_l("Vem som ser blocket"), choices=options(ONLY.items()))

    def __init__(self, block_id: str, block: Block | None = None) -> None:
        super().__init__(prefix=f"b-{block_id}-", data=_data_of(block) if block else None)
        self.block_id = block_id

    @property
    def block(self) -> Block:
        """Return what was written."""
        said = {
            spoken: Said(
                heading=self[f"heading_{spoken}"].data or "",
                text=self[f"text_{spoken}"].data or "",
                alt=self[f"alt_{spoken}"].data or "",
                label=self[f"label_{spoken}"].data or "",
            )
            for spoken in LANGUAGES
        }
        return Block(
            id=self.block_id,
            kind=Kind(self.kind.data or ""),
            said=said,
            picture=self.picture.data or "",
            url=self.url.data or "",
            refs=tuple((self.refs.data or ())[:20]),
            only=Only(self.only.data or ""),
        )

    @property
    def uploaded(self) -> FileStorage | None:
        """Return the file that was chosen."""
        return chosen_file(self.file)


def _data_of(block: Block) -> dict[str, Any]:
    said = {
        f"{part}_{spoken}": getattr(block.says(spoken), part)
        for part in ("heading", "text", "alt", "label")
        for spoken in LANGUAGES
    }
    own = {"kind": block.kind, "picture": block.picture, "url": block.url, "only": block.only}
    return {**own, "refs": list(block.refs), **said}


class ComposerForm(Form):
    """A whole newsletter. Every button saves what is written first."""

    title = StringField(_l("Namn, bara för er"), [DataRequired(REQUIRED), Length(max=200)])
    subject_sv = StringField(_l("Ämnesrad på svenska"), _LINE)
    subject_en = StringField(_l("Ämnesrad på engelska"), _LINE)
    preheader_sv = StringField(_l("Raden efter, på svenska"), _LINE)
    preheader_en = StringField(_l("Raden efter, på engelska"), _LINE)
    segment = SelectField(_l("Urval"))
    topic = SelectField(_l("Handlar om"), choices=options(TOPICS.items()))
    spares_second = BooleanField(
        _l("Hoppa över dem som fick ett nyhetsbrev den senaste månaden"),
        description=_l("Vi har lovat dem som läser högst ett i månaden."),
    )
    shown_to_all = BooleanField(
        _l("Låt alla medlemmar läsa brevet i arkivet"),
        description=_l("Annars läser bara de som fick det, om du har valt ett urval."),
    )
    spares_recent = BooleanField(_l("Hoppa över dem som fick ett utskick de senaste sju dagarna"))
    reply_to = EmailField(_l("Svar går till"), [Optional(), Length(max=200)])
    kind = SelectField(_l("Sorts block"), choices=options((one.value, KINDS[one]) for one in Kind))
    do = HiddenField()
    #: What was saved when this form was opened.
    version = HiddenField()

    def __init__(
        self, newsletter: Newsletter, segments: Sequence[tuple[str, object]], chosen: str
    ) -> None:
        content = newsletter.content
        #: Written on a page of its own: what is typed here leaves it as it is.
        self._texts = content.texts
        heads = {
            f"{part}_{spoken}": getattr(content.head(spoken), part)
            for part in ("subject", "preheader")
            for spoken in LANGUAGES
        }
        data = {"title": newsletter.title, "segment": chosen, "topic": newsletter.topic, **heads}
        data["reply_to"] = newsletter.reply_to
        data |= {"version": newsletter.version, "spares_recent": newsletter.spares_recent}
        data["spares_second"] = newsletter.spares_second
        data["shown_to_all"] = newsletter.shown_to_all
        super().__init__(data=data)
        self.segment.choices = options([("", _l("Alla som sagt ja till nyhetsbrev")), *segments])
        self.blocks = list(_sent() if self.is_submitted() else map(_kept, content.blocks))

    def begin_again(self, newsletter: Newsletter) -> None:
        """Let what is typed go on from what is saved now."""
        self.version.data = newsletter.version

    def validate(self, extra_validators: Any = None) -> bool:  # noqa: ANN401 - WTForms' own
        """Check the shape of all of it; nothing needs to be finished."""
        sound = [super().validate(extra_validators), *(one.validate() for one in self.blocks)]
        return all(sound)

    @property
    def content(self) -> Content:
        """Return what was written."""
        heads = {
            spoken: Head(
                subject=self[f"subject_{spoken}"].data or "",
                preheader=self[f"preheader_{spoken}"].data or "",
            )
            for spoken in LANGUAGES
        }
        blocks = tuple(one.block for one in self.blocks)
        return Content(heads=heads, blocks=blocks, texts=self._texts)

    @property
    def chosen(self) -> dict[str, list[str]]:
        """Return what is ticked in lists, by their kind."""
        found: dict[str, list[str]] = {}
        for one in self.blocks:
            if one.kind.data in {Kind.OPENINGS, Kind.EVENTS}:
                found.setdefault(one.kind.data, []).extend((one.refs.data or [])[:20])
        return found


def _kept(block: Block) -> BlockForm:
    return BlockForm(block.id, block)


def _sent() -> Iterator[BlockForm]:
    """Yield the blocks of the request in their order; what is no block of ours is left out."""
    for block_id in dict.fromkeys(request.form.getlist("block")[:60]):
        if block_id.isalnum() and request.form.get(f"b-{block_id}-kind") in set(Kind):
            yield BlockForm(block_id)


class TextForm(Form):
    """The plain text of one edition."""

    text = TextAreaField(_l("Ren text"), [Length(max=20_000)])
    version = HiddenField()
    do = HiddenField()


class TestForm(Form):
    """To whom a newsletter goes for trying, and with whose values."""

    to = RadioField(
        _l("Till"), choices=options([("self", _l("Mig själv")), ("group", _l("Testgruppen"))])
    )
    language = RadioField(_l("Språk"))
    name = StringField(_l("Med uppgifter från mottagaren"), [Optional(), Length(max=80)])


class TestersForm(Form):
    """Who is in the group of testers."""

    people = SelectMultipleField(
        _l("Med i testgruppen"),
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )


class SendForm(Form):
    """The yes to a number of receivers."""

    number = IntegerField(widget=HiddenInput())


class PlanForm(SendForm):
    """A moment of the employer's clock."""

    day = DateField(_l("Dag"), [InputRequired(_DAY)])
    at = TimeField(_l("Klockan"), [InputRequired(_TIME)])

    @property
    def moment(self) -> datetime | None:
        """Return the moment that is chosen; nothing while it is none."""
        return moment_of(self.day.data, self.at.data) if self.day.data and self.at.data else None
