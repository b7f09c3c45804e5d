"""What a list may say of an entry beside who and where: opening, money, how far it has come."""

from datetime import date
from typing import Final, TypedDict

from mapper.domain.pipeline import Evaluation, PipelineStatus
from mapper.errors import InvalidValueError
from mapper.ingest.cells.record import LONGEST_TEXT, RowReader
from mapper.ingest.cells.terms import match_term
from mapper.ingest.cells.values import read_date
from mapper.ingest.columns.headings import Field

ENTRY_FIELDS: Final = (
    Field("also_known_as", ("other names", "other name", "alias", "known as", "trading as")),
    Field("opening", ("opening hours", "opening times", "open hours", "hours")),
    Field("accessibility", ("access", "disabled access", "wheelchair access")),
    Field("referral_route", ("how to refer", "referral", "referrals", "how to join")),
    Field("funding", ("funded by", "funder", "funders", "funding source")),
    Field("funding_ends_on", ("funding ends", "funding end date", "funded until", "funding to")),
    Field("evaluation", ("evaluated", "is evaluated", "evaluation status")),
    Field("status", ("pipeline status", "engagement status", "partnership status")),
    Field("verified_on", ("last verified", "last checked", "last confirmed", "checked on")),
)  # fmt: skip

_EVALUATIONS: Final = {
    "yes": Evaluation.INTERNAL,
    "no": Evaluation.NONE,
    "internal": Evaluation.INTERNAL,
    "internally": Evaluation.INTERNAL,
    "independent": Evaluation.INDEPENDENT,
    "independently": Evaluation.INDEPENDENT,
    "external": Evaluation.INDEPENDENT,
    "externally": Evaluation.INDEPENDENT,
    "unknown": Evaluation.UNKNOWN,
}
_STATUSES: Final = {
    "active": PipelineStatus.ACTIVE,
    "partner": PipelineStatus.ACTIVE,
    "known": PipelineStatus.IDENTIFIED,
    "inactive": PipelineStatus.LAPSED,
    "refused": PipelineStatus.DECLINED,
}


class EntryFields(TypedDict):
    """The values of `ENTRY_FIELDS`, as `mapper.domain.organisation.Organisation` takes them."""

    also_known_as: tuple[str, ...]
    opening: str
    accessibility: str
    referral_route: str
    funding: str
    funding_ends_on: date | None
    evaluation: Evaluation
    status: PipelineStatus | None
    verified_on: date | None


def read_entry_fields(reader: RowReader) -> EntryFields:
    """Read what a row says beside who and where.

    Parameters
    ----------
    reader : of the row.
    """
    return EntryFields(
        also_known_as=reader.parts("also_known_as"),
        opening=reader.text("opening", LONGEST_TEXT),
        accessibility=reader.text("accessibility", LONGEST_TEXT),
        referral_route=reader.text("referral_route", LONGEST_TEXT),
        funding=reader.text("funding", LONGEST_TEXT),
        funding_ends_on=reader.optional("funding_ends_on", read_date, None),
        evaluation=reader.optional(
            "evaluation",
            lambda text: match_term(Evaluation, text, _EVALUATIONS),
            Evaluation.UNKNOWN,
        ),
        status=reader.optional(
            "status", lambda text: match_term(PipelineStatus, text, _STATUSES), None
        ),
        verified_on=reader.optional("verified_on", _past_day, None),
    )


def _past_day(text: str) -> date:
    day = read_date(text)
    if day > date.today():  # noqa: DTZ011  (the day as people here have it)
        raise InvalidValueError(
            f"{day:%-d %B %Y} is yet to come.", expected="The day it was last confirmed."
        )
    return day
