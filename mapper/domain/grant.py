"""Grants: dated links from a funder to an organisation it paid."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from mapper.domain.organisation import Identifier
from mapper.errors import InvalidValueError


@dataclass(frozen=True, slots=True, kw_only=True)
class Grant:
    """What a funder published of one grant to an organisation. Grants to persons are not held.

    Parameters
    ----------
    source_key : what names the grant in its source, such as ``360G-invented-001``.
    funder : name of the organisation that paid.
    funder_identifier : None where the source gives none.
    recipient_key : the `source_key` of the organisation that was paid.
    recipient : its name.
    awarded_on : the day it was decided; None where the source does not say.
    starts_on, ends_on : of the work paid for, as planned; None where the source does not say.
    amount : awarded, in whole currency units and their decimals; None where not published.
    currency : ISO 4217, such as ``GBP``.
    title : of the work.
    areas : GSS codes of the areas that are to benefit, as far as they could be told.

    Raises
    ------
    InvalidValueError
        When the funder or recipient is empty, the amount is negative, or the work ends before
        it starts.
    """

    source_key: str
    funder: str
    recipient_key: str
    recipient: str
    funder_identifier: Identifier | None = None
    awarded_on: date | None = None
    starts_on: date | None = None
    ends_on: date | None = None
    amount: Decimal | None = None
    currency: str = "GBP"
    title: str = ""
    areas: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not (self.funder.strip() and self.recipient.strip()):
            raise InvalidValueError(
                "The funder or the recipient is empty.",
                expected="A grant is paid by one organisation to another.",
            )
        if self.amount is not None and self.amount < 0:
            raise InvalidValueError(
                f"The amount awarded is {self.amount}.", expected="It is 0 or more."
            )
        if self.starts_on and self.ends_on and self.ends_on < self.starts_on:
            raise InvalidValueError(
                f"The work ends on {self.ends_on:%d/%m/%Y} before it starts on "
                f"{self.starts_on:%d/%m/%Y}.",
                expected="The last day is the first day or later.",
            )
