"""Partners of an activity that the directory may have by another spelling."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from mapper.web.already_here import lead_choices
from mapper.web.forms.activity import ActivityForm


@dataclass(frozen=True, slots=True)
class PartnerQuestion:
    """One partner that may be an organisation that is there.

    Parameters
    ----------
    field : that the answer is sent in.
    typed : the name, as typed.
    choices : as GOV.UK Frontend's radios take them.
    """

    field: str
    typed: str
    choices: list[dict[str, str]]


def partner_questions(names: Iterable[str]) -> list[PartnerQuestion]:
    """Ask of each partner that the directory does not have by that name whom it means.

    Parameters
    ----------
    names : of the partners, in the order typed.

    Returns
    -------
    None for a name that the directory has, or has nothing like.
    """
    asked = (
        PartnerQuestion(_field(place), name, lead_choices(name)) for place, name in enumerate(names)
    )
    return [question for question in asked if question.choices]


def take_partners_meant(form: ActivityForm, sent: Mapping[str, str]) -> None:
    """Put the organisations that were meant in the place of the names as they were typed.

    Parameters
    ----------
    form : with the partners as typed.
    sent : the answers, those to `partner_questions` among them.
    """
    names = form.partner_names
    meant = [sent.get(_field(place)) or name for place, name in enumerate(names)]
    if meant != list(names):
        form.partners.data = "\n".join(" ".join(name.split()) for name in meant)


def _field(place: int) -> str:
    return f"partner-{place}"
