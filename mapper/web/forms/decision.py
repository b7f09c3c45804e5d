"""The forms of the review of duplicates: a decision on one pair, and a new search."""

from typing import Final

from flask_wtf import FlaskForm
from wtforms import BooleanField, HiddenField
from wtforms.validators import InputRequired, ValidationError

from mapper.domain.matching import Verdict
from mapper.reports.pairs import PublishedPair
from mapper.web.forms.fields import OneOfField

_MERGE: Final = "merge into "
_WORDS: Final = {
    Verdict.KEPT_APART: "They are two: keep them apart for now",
    Verdict.NEVER_AGAIN: "They are two: never ask again",
}
_DONE: Final = {
    Verdict.MERGED: "The two are one organisation now.",
    Verdict.KEPT_APART: "The two are kept apart until either record changes.",
    Verdict.NEVER_AGAIN: "The two are kept apart, and will not be asked about again.",
}


class DecisionForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF is not typed
    """What somebody decides of one pair."""

    state = HiddenField()
    decision = OneOfField(
        "What are they?",
        (),
        validate_choice=False,
        validators=[InputRequired("Choose whether they are one organisation or two")],
    )

    def look_at(self, pair: PublishedPair) -> None:
        """Offer what can be decided of a pair as it is now.

        Parameters
        ----------
        pair : as it is shown.
        """
        first, second = pair.ids
        one, other = pair.names
        merges = [
            (f"{_MERGE}{first}", f"They are one organisation: “{one}” ({first}) goes on"),
            (f"{_MERGE}{second}", f"They are one organisation: “{other}” ({second}) goes on"),
        ]
        apart = [(verdict.value, words) for verdict, words in _WORDS.items()]
        self.decision.choices = [] if pair.is_one else [*merges, *apart]
        self.state.data = pair.state

    @property
    def keep_id(self) -> int | None:
        """Of a merge: which of the two goes on."""
        chosen = (self.decision.data or "").removeprefix(_MERGE)
        return int(chosen) if chosen.isdecimal() else None

    @property
    def verdict(self) -> Verdict:
        """What was decided."""
        return Verdict.MERGED if self.keep_id is not None else Verdict(self.decision.data)

    @property
    def done_words(self) -> str:
        """What to say once it is kept."""
        return _DONE[self.verdict]

    def validate_decision(self, field: OneOfField) -> None:
        """Refuse what is not among the answers."""
        if self.keep_id is None and field.data not in {verdict.value for verdict in _WORDS}:
            raise ValidationError("Choose one of the answers")


class SearchForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF is not typed
    """How to search again."""

    merges_certain = BooleanField("Merge the certain pairs at once")
