"""How a form is laid out: the list of its faults, and the headings of its groups."""

from typing import Any

from flask_wtf import FlaskForm
from wtforms import Field

from mapper.web.forms.fields import DayField
from mapper.web.forms.organisation import OrganisationForm


def error_list(form: FlaskForm) -> list[dict[str, str]]:
    """The first fault of every field, as GOV.UK Frontend's error summary takes them.

    Parameters
    ----------
    form : after validation.
    """
    return [
        {"text": str(field.errors[0]), "href": f"#{field.id}{_first_box(field)}"}
        for field in form
        if field.errors
    ]


def entry_error_list(form: OrganisationForm) -> list[dict[str, str]]:
    """The first fault of every field, those of sites and people among the others.

    Parameters
    ----------
    form : after validation.
    """
    return [
        {"text": str(field.errors[0]), "href": f"#{field.id}{_first_box(field)}"}
        for field in form.boxes()
        if field.errors
    ]


def legend(field: Field, classes: str = "") -> dict[str, Any]:
    """What makes the label of a group of boxes a heading, as GOV.UK Frontend takes it.

    Parameters
    ----------
    field : of several boxes, such as a day or a choice.
    classes : of the group.
    """
    words = {"text": field.label.text, "classes": "govuk-fieldset__legend--s"}
    hint = {"text": field.description} if field.description else None
    return {"fieldset": {"legend": words}, "classes": classes, "hint": hint}


def _first_box(field: object) -> str:
    """What stands after the field's id in the id of the box that takes the focus."""
    return "-day" if isinstance(field, DayField) else ""
