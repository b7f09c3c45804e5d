"""Grants: dated links from a funder to an organisation of the directory."""

from collections.abc import Mapping, Sequence

import pandas as pd
from sqlalchemy import delete, func, insert, select
from sqlalchemy.orm import Session, aliased

from mapper.domain.grant import Grant
from mapper.store.models import (
    GrantAreaRow,
    GrantRow,
    OrganisationIdentifierRow,
    OrganisationRow,
    SourceRow,
)
from mapper.store.organisation_rows import name_key
from mapper.store.organisations import ids_by_key
from mapper.store.survivors import standing_id
from mapper.store.taken_out import NO_PAGE, NOT_NAMED, taken_out, without_names

_AT_ONCE = 500


def save_grants(session: Session, source_id: int, grants: Sequence[tuple[int, Grant]]) -> int:
    """Keep the grants of one source, replacing what an earlier edition said of them.

    Parameters
    ----------
    source_id : of the source, whose organisations are saved already.
    grants : with their lines and distinct source keys.

    Returns
    -------
    How many were kept: those whose recipient is not in the directory are passed over.
    """
    if not grants:
        return 0
    source = session.get_one(SourceRow, source_id)
    recipients = ids_by_key(session, source.name, (grant.recipient_key for _, grant in grants))
    known = [(line, grant) for line, grant in grants if grant.recipient_key in recipients]
    if not known:
        return 0
    _forget(session, source.name, [grant.source_key for _, grant in known])
    funders = _Funders(session)
    about = {"source_id": source_id, "source_name": source.name}
    rows = [
        about | _values(line, grant, funders.find(grant), recipients[grant.recipient_key])
        for line, grant in known
    ]
    session.execute(insert(GrantRow), rows)
    ids = dict(
        session.execute(
            select(GrantRow.source_key, GrantRow.id).where(GrantRow.source_name == source.name)
        ).all()
    )
    areas = [
        {"grant_id": ids[grant.source_key], "area_code": code}
        for _, grant in known
        for code in sorted(set(grant.areas))
    ]
    if areas:
        session.execute(insert(GrantAreaRow), areas)
    return len(known)


def grants(session: Session) -> pd.DataFrame:
    """Read every grant; merged organisations stand as the one they were merged into.

    Returns
    -------
    Indexed by `grant_id`: `funder` (name), `funder_id` (missing where the funder is not in the
    directory), `recipient_id`, `recipient` (name), `awarded_on`, `starts_on`, `ends_on`
    (missing where not published), `amount` (missing where not published), `currency`, `title`,
    `source_name`. An organisation whose contact took its entry out is not named, and its number
    is 0.
    """
    recipient, funder = aliased(OrganisationRow), aliased(OrganisationRow)
    standing = aliased(OrganisationRow)
    own = ("awarded_on", "starts_on", "ends_on", "amount", "currency", "title", "source_name")
    query = (
        select(
            GrantRow.id,
            GrantRow.funder,
            func.coalesce(funder.merged_into_id, funder.id),
            standing.id,
            standing.name,
            *(getattr(GrantRow, name) for name in own),
        )
        .join(recipient, recipient.id == GrantRow.recipient_id)
        .join(standing, standing.id == standing_id(recipient))
        .join(funder, funder.id == GrantRow.funder_id, isouter=True)
        .order_by(GrantRow.awarded_on.desc(), GrantRow.id)
    )
    columns = ["grant_id", "funder", "funder_id", "recipient_id", "recipient", *own]
    rows = pd.DataFrame(session.execute(query).all(), columns=columns)
    rows = _unnamed(rows, taken_out(session))
    return rows.set_index("grant_id").astype({"funder_id": "Int64"})


def _unnamed(rows: pd.DataFrame, gone: Mapping[int, frozenset[str]]) -> pd.DataFrame:
    for side in ("funder", "recipient"):
        is_gone = rows[f"{side}_id"].isin(gone)
        names = frozenset[str]().union(*(gone[one] for one in rows.loc[is_gone, f"{side}_id"]))
        titles = [without_names(title, names) for title in rows.loc[is_gone, "title"]]
        rows.loc[is_gone, "title"] = titles
        rows.loc[is_gone, side] = NOT_NAMED
        rows.loc[is_gone, f"{side}_id"] = NO_PAGE
    return rows


class _Funders:
    """Finds funders in the directory: by identifier, else by a name that only one has."""

    def __init__(self, session: Session) -> None:
        identifiers = select(
            OrganisationIdentifierRow.scheme,
            OrganisationIdentifierRow.value,
            OrganisationIdentifierRow.organisation_id,
        )
        self._by_identifier = {
            (scheme, value): owner for scheme, value, owner in session.execute(identifiers)
        }
        named = select(OrganisationRow.name_key, func.min(OrganisationRow.id)).where(
            OrganisationRow.merged_into_id.is_(None)
        )
        alone = named.group_by(OrganisationRow.name_key).having(func.count() == 1)
        self._by_name = dict(session.execute(alone).all())

    def find(self, grant: Grant) -> int | None:
        """Find the funder of a grant; None where the directory does not have it."""
        identifier = grant.funder_identifier
        if identifier is not None:
            found = self._by_identifier.get((identifier.scheme, identifier.value))
            if found is not None:
                return found
        return self._by_name.get(name_key(grant.funder))


def _forget(session: Session, source_name: str, keys: Sequence[str]) -> None:
    for start in range(0, len(keys), _AT_ONCE):
        session.execute(
            delete(GrantRow).where(
                GrantRow.source_name == source_name,
                GrantRow.source_key.in_(keys[start : start + _AT_ONCE]),
            )
        )


def _values(line: int, grant: Grant, funder_id: int | None, recipient_id: int) -> dict[str, object]:
    identifier = grant.funder_identifier
    return {
        "source_key": grant.source_key,
        "line": line,
        "funder": grant.funder,
        "funder_scheme": identifier.scheme if identifier else "",
        "funder_value": identifier.value if identifier else "",
        "funder_id": funder_id,
        "recipient_id": recipient_id,
        "awarded_on": grant.awarded_on,
        "starts_on": grant.starts_on,
        "ends_on": grant.ends_on,
        "amount": grant.amount,
        "currency": grant.currency,
        "title": grant.title,
    }
