"""Full text: which organisations and activities have a word, on both databases.

The index is kept by triggers (see the migration), so it is right whatever writes the rows. It
holds names, titles and descriptions: no address, no contact.
"""

from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import TextClause, text
from sqlalchemy.orm import Session

from mapper.domain.words import SearchWord


class Subject(StrEnum):
    """What is searched."""

    ORGANISATIONS = "organisations"
    ACTIVITIES = "activities"


@dataclass(frozen=True, slots=True)
class Hit:
    """A row that has a word.

    Parameters
    ----------
    id : of the organisation or activity, which may be merged into another.
    rank : higher for a better answer; a hit in a name outweighs one in a description.
    is_in_name : whether the name or title has the word, and not the description only.
    """

    id: int
    rank: float
    is_in_name: bool


def rows_with(session: Session, subject: Subject, word: SearchWord) -> list[Hit]:
    """Find the rows that have a word or a form of it, such as *mentor* for *mentoring*.

    Parameters
    ----------
    subject : what is searched.
    word : looked for.
    """
    is_sqlite = session.get_bind().dialect.name == "sqlite"
    found = (_sqlite_hits if is_sqlite else _postgresql_hits)(session, subject, word)
    known = {hit.id for hit in found if hit.is_in_name}
    begun = _names_begun(session, subject, word) - known if word.is_begun else set()
    return [hit for hit in found if hit.id not in begun] + [Hit(one, 1.0, True) for one in begun]


def _sqlite_hits(session: Session, subject: Subject, word: SearchWord) -> list[Hit]:
    asked = f'"{word.text}"{" *" if word.is_begun else ""}'
    name = _NAMES[subject]
    in_name = set(session.scalars(_SQLITE[subject][1], {"asked": f"{name} : {asked}"}).all())
    rows = session.execute(_SQLITE[subject][0], {"asked": asked}).all()
    return [Hit(number, -rank, number in in_name) for number, rank in rows]


def _postgresql_hits(session: Session, subject: Subject, word: SearchWord) -> list[Hit]:
    begun = "*" if word.is_begun else ""
    asked = {"asked": f"'{word.text}':{begun}", "in_name": f"'{word.text}':{begun}A"}
    rows = session.execute(_POSTGRESQL[subject], asked).all()
    return [Hit(*row) for row in rows]


def _names_begun(session: Session, subject: Subject, word: SearchWord) -> set[int]:
    """Names with a word that begins so: the index has stems, which an unfinished word may miss."""
    asked = {"first": f"{word.text}%", "later": f"% {word.text}%"}
    return set(session.scalars(_BEGUN[subject], asked))


def _statements(pattern: str) -> dict[Subject, TextClause]:
    return {
        subject: text(pattern.format(table=subject.value, name=_NAMES[subject]))
        for subject in Subject
    }


_NAMES = {Subject.ORGANISATIONS: "name", Subject.ACTIVITIES: "title"}
_RANKED = _statements(
    "SELECT rowid, bm25({table}_text, 10.0, 1.0) FROM {table}_text WHERE {table}_text MATCH :asked"
)
_NAMED = _statements("SELECT rowid FROM {table}_text WHERE {table}_text MATCH :asked")
_SQLITE = {subject: (_RANKED[subject], _NAMED[subject]) for subject in Subject}
_POSTGRESQL = _statements(
    "SELECT id, ts_rank('{{0.1, 0.1, 0.1, 1.0}}', words, asked), "
    "words @@ to_tsquery('mapper_english', :in_name) "
    "FROM {table}_text, to_tsquery('mapper_english', :asked) AS asked WHERE words @@ asked"
)
_BEGUN = _statements(
    "SELECT id FROM {table} WHERE lower({name}) LIKE :first OR lower({name}) LIKE :later"
)
