"""How far an organisation has come, from being known of to working with the partnership."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class PipelineStatus(StrEnum):
    """Where an organisation stands in the violence-reduction pipeline."""

    IDENTIFIED = "identified"
    """Known of, and could be active."""
    CONTACTED = "contacted"
    ENGAGED = "engaged"
    """In talks or at the table, without activity of its own yet."""
    ACTIVE = "active partner"
    LAPSED = "lapsed"
    """Was engaged or active, and is no longer."""
    DECLINED = "declined"


class Evaluation(StrEnum):
    """Whether anybody has found out if the work does what it is meant to."""

    UNKNOWN = "not known"
    NONE = "not evaluated"
    INTERNAL = "evaluated internally"
    INDEPENDENT = "evaluated independently"


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusChange:
    """One step of an organisation through the pipeline.

    Parameters
    ----------
    status : from then on.
    since : the day it began.
    note : why, in a few words; may be empty.
    by : who said so.
    """

    status: PipelineStatus
    since: date
    note: str = ""
    by: str = ""
