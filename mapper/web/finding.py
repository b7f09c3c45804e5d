"""Finding rows of a list: words and facets in the address, and what the page makes of them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from flask import Response, request, url_for

from mapper.reports.catalogue import BEST_FIRST, Catalogue, Found, Positions, Question
from mapper.reports.facets import PublishedFacet
from mapper.reports.published import PublishedTable
from mapper.web.authority import require_authority
from mapper.web.caching import kept
from mapper.web.downloads import download
from mapper.web.forms.fields import plain_text
from mapper.web.paging import Page, page_of
from mapper.web.session import reading

_LONGEST_WORDS = 200
_MOST_VALUES = 50

Pairs = Sequence[tuple[str, str]]
Publish = Callable[[Positions], PublishedTable]


@dataclass(frozen=True, slots=True)
class Chip:
    """Something that was asked for, and the address without it.

    Parameters
    ----------
    text : what was asked for.
    href : of the same list without it.
    """

    text: str
    href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A list as it was asked for.

    Parameters
    ----------
    page : the rows of the page asked for.
    question : what was asked.
    facets : to narrow down by, with counts.
    chips : everything asked for.
    address : of the whole list.
    part : of any address of this list: the question, as ``?...``; empty for the whole.
    """

    page: Page
    question: Question
    facets: tuple[PublishedFacet, ...]
    chips: tuple[Chip, ...]
    address: str
    part: str


def asked_question(catalogue: Catalogue) -> Question:
    """The question that the address asks of a list; values that no facet has are passed over.

    Parameters
    ----------
    catalogue : of the list.

    Raises
    ------
    UnknownAreaError
        When it asks for an authority that is not one of the fourteen.
    """
    chosen = {}
    for facet in catalogue.facets:
        asked = [value.strip() for value in request.args.getlist(facet.name)[:_MOST_VALUES]]
        if facet.name == "authority":
            asked = [require_authority(value) for value in asked if value]
        chosen[facet.name] = tuple(dict.fromkeys(v for v in asked if v in facet.labels))
    words = " ".join(plain_text(request.args.get("q", ""))[:_LONGEST_WORDS].split())
    return Question(words=words, chosen=chosen, order=request.args.get("sort", BEST_FIRST))


def found_page(catalogue: Catalogue, publish: Publish) -> Finding:
    """Answer the question of the address with a page.

    Parameters
    ----------
    catalogue : of the list.
    publish : publishes some of its rows.
    """
    question = asked_question(catalogue)
    found = _answer(catalogue, question)
    pairs = _pairs(question)
    return Finding(
        page=page_of(found.positions, publish),
        question=question,
        facets=found.facets,
        chips=tuple(_chips(question, found, pairs)),
        address=request.path,
        part=_part(pairs),
    )


def found_file(name: str, form: str, catalogue: Catalogue, publish: Publish) -> Response:
    """Answer the question of the address with a file of the same rows, all pages of them.

    Parameters
    ----------
    name : of the file, without its ending.
    form : ``csv`` or ``json``.
    catalogue : of the list.
    publish : publishes some of its rows.
    """
    question = asked_question(catalogue)
    is_whole = question.is_empty
    return download(
        name if is_whole else f"{name}-found",
        form,
        lambda: publish(_answer(catalogue, question).positions),
        is_kept=is_whole,
    )


def address_with_question(endpoint: str, question: Question) -> str:
    """The address of another page or file of the same question.

    Parameters
    ----------
    endpoint : as Flask names it, of one that takes no values.
    question : as asked.
    """
    return f"{url_for(endpoint)}{_part(_pairs(question))}"


def _answer(catalogue: Catalogue, question: Question) -> Found:
    """What a question finds: kept, since it is asked again with every page of the answer."""
    name = f"found {catalogue.subject} {_part(_pairs(question))}"
    return kept(name, lambda: catalogue.found(reading(), question))


def _pairs(question: Question) -> Pairs:
    pairs = [(name, value) for name, values in question.chosen.items() for value in values]
    words = [("q", question.words)] if question.words else []
    order = [("sort", question.order)] if question.order != BEST_FIRST else []
    return [*words, *pairs, *order]


def _part(pairs: Pairs) -> str:
    return f"?{urlencode(pairs)}" if pairs else ""


def _chips(question: Question, found: Found, pairs: Pairs) -> list[Chip]:
    words = [("q", question.words, f"“{question.words}”")] if question.words else []
    values = [
        (facet.name, value.value, f"{facet.heading}: {value.label}")
        for facet in found.facets
        for value in facet.chosen
    ]
    return [
        Chip(text, f"{request.path}{_part([pair for pair in pairs if pair != (name, value)])}")
        for name, value, text in (*words, *values)
    ]
