"""Refusing tables that describe persons where only counts are allowed."""

import re
from collections.abc import Iterable
from typing import Final

from mapper.errors import PersonLevelDataError
from mapper.ingest.faults.issues import shown

# Told by heading alone: no value is looked at, kept or logged.
_ONE_PERSON: Final = re.compile(
    r"""\b(
        (date|year|place)\s+of\s+birth | d\s?o\s?b | birth\s?(date|day)
      | (fore|sur)\s?names? | (first|given|middle|family|maiden)\s+names?
      | nhs(\s+(number|num|no|id))? | national\s+insurance(\s+(number|no))? | nino
      | home\s+(address|postcode) | post\s?code\s+of\s+(home|residence) | next\s+of\s+kin
      | initials | alias(es)? | nicknames? | passport(\s+(number|no))?
      | age\s+(at|when)\s+(time\s+of\s+)?(the\s+)?(offence|arrest|incident|attendance|referral)
      | (name|dob|address|details|sex|gender|ethnicity)s?\s+of\s+(the\s+)?(victim|offender|suspect
         |perpetrator|defendant|patient|client|pupil|child|person)s?
      | (unique\s+)?(pupil|learner)\s+number | hospital\s+number
      | (vehicle\s+registration | vrm | number\s+plate)
      | nominals?(\s+(id|ref|reference|number|name))? | pnc(\s?id)? | cro\s+number
      | custody(\s+(number|record|reference|ref|no|id))?
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
# Words of single cases, which a table of counts has no column for.
_ONE_CASE: Final = re.compile(
    r"""\b( narratives? | free\s?text | modus\s+operandi | circumstances
      | (incident|case|crime|offence|officer|contact)\s+(notes?|summary|details|log|comments?)
      | summary\s+of\s+(the\s+)?(incident|case|crime|offence|circumstances)
    )\b""",
    re.VERBOSE | re.IGNORECASE,
)
# What no list of organisations has a column for, though it has contacts and their names.
_ONE_CASE_PERSON: Final = re.compile(
    r"""\b(
        (date|year|place)\s+of\s+birth | d\s?o\s?b | birth\s?date
      | nhs\s+(number|num|no) | national\s+insurance(\s+(number|no))? | nino
      | next\s+of\s+kin | hospital\s+number | (unique\s+)?(pupil|learner)\s+number
      | nominals?\s+(id|ref|reference|number|name) | pnc(\s?id)? | cro\s+number
      | custody\s+(number|record|reference|ref|no|id)
      | (name|dob|address|details)s?\s+of\s+(the\s+)?(victim|offender|suspect|perpetrator
         |defendant)s?
      | (victim|offender|suspect|perpetrator|accused|defendant|aggrieved|complainant|witness)s?
        \s+(full\s+)?(names?|id|ref|reference|number|age|dob|address|postcode)
    )\b""",
    re.VERBOSE | re.IGNORECASE,
)
_OF_MANY: Final = re.compile(
    r"\bnumber of\b|\bcounts?\b|\bage\s*(band|group|range)s?\b", re.IGNORECASE
)
_ABOUT_AREAS: Final = re.compile(
    r"\b(area|(lsoa|msoa|oa|ward|wd|lad|la|csp|pfa)s?\d{0,4}|district|authority|region|force|station|geography"
    r"|place|borough|month|source|file|dataset|offence|crime|type|group|count|counts"
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


def refuse_case_columns(headings: Iterable[str], source_name: str) -> None:
    """Stop when a list of organisations has a column of victims, offenders or patients.

    Somebody chose the wrong kind for it, and a name in it would be taken for an organisation's.

    Parameters
    ----------
    headings : as the file spells them.
    source_name : of the file, for the message.

    Raises
    ------
    PersonLevelDataError
        Naming the words of the headings that gave it away, and nothing else of the file.
    """
    spelt = (re.sub(r"[\W_]+", " ", re.sub(r"(?<=[a-z])(?=[A-Z])", " ", each)) for each in headings)
    matches = (_ONE_CASE_PERSON.search(each) for each in spelt if not _OF_MANY.search(each))
    found = [shown(each[0].strip()) for each in matches if each]
    if found:
        raise PersonLevelDataError(
            f"{source_name} has columns about persons: {', '.join(dict.fromkeys(found))}.",
            expected="Organisations were expected, and nobody but their contacts.",
            action="Nothing of it was kept. Take these columns out, or delete this copy.",
        )


def is_about_persons(heading: str, *, is_counts_only: bool = True) -> bool:
    """Tell whether a heading is one of a table of persons.

    Parameters
    ----------
    heading : as the file spells it, in any case or spacing.
    is_counts_only : as in `refuse_person_columns`.
    """
    return bool(words_about_persons(heading, is_counts_only=is_counts_only))


def words_about_persons(heading: str, *, is_counts_only: bool = True) -> str:
    """Give the words of a heading that are about a person, empty where there are none.

    Only these are ever quoted of a file whose headings are not known yet: what was taken for a
    heading could be a cell, and what else stands in it could be a name.

    Parameters
    ----------
    heading : as the file spells it, in any case or spacing.
    is_counts_only : as in `refuse_person_columns`.
    """
    spaced = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", heading)
    words = re.sub(r"[\W_]+", " ", spaced).strip()
    # An "age band of the victim" is a cohort, which many share.
    if _OF_MANY.search(words):
        return ""
    found = _ONE_PERSON.search(words)
    if found is None and is_counts_only:
        found = _ONE_CASE.search(words)
    # "LSOA name" is about an area, and so is "Offender rate".
    if found is None and is_counts_only and not _ABOUT_AREAS.search(words):
        found = _PERHAPS_ONE_PERSON.search(words)
    return found[0].strip() if found else ""
