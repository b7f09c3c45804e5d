"""What ties two organisations: layers of the network, and links that somebody declared."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Self

from mapper.errors import InvalidValueError


class Layer(StrEnum):
    """A kind of tie. Kinds are never added up: each is a network of its own."""

    JOINT = "joint activity"
    VENUE = "shared venue"
    FUNDING = "funding"
    REFERRAL = "referral"
    MEMBERSHIP = "membership"
    INFORMATION = "information sharing"

    @classmethod
    def of_slug(cls, slug: str) -> Self:
        """Find the layer that a slug names.

        Raises
        ------
        InvalidValueError
            When no layer is called so.
        """
        named = {layer.slug: layer for layer in cls}
        if slug not in named:
            raise InvalidValueError(
                f"There is no layer {slug!r}.", expected=f"One of {', '.join(named)}."
            )
        return named[slug]

    @property
    def slug(self) -> str:
        """The layer as addresses and commands name it, such as ``joint-activity``."""
        return self.value.replace(" ", "-")

    @property
    def is_directed(self) -> bool:
        """Whether a tie leads from one organisation to another."""
        return self not in {Layer.JOINT, Layer.VENUE}

    @property
    def is_declared(self) -> bool:
        """Whether a tie is one that somebody declared."""
        return self in DECLARED

    @property
    def weight_noun(self) -> str:
        """What the weight of a tie counts, as the heading of a column."""
        nouns = {Layer.JOINT: "Joint activities", Layer.VENUE: "Venues", Layer.FUNDING: "Grants"}
        return nouns.get(self, "Links")

    @property
    def meaning(self) -> str:
        """What a tie of the layer says, in a sentence."""
        return _MEANINGS[self]


DECLARED = frozenset({Layer.REFERRAL, Layer.MEMBERSHIP, Layer.INFORMATION})

_MEANINGS = {
    Layer.JOINT: "Two organisations are tied when they delivered an activity together in the "
    "period; the weight is the number of such activities.",
    Layer.VENUE: "Two organisations are tied when both delivered activities at one venue in the "
    "period, together or apart; the weight is the number of such venues. Venues that may not be "
    "shown exactly tie nobody.",
    Layer.FUNDING: "A tie leads from a funder to whom it gave a grant that was awarded in the "
    "period; the weight is the number of grants.",
    Layer.REFERRAL: "A tie leads from an organisation to another that it refers people to, as "
    "one of them declared.",
    Layer.MEMBERSHIP: "A tie leads from an organisation to a group, such as a partnership board, "
    "that it is a member of, as one of them declared.",
    Layer.INFORMATION: "A tie leads from an organisation to another that it shares information "
    "with, as one of them declared.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class DeclaredLink:
    """A link between two organisations that one of them declared.

    Parameters
    ----------
    layer : one of `DECLARED`.
    from_id, to_id : of the organisations, two different ones.
    declared_by_id : which of the two said so.
    declared_on : the day; the link holds from then on.
    confirmed_on : the day the other side confirmed it; None while it has not.
    ended_on : the last day it held; None while it holds.

    Raises
    ------
    InvalidValueError
        When the layer is not declared but found, an organisation is tied to itself, a third
        party declares it, or it is confirmed or ends before it is declared.
    """

    layer: Layer
    from_id: int
    to_id: int
    declared_by_id: int
    declared_on: date
    confirmed_on: date | None = None
    ended_on: date | None = None

    def __post_init__(self) -> None:
        if self.layer not in DECLARED:
            raise InvalidValueError(
                f"A tie by {self.layer} cannot be declared.",
                expected=f"One of {', '.join(sorted(DECLARED))}.",
            )
        if self.from_id == self.to_id:
            raise InvalidValueError(
                "An organisation is linked to itself.", expected="Two different organisations."
            )
        if self.declared_by_id not in {self.from_id, self.to_id}:
            raise InvalidValueError(
                f"Organisation {self.declared_by_id} declares a link of two others.",
                expected="One of the two that are linked declares it.",
            )
        for what, day in (("confirmed", self.confirmed_on), ("ended", self.ended_on)):
            if day is not None and day < self.declared_on:
                raise InvalidValueError(
                    f"The link is {what} on {day}, before it is declared on {self.declared_on}.",
                    expected="The day it is declared, or later.",
                )
