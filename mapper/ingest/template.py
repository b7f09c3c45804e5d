"""The workbook and CSV file that partners fill in to report activities."""

import csv
import io
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Final

import xlsxwriter

from mapper.domain.activity import ActivityStatus, ActivityType
from mapper.domain.disclosure import Visibility
from mapper.domain.vocabulary import Cohort, PreventionTier, Theme
from mapper.ingest.kinds.activity_rows import EXAMPLE

_ROWS: Final = 1_000
_HEADING_HEIGHT: Final = 34
_LONGEST_TITLE: Final = 32
_LONGEST_PROMPT: Final = 255
"""What Excel allows of the words it shows beside a cell."""
_MADE_ON: Final = datetime(2026, 1, 1)  # noqa: DTZ001  (a fixed day, so that the file is the same each time)


@dataclass(frozen=True, slots=True)
class Column:
    """One column of the template.

    Parameters
    ----------
    heading : as printed.
    example : in the example row.
    help : for the sheet of instructions.
    width : in characters.
    choices : of the drop-down; empty for none.
    is_list : whether several may be given, with semicolons between.
    is_required : whether a row needs it.
    """

    heading: str
    example: str | int | float | date
    help: str
    width: int = 18
    choices: type[StrEnum] | None = None
    is_list: bool = False
    is_required: bool = False


COLUMNS: Final = (
    Column("Reference", EXAMPLE, "Your own number for the activity, if you have one. With it, a "
           "later return corrects the earlier one."),
    Column("Title", "Friday football at the Mill", "A short name.", 32, is_required=True),
    Column("Lead organisation", "Example Youth Trust", "Who leads, by the name it is known by.",
           28, is_required=True),
    Column("Partner organisations", "Example Borough Council; Example Football Club",
           "Who delivers it together with the lead. Put a semicolon between names.", 36,
           is_list=True),
    Column("Type", ActivityType.SPORT, "Choose from the list.", 26, ActivityType),
    Column("Status", ActivityStatus.DELIVERED, "Choose from the list.", 14, ActivityStatus),
    Column("First date", date(2026, 1, 9), "Day/month/year.", 14, is_required=True),
    Column("Last date", date(2026, 3, 27), "Day/month/year. Empty for a single day.", 14),
    Column("Sessions", 12, "How many were held, or will be. Empty means one.", 10),
    Column("Participants", 25, "How many people took part, over all sessions. A number alone: "
           "leave it empty if nobody counted. Never names.", 12),
    Column("Hours per session", 1.5, "Such as 1.5.", 10),
    Column("Postcode", "SO99 9ZZ", "Of the venue. Needed unless you name the areas served.", 12),
    Column("Venue", "Example Mill", "Name or address of the venue.", 26),
    Column("Areas served", "", "For work without a venue: districts or wards, with semicolons "
           "between, such as 'Havant; Gosport'. 'Hampshire' means its eleven districts.", 26,
           is_list=True),
    Column("Themes", Theme.POSITIVE_ACTIVITIES, "One or more from the list, with semicolons "
           "between.", 28, Theme, is_list=True),
    Column("Who for", Cohort.AGED_10_TO_14, "One or more from the list, with semicolons between.",
           28, Cohort, is_list=True),
    Column("Prevention tier", PreventionTier.SECONDARY, "primary: everyone; secondary: those at "
           "risk; tertiary: those already involved.", 16, PreventionTier),
    Column("Show location", Visibility.EXACT, "How exactly the venue may be shown to others.",
           16, Visibility),
    Column("Description", "Coached football with a youth worker present.",
           "What happens. Nothing about any one person.", 50),
)  # fmt: skip
"""The template's columns, in order."""


def activities_workbook() -> bytes:
    """Make the template as an XLSX workbook: a sheet to fill in, and one that says how.

    Returns
    -------
    The file. The same each time, so that it can be kept under version control.
    """
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as workbook:
        workbook.set_properties({"title": "mapper: return of activities", "created": _MADE_ON})
        _fill_sheet(workbook)
        _how_to_sheet(workbook)
        _lists_sheet(workbook)
    return buffer.getvalue()


