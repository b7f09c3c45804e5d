"""What a run found beside the figures of its areas: read by kind, authority and term."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from mapper.store.models import RunFindingRow


class FindingKind(StrEnum):
    """What a finding is about."""

    THEME = "theme"
    COHORT = "cohort"
    LAPSE = "lapse"
    FORWARD = "forward"
    WHERE_NEXT = "where next"
    CONNECTION = "connection"
    PRESENCE = "presence"
    COHORT_GAP = "cohort gap"
    SAMPLE = "sample"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One finding of a run: true figures, which only `mapper.reports` may read.

    Parameters
    ----------
    kind : what it is about.
    lad_code : of the authority; empty for all together.
    term : the theme, cohort or dimension; empty where there is none.
    figures : plain values.
    """

    kind: FindingKind
    figures: Mapping[str, Any]
    lad_code: str = ""
    term: str = ""


def run_findings(
    session: Session, run_id: int, kind: FindingKind, lad_code: str | None = None
) -> list[Finding]:
    """Read the findings of one kind, in order of authority and term.

    Parameters
    ----------
    run_id : of the run.
    kind : wanted.
    lad_code : of the authority wanted, empty for all together; every one when None.
    """
    query = (
        select(RunFindingRow.lad_code, RunFindingRow.term, RunFindingRow.figures)
        .where(RunFindingRow.run_id == run_id, RunFindingRow.kind == kind)
        .order_by(RunFindingRow.lad_code, RunFindingRow.term)
    )
    if lad_code is not None:
        query = query.where(RunFindingRow.lad_code == lad_code)
    return [
        Finding(kind=kind, figures=figures, lad_code=lad, term=term)
        for lad, term, figures in session.execute(query)
    ]
