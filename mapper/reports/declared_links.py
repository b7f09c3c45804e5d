"""Links that organisations declared, as those may see them whose they are."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy.orm import Session

from mapper.domain.disclosure import Audience
from mapper.reports.network_people import seen_organisations
from mapper.reports.wording import date_words
from mapper.store.declared_links import KeptLink, kept_links


@dataclass(frozen=True, slots=True)
class PublishedLink:
    """One declared link.

    Parameters
    ----------
    id : of the link.
    kind : what ties the two, such as ``referral``.
    first, second : number and name of the organisations that it leads from and to.
    said_by : name of the one that declared it.
    state : since when it holds and whether the other side confirmed it, or until when it held.
    holds : whether it has not ended.
    may_confirm : whether whoever looks speaks for the side that has not confirmed it.
    """

    id: int
    kind: str
    first: tuple[int, str]
    second: tuple[int, str]
    said_by: str
    state: str
    holds: bool
    may_confirm: bool


def declared_links_of(
    session: Session, audience: Audience, own: Collection[int] | None
) -> tuple[PublishedLink, ...]:
    """Publish the links of somebody's own organisations, those that hold first.

    A link with an organisation that the audience may not see is left out.

    Parameters
    ----------
    audience : who is looking.
    own : the organisations; None for those of all, for analysts.
    """
    links = kept_links(session, own)
    seen = seen_organisations(session, {end for each in links for end in each.ends}, audience)
    names = {int(str(key)): str(name) for key, name in seen["name"].items()}
    return tuple(_link(each, names, own) for each in links if set(each.ends) <= set(names))


def _link(kept: KeptLink, names: dict[int, str], own: Collection[int] | None) -> PublishedLink:
    link, ends = kept.link, kept.ends
    is_from = link.declared_by_id == link.from_id
    said_by, other = ends if is_from else (ends[1], ends[0])
    return PublishedLink(
        id=kept.id,
        kind=link.layer.value,
        first=(ends[0], names[ends[0]]),
        second=(ends[1], names[ends[1]]),
        said_by=names[said_by],
        state=_state(kept),
        holds=link.ended_on is None,
        may_confirm=link.ended_on is None
        and link.confirmed_on is None
        and (own is None or other in own),
    )


def _state(kept: KeptLink) -> str:
    link = kept.link
    if link.ended_on:
        return f"from {date_words(link.declared_on)} to {date_words(link.ended_on)}"
    since = f"since {date_words(link.declared_on)}"
    if link.confirmed_on:
        return f"{since}; confirmed on {date_words(link.confirmed_on)}"
    return f"{since}; not confirmed by the other side"