def activities_csv() -> str:
    """Make the template as CSV text: the headings and the example row."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow([column.heading for column in COLUMNS])
    writer.writerow([_written(column.example) for column in COLUMNS])
    return text.getvalue()


def _written(example: str | float | date) -> str:
    return f"{example:%d/%m/%Y}" if isinstance(example, date) else str(example)


def _fill_sheet(workbook: Any) -> None:  # noqa: ANN401  (the library has no types)
    sheet = workbook.add_worksheet("Activities")
    bold = workbook.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
    needed = workbook.add_format(
        {"bold": True, "text_wrap": True, "valign": "top", "bottom": 1, "bg_color": "#fff2cc"}
    )
    grey = workbook.add_format({"italic": True, "font_color": "#505a5f"})
    day = workbook.add_format({"num_format": "dd/mm/yyyy"})
    grey_day = workbook.add_format(
        {"italic": True, "font_color": "#505a5f", "num_format": "dd/mm/yyyy"}
    )
    for at, column in enumerate(COLUMNS):
        is_day = isinstance(column.example, date)
        sheet.set_column(at, at, column.width, day if is_day else None)
        sheet.write_string(0, at, column.heading, needed if column.is_required else bold)
        if isinstance(column.example, date):
            sheet.write_datetime(1, at, column.example, grey_day)
        else:
            sheet.write(1, at, column.example, grey)
        _validate(sheet, at, column)
    sheet.set_row(0, _HEADING_HEIGHT)
    sheet.freeze_panes(1, 2)
    # On paper: across, one page wide, the headings on every page.
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)


def _validate(sheet: Any, at: int, column: Column) -> None:  # noqa: ANN401
    rule: dict[str, object] = {"validate": "any"}
    if column.choices is not None:
        letter = xlsxwriter.utility.xl_col_to_name(_list_column(column))
        last = len(column.choices) + 1
        rule = {
            "validate": "list",
            "source": f"=Lists!${letter}$2:${letter}${last}",
            # Several themes in one cell are right, so the list only suggests them.
            "error_type": "information" if column.is_list else "stop",
            "error_message": "Choose from the list, or put semicolons between several of it.",
        }
    elif isinstance(column.example, date):
        rule = {
            "validate": "date",
            "criteria": "between",
            "minimum": date(2000, 1, 1),
            "maximum": date(2100, 1, 1),
            "error_message": "A date is written day/month/year, such as 31/01/2026.",
        }
    elif isinstance(column.example, (int, float)):
        rule = {
            "validate": "decimal",
            "criteria": ">=",
            "value": 0,
            "error_message": "A number alone, such as 20; or nothing.",
        }
    prompt = {
        "input_title": column.heading[:_LONGEST_TITLE],
        "input_message": column.help[:_LONGEST_PROMPT],
    }
    sheet.data_validation(1, at, _ROWS, at, rule | prompt)


_HOW_TO: Final = (
    f"The row marked {EXAMPLE} shows how. It is passed over: leave it, or delete it.",
    "The headings in yellow are needed, and either a postcode or the areas served.",
    "Numbers of people only: never names, dates of birth or anything about one person.",
    "Leave the headings as they are. Save the file as .xlsx and send it back.",
)


def _with_choices() -> list[Column]:
    return [column for column in COLUMNS if column.choices is not None]


def _list_column(column: Column) -> int:
    return _with_choices().index(column)


def _how_to_sheet(workbook: Any) -> None:  # noqa: ANN401
    sheet = workbook.add_worksheet("How to")
    bold = workbook.add_format({"bold": True})
    wrapped = workbook.add_format({"text_wrap": True, "valign": "top"})
    plain = workbook.add_format({"valign": "top"})
    sheet.set_column(0, 0, 28, plain)
    sheet.set_column(1, 1, 90, wrapped)
    sheet.hide_gridlines(2)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.write_string(0, 0, "Write one row for each activity on the sheet 'Activities'.", bold)
    for at, line in enumerate(_HOW_TO, start=1):
        sheet.write_string(at, 0, line)
    for at, column in enumerate(COLUMNS, start=len(_HOW_TO) + 2):
        needed = " (needed)" if column.is_required else ""
        sheet.write_string(at, 0, f"{column.heading}{needed}")
        sheet.write_string(at, 1, f"{column.help}{_listed(column.choices)}")


def _listed(choices: type[StrEnum] | None) -> str:
    return f" One of: {'; '.join(term.value for term in choices)}." if choices else ""


def _lists_sheet(workbook: Any) -> None:  # noqa: ANN401
    sheet = workbook.add_worksheet("Lists")
    for at, column in enumerate(_with_choices()):
        terms = [term.value for term in column.choices or ()]
        sheet.write_column(0, at, [column.heading, *terms])
    sheet.hide()
