"""What differs between two states of an entry, in words, as far as it may be told.

Where a site is that is not shown exactly is told to nobody, before or after.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy.orm import Session

from mapper.domain.disclosure import Audience, Visibility
from mapper.domain.entry_change import FieldChange
from mapper.reports.entry_words import TELLING, field_words, value_words
from mapper.reports.provenance import register_provenance
from mapper.reports.published import Cell, PublishedTable
from mapper.reports.published_changes import CHANGES, MEANWHILE
from mapper.reports.wording import text_cell, withheld_cell
from mapper.store.areas import area_names
from mapper.store.change_log import Meanwhile


@dataclass(frozen=True, slots=True)
class Telling:
    """What is needed to tell values in words.

    Parameters
    ----------
    areas : code to name.
    is_open : whether the entry's site may be shown exactly.
    """

    areas: Mapping[str, str]
    is_open: bool

    def cells(self, name: str, before: object, after: object) -> tuple[Cell, Cell, Cell]:
        """Tell one field: what it is called, and what stood and stands in it.

        Parameters
        ----------
        name : of the field of the record.
        before, after : plain values.
        """
        sides = (before, after)
        if name in TELLING and not (self.is_open and _are_exact(name, sides)):
            return text_cell(field_words(name)), withheld_cell(), withheld_cell()
        told, tells = (text_cell(value_words(name, value, self.areas)) for value in sides)
        return text_cell(field_words(name)), told, tells


def telling(session: Session, *, is_open: bool) -> Telling:
    """Read what is needed to tell values in words.

    Parameters
    ----------
    is_open : whether the entry's site may be shown exactly.
    """
    names = area_names(session)
    return Telling(dict(zip(names["area_code"], names["area_name"], strict=True)), is_open)


def published_changes(
    session: Session, changes: Mapping[str, FieldChange], audience: Audience, *, is_open: bool
) -> PublishedTable:
    """Publish what somebody is about to change.

    Parameters
    ----------
    changes : by field.
    audience : that whoever changes it belongs to.
    is_open : whether the entry's site may be shown exactly.
    """
    words = telling(session, is_open=is_open)
    rows = tuple(words.cells(name, one.before, one.after) for name, one in changes.items())
    provenance = register_provenance(session, ("organisations",))
    return PublishedTable(audience, "What you change", CHANGES, rows, provenance)


def published_meanwhile(
    session: Session, found: Mapping[str, Meanwhile], audience: Audience, *, is_open: bool
) -> PublishedTable:
    """Publish what others changed while somebody had the form open.

    Parameters
    ----------
    found : by field.
    audience : that whoever has the form open belongs to.
    is_open : whether the entry's site may be shown exactly.
    """
    words = telling(session, is_open=is_open)
    rows = tuple(
        (*words.cells(name, one.before, one.after), text_cell(one.by or "nobody named"))
        for name, one in found.items()
    )
    provenance = register_provenance(session, ("organisations",))
    return PublishedTable(audience, "What changed meanwhile", MEANWHILE, rows, provenance)


def _are_exact(name: str, sides: tuple[object, object]) -> bool:
    """Tell whether every further site of both sides is shown exactly."""
    if name != "further_sites":
        return True
    sites = [str(site) for side in sides if isinstance(side, list) for site in side]
    return all(site.rpartition(", ")[2] == Visibility.EXACT for site in sites)
