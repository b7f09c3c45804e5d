"""Rows that are read anew from the file each time, so that memory does not grow with it."""

from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from typing import Final, overload

from mapper.ingest.faults.issues import IssueLog, Severity, WhoCanFix
from mapper.ingest.files.rows import Row

_HEAD: Final = 250


class RowLog:
    """Files what is wrong with rows, each row once however often it is read.

    Parameters
    ----------
    log : the issues are filed in.
    """

    def __init__(self, log: IssueLog) -> None:
        self._log = log
        self._furthest = 0

    def add(
        self,
        line: int,
        message: str,
        *,
        value: object = "",
        severity: Severity = Severity.ERROR,
        who_can_fix: WhoCanFix = WhoCanFix.FILLER,
    ) -> None:
        """File an issue, unless this row's was filed before.

        Parameters
        ----------
        line : where the row begins; rows are read in the order of their lines.
        message : what was found, what was expected, what to do.
        value : the row's first cell.
        severity : whether the row was saved.
        who_can_fix : who can put it right.
        """
        if line > self._furthest:
            self._furthest = line
            self._log.add(line, message, value=value, severity=severity, who_can_fix=who_can_fix)

    def pass_over(self, line: int, message: str, why: str, value: object = "") -> None:
        """Note that a line is no row, unless that was noted before.

        Parameters
        ----------
        line, message, why, value : as of `IssueLog.pass_over`.
        """
        if line > self._furthest:
            self._furthest = line
            self._log.pass_over(line, message, why, value)


class StreamedRows(Sequence[Row]):
    """The rows of a file, of which only the first few are kept in memory.

    Parameters
    ----------
    read : gives every row, from the first, each time it is called.
    """

    def __init__(self, read: Callable[[], Iterator[Row]]) -> None:
        self._read = read
        self._head = tuple(islice(read(), _HEAD))
        self._length = len(self._head) if len(self._head) < _HEAD else None

    def __iter__(self) -> Iterator[Row]:
        """Give the rows one by one."""
        count = 0
        for count, row in enumerate(self._read(), start=1):  # noqa: B007  (used after the loop)
            yield row
        self._length = count

    def __len__(self) -> int:
        """Count the rows, by reading them all where nobody has yet."""
        if self._length is None:
            self._length = sum(1 for _ in self._read())
        return self._length

    def are(self, length: int) -> None:
        """Take from elsewhere how many rows there are.

        Parameters
        ----------
        length : as counted by whoever read them all.
        """
        self._length = length

    def __bool__(self) -> bool:
        """Tell whether there is a row, without counting them."""
        return bool(self._head)

    @overload
    def __getitem__(self, at: int) -> Row: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Row]: ...
    def __getitem__(self, at: int | slice) -> Row | Sequence[Row]:
        """Give one row; or some, which are streamed where they go on to the end."""
        if isinstance(at, int):
            return self._head[at] if 0 <= at < len(self._head) else tuple(self)[at]
        start, stop, step = at.start or 0, at.stop, at.step
        if stop is None and start >= 0 and step is None:
            return StreamedRows(lambda: islice(self._read(), start, None))
        is_near = stop is not None and 0 <= stop <= len(self._head)
        return self._head[at] if is_near and start >= 0 else tuple(self)[at]
