"""Refusing tables that describe persons where only counts are allowed."""

import re
from collections.abc import Iterable
from typing import Final

from mapper.errors import PersonLevelDataError
from mapper.ingest.issues import shown

# Told by heading alone: no value is looked at, kept or logged.
_ONE_PERSON: Final = re.compile(
    r"""\b(
        (date|year|place)\s+of\s+birth | d\s?o\s?b | birth\s?(date|day)
      | (fore|sur)\s?names? | (first|given|middle|family|maiden)\s+names?
      | nhs(\s+(number|num|no|id))? | national\s+insurance(\s+(number|no))? | nino
      | home\s+address
      | nominals?(\s+(id|ref|reference|number|name))? | pnc(\s?id)? | cro\s+number | custody.*
      | (victim|offender|suspect|perpetrator|accused|defendant|aggrieved|complainant|witness
         |patient|client|pupil|participant|person|child)s?
        \s+(full\s+)?(names?|id|ref|reference|number|age|dob|sex|gender|ethnicity|address
         |postcode|details)
    )\b""",
    re.VERBOSE | re.IGNORECASE,
)
_PERHAPS_ONE_PERSON: Final = re.compile(
    r"""\b(
        (last|full|known)\s+names? | (current|previous|known)\s+address | address(es)?
      | house\s+(number|name) | uprn
      | (mobile|phone|telephone)(\s+(number|no))? | e\s?mail(\s+address)?
      | victims? | offenders? | suspects? | perpetrators? | accused | defendants?
      | names?
    )\b""",
    re.VERBOSE | re.IGNORECASE,
)
_ABOUT_AREAS: Final = re.compile(
    r"\b(area|lsoas?|msoas?|oa|wards?|lad|la|district|authority|region|force|station|geography"
    r"|place|borough|csp|pfa|month|source|file|dataset|offence|crime|type|group|count|counts"
    r"|rate|total|number of|per|percent)\b|\d{2}nm$",
    re.IGNORECASE,
)


def refuse_person_columns(
    headings: Iterable[str], source_name: str, *, is_counts_only: bool = True
) -> None:
    """Stop when a heading is one of a table of persons.

    Parameters
    ----------
    headings : as the file spells them.
    source_name : of the file, for the message.
    is_counts_only : whether headings that could be about a person, such as ``name`` or
        ``address``, are refused as well, as they are where only counts belong.

    Raises
    ------
    PersonLevelDataError
        Naming the headings, and nothing of what stands under them.
    """
    found = [
        shown(each.strip())
        for each in headings
        if is_about_persons(each, is_counts_only=is_counts_only)
    ]
    if found:
        raise PersonLevelDataError(
            f"{source_name} has columns about persons: {', '.join(found)}.",
            expected="Counts were expected, with nothing about any person.",
            action="Nothing of it was kept. Ask its owner for counts, and delete this copy.",
        )


def is_about_persons(heading: str, *, is_counts_only: bool = True) -> bool:
    """Tell whether a heading is one of a table of persons.

    Parameters
    ----------
    heading : as the file spells it, in any case or spacing.
    is_counts_only : as in `refuse_person_columns`.
    """
    spaced = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", heading)
    words = re.sub(r"[\W_]+", " ", spaced).strip()
    if re.search(r"\bnumber of\b|\bcounts?\b", words, re.IGNORECASE):
        return False
    if _ONE_PERSON.search(words):
        return True
    # "LSOA name" is about an area, and so is "Offender rate".
    is_doubtful = is_counts_only and _PERHAPS_ONE_PERSON.search(words) is not None
    return is_doubtful and _ABOUT_AREAS.search(words) is None
