"""What a table says of itself in every row of a file, so that rows never part from it.

A title above the headings or notes below the rows would have to be stepped over by every program
that reads the file, and are lost when rows are copied out; a second file is lost sooner still.
"""

from collections.abc import Mapping
from typing import Final

from mapper.domain.disclosure import Audience
from mapper.reports.published import Provenance, PublishedTable, SourceCredit

REAL: Final = "real"
SYNTHETIC: Final = "SYNTHETIC"


def facts_of(told: Provenance, audience: Audience) -> dict[str, str]:
    """Give what stands behind figures: column to value.

    Parameters
    ----------
    told : where the figures come from.
    audience : who may see them.

    Returns
    -------
    `run_name` and `run_period` (empty for what rests on no analysis), `made_on` (ISO 8601; of
    the analysis, else of the file), `sources`, `seen_by` (the audience) and `data_status`
    (`SYNTHETIC` for invented data, else `real`).
    """
    return {
        "run_name": told.run_name,
        "run_period": told.period,
        "made_on": told.made_at.date().isoformat(),
        "sources": "; ".join(dict.fromkeys(map(_source_words, told.sources))),
        "seen_by": audience.label,
        "data_status": SYNTHETIC if told.is_synthetic else REAL,
    }


def file_facts(table: PublishedTable) -> Mapping[str, str]:
    """Give what stands behind every row: column to value, the same in each.

    Parameters
    ----------
    table : to be written.

    Returns
    -------
    As `facts_of`; a name that the table has a column of already is left out.
    """
    facts = facts_of(table.provenance, table.audience)
    own = {column.name for column in table.columns}
    return {name: value for name, value in facts.items() if name not in own}


def _source_words(source: SourceCredit) -> str:
    return ", ".join(dict.fromkeys(filter(None, (source.name, source.publisher, source.period))))
