"""Questions to an online geocoder: how many, and when to stop asking."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from mapper.domain.counted import counted
from mapper.errors import SourceError
from mapper.ingest.faults.issues import IssueLog, Severity, WhoCanFix
from mapper.ingest.fetching.one_answer import NotNowError
from mapper.ingest.places.geocoded import Geocoded
from mapper.ingest.places.geocoder import Geocoder, Search

_FAILURES_IN_A_ROW: Final = 3
_TOO_MANY_REQUESTS: Final = 429


@dataclass(slots=True)
class Questions:
    """The questions of one file, and what went wrong with them.

    Parameters
    ----------
    geocoder : who is asked.
    search : the way to it.
    log : told at the end, once of each way in which it failed and of what was not asked for.
    """

    geocoder: Geocoder
    search: Search
    log: IssueLog
    _answers: dict[str, Geocoded | None] = field(init=False, default_factory=dict)
    _left: set[str] = field(init=False, default_factory=set)
    _unknown: int = field(init=False, default=0)
    _failures: Counter[str] = field(init=False, default_factory=Counter)
    _in_a_row: int = field(init=False, default=0)
    _why_stopped: str = field(init=False, default="")

    def ask(self, addresses: Mapping[str, str]) -> dict[str, Geocoded]:
        """Ask for each address that was not asked for yet, until there is a reason to stop.

        Parameters
        ----------
        addresses : by whatever the caller knows them by.

        Returns
        -------
        Answers by the same; those that are not known, or were not asked for, are left out.
        """
        fresh = [key for key in addresses if key not in self._answers]
        for number, key in enumerate(fresh):
            if len(self._answers) >= self.geocoder.most and not self._why_stopped:
                self._why_stopped = f"{self.geocoder.most:,} questions a file are allowed"
            if self._why_stopped:
                self._left.update(fresh[number:])
                break
            self.log.tell(f"Asking {self.geocoder.host}", number, len(fresh))
            self._answers[key] = self._one(addresses[key])
        return {key: found for key in addresses if (found := self._answers.get(key)) is not None}

    def end(self) -> None:
        """Say what went wrong."""
        name = f"The online geocoder {self.geocoder.host}"
        for why, number in self._failures.items():
            self._say(f"{name} failed for {_addresses(number)}: {why}.", Severity.WARNING)
        if self._left:
            left = _addresses(len(self._left))
            self._say(f"{name} was not asked for {left}: {self._why_stopped}.", Severity.WARNING)
        if self._unknown:
            self._say(f"{name} did not know {_addresses(self._unknown)}.", Severity.NOTE)

    def _one(self, address: str) -> Geocoded | None:
        try:
            answer = self.search(address)
        except NotNowError as error:
            self._failed(error)
            return None
        except SourceError as error:
            self._failures[error.found.rstrip(".")] += 1
            self._why_stopped = "it refuses"
            return None
        self._in_a_row = 0
        self._unknown += answer is None
        return answer

    def _failed(self, error: NotNowError) -> None:
        # What follows in brackets differs from answer to answer.
        self._failures[error.why.partition(" (")[0]] += 1
        self._in_a_row += 1
        if error.status == _TOO_MANY_REQUESTS:
            self._why_stopped = "it has had too many questions"
        elif self._in_a_row >= _FAILURES_IN_A_ROW:
            self._why_stopped = f"{_FAILURES_IN_A_ROW} questions in a row failed"

    def _say(self, message: str, severity: Severity) -> None:
        who = WhoCanFix.NOBODY if severity is Severity.NOTE else WhoCanFix.ANALYST
        self.log.add(0, message, severity=severity, who_can_fix=who, kind=message)


def _addresses(number: int) -> str:
    return counted(number, "address", "addresses")
