"""The form of a link that an organisation declares."""

from datetime import UTC, datetime
from typing import Final

from flask_wtf import FlaskForm
from wtforms.validators import InputRequired, Length, ValidationError

from mapper.domain.tie import DECLARED, DeclaredLink, Layer
from mapper.web.forms.fields import DayField, LineField, OneOfField

_KINDS: Final = {
    Layer.REFERRAL: "Refers people",
    Layer.MEMBERSHIP: "Is a member, for example of a partnership board",
    Layer.INFORMATION: "Shares information",
}
_LONG = Length(max=300, message="The name must be 300 characters or fewer")


class DeclareForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF is not typed
    """What ties two organisations, which way, and since when."""

    says = LineField("Which organisation says so?", validators=[_LONG])
    kind = OneOfField(
        "What ties the two?",
        [(layer.slug, _KINDS[layer]) for layer in Layer if layer in DECLARED],
        validators=[InputRequired("Choose what ties the two")],
    )
    way = OneOfField(
        "Which way?",
        [
            ("out", "From the organisation that says so to the other"),
            ("in", "From the other to the organisation that says so"),
        ],
        validators=[InputRequired("Choose which way it goes")],
    )
    other = LineField(
        "Which is the other organisation?",
        description="Its name as it is in the directory",
        validators=[InputRequired("Enter the name of the other organisation"), _LONG],
    )
    since = DayField(
        "Since when?",
        description="For example, 27 3 2026. The link is in the network from that day on",
        validators=[InputRequired("Enter the day since when it is so")],
    )

    def validate_since(self, field: DayField) -> None:
        """Refuse a day that has not come."""
        if field.data is not None and field.data > datetime.now(UTC).date():
            raise ValidationError("The day is still to come. Say it when it has happened")

    def link(self, says_id: int, other_id: int) -> DeclaredLink:
        """Build the link that the form describes; without faults only.

        Parameters
        ----------
        says_id, other_id : of the organisation that says so, and of the other.

        Raises
        ------
        InvalidValueError
            When the two are one.
        """
        pair = (says_id, other_id) if self.way.data == "out" else (other_id, says_id)
        return DeclaredLink(
            layer=Layer.of_slug(self.kind.data),
            from_id=pair[0],
            to_id=pair[1],
            declared_by_id=says_id,
            declared_on=self.since.data or datetime.now(UTC).date(),
        )
