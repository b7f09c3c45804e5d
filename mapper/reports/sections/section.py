"""Sections of a gap report: words, a chart and a table, the same in page, file and JSON."""

from dataclasses import dataclass

from mapper.reports.published import Cell, PublishedTable

OLD_RUN = "This run was made before this was measured."
NOT_OPEN = "Not shown: it rests on counts of violence that are not open, and could tell small ones."
NOTHING = "none"
"""What stands in a cell for which there is nothing to say."""

_FULL = 100.0
_WHOLE_FROM = 10


def spoken(amount: float) -> str:
    """Write an amount for a sentence: whole, but for small ones; the table has it exactly.

    Parameters
    ----------
    amount : of sessions, incidents and the like.
    """
    return f"{amount:,.{0 if abs(amount) >= _WHOLE_FROM else 1}f}"


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar of a chart.

    Parameters
    ----------
    label : what it stands for.
    text : its value, as people read it.
    width : percent of the longest bar.
    """

    label: str
    text: str
    width: float


@dataclass(frozen=True, slots=True)
class Chart:
    """Bars to be drawn, whose figures stand in the table below them.

    Parameters
    ----------
    title : what the bars show, with its unit.
    bars : in order.
    """

    title: str
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """One section of a gap report.

    Parameters
    ----------
    name : for addresses, such as ``where-next``.
    heading : for people.
    sentences : what it says, or why it says nothing.
    table : the figures; None where there are none to be shown.
    chart : of some of them; None without one.
    shown : names of the columns shown on a page; all when empty.
    finding : what it says in one sentence, for a list of the sections.
    """

    name: str
    heading: str
    sentences: tuple[str, ...]
    table: PublishedTable | None = None
    chart: Chart | None = None
    shown: tuple[str, ...] = ()
    finding: str = ""

    @property
    def in_short(self) -> str:
        """What it says in one sentence; where it says nothing, why."""
        return self.finding or self.sentences[0]


def bar_chart(title: str, rows: list[tuple[str, Cell]]) -> Chart | None:
    """Lay out a chart of bars; None where fewer than two have a length.

    Parameters
    ----------
    title : what the bars show, with its unit.
    rows : label and value; what is withheld or not known has no bar.
    """
    known = [
        (label, cell, float(cell.value))
        for label, cell in rows
        if isinstance(cell.value, int | float) and not cell.is_withheld and cell.value >= 0
    ]
    longest = max((value for _, _, value in known), default=0.0)
    if longest <= 0 or len(known) <= 1:
        return None
    bars = (
        Bar(label, cell.text, round(_FULL * value / longest, 1)) for label, cell, value in known
    )
    return Chart(title, tuple(bars))
