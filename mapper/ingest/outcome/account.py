"""What became of the rows of files, added up so that every row is accounted for."""

from collections import Counter
from collections.abc import Iterable

from mapper.domain.counted import counted
from mapper.ingest.outcome.report import FileReport, FileStatus

_TAKEN = (FileStatus.LOADED, FileStatus.DRY_RUN)


def row_account(files: Iterable[FileReport]) -> str:
    """Say how many rows were read, are loaded, left out and at fault.

    Where rows and records differ, as in a table with a column a month or a list of single
    incidents, the records are counted in place of the rows that are loaded.

    Parameters
    ----------
    files : as reported; those that were refused or known already are passed over.

    Returns
    -------
    A sentence; empty where no file was taken.
    """
    taken = [file for file in files if file.status in _TAKEN]
    if not taken:
        return ""
    will = "will be" if taken[0].status is FileStatus.DRY_RUN else "were"
    read = sum(file.rows_read for file in taken)
    faults = sum(file.rows_at_fault for file in taken)
    left_out = sum((Counter(file.left_out) for file in taken), Counter[str]())
    records = sum(file.saved + file.as_before for file in taken)
    is_by_row = records == read - faults - left_out.total()
    parts = [
        f"{counted(read, 'row')} read",
        f"{counted(records, 'row' if is_by_row else 'record')} {will} loaded",
        f"{counted(left_out.total(), 'row')} left out{_why(left_out)}",
        f"{counted(faults, 'row')} with errors{', left out until mended' if faults else ''}",
    ]
    return "; ".join(parts) + "."


def _why(left_out: Counter[str]) -> str:
    if not left_out:
        return ""
    return f" ({', '.join(f'{rows:,} {why}' for why, rows in left_out.most_common())})"
