"""What a run is made from: frames of one vintage and period, and where they come from."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
from sqlalchemy.orm import Session

from mapper.analysis.dose import Dose, doses
from mapper.domain.area import AreaType
from mapper.domain.disclosure import THRESHOLD, Sensitivity
from mapper.domain.freshness import Freshness, freshness
from mapper.domain.period import Period
from mapper.reports.choices import AnalysisChoices
from mapper.reports.readiness import require_loaded, require_placed
from mapper.store import areas as area_store
from mapper.store import frames
from mapper.store.deprivation import Deciles, deprivation_deciles
from mapper.store.directed_links import directed_links
from mapper.store.needs import priority_areas
from mapper.store.sources import LoadedSource, sources_by_id

_MIDDLE_OF_SMALL = (THRESHOLD - 1) / 2
_STRICTEST_LAST = list(Sensitivity)


@dataclass(frozen=True, slots=True, kw_only=True)
class RunInputs:
    """The frames of a run.

    Parameters
    ----------
    vintage : of the LSOAs.
    areas : as `mapper.store.frames.lsoas`.
    violence : as `mapper.store.frames.violence`, every month of the period.
    priorities : as `mapper.store.needs.priority_areas`.
    activities : as `mapper.store.frames.activities`, with `dose` and `is_imputed`.
    participations : as `mapper.store.frames.participations`.
    organisations : as `mapper.store.frames.organisations`.
    population_label : name of the denominator.
    links : links with a direction that held in the period: `layer`, `first_id` (from),
        `second_id` (to), `weight`, `starts_on`, `ends_on`, `is_confirmed`.
    sources : everything the frames come from.
    deprivation : deciles of the newest edition on LSOAs of the vintage; None without one.
    """

    vintage: str
    areas: gpd.GeoDataFrame
    violence: pd.DataFrame
    priorities: pd.DataFrame
    activities: pd.DataFrame
    participations: pd.DataFrame
    organisations: pd.DataFrame
    links: pd.DataFrame
    population_label: str
    sources: tuple[LoadedSource, ...]
    deprivation: Deciles | None = None

    def as_stored(self) -> dict[str, Any]:
        """Vintages, denominator and sources as plain values, to be stored with the run."""
        violence = [s.source for s in self.sources if s.source.kind == "violence"]
        lists = [s.source for s in self.sources if s.source.kind == "priorities"]
        return {
            "lsoa_vintage": self.vintage,
            "is_approximate": bool(self.areas["is_approximate"].any()),
            "population": self.population_label,
            "source_ids": [source.id for source in self.sources],
            "placed_by": self.violence.groupby("method")["count"].sum().astype(int).to_dict(),
            "deprivation": self.deprivation.label if self.deprivation else "",
            "violence_sensitivity": _strictest([source.sensitivity for source in violence]),
            "priority_lists": [source.name for source in lists],
            "priority_sensitivity": _strictest([source.sensitivity for source in lists]),
            "activities": len(self.activities),
            "imputed_doses": int(self.activities["is_imputed"].sum()),
        }


def read_inputs(session: Session, choices: AnalysisChoices) -> RunInputs:
    """Read everything a run needs.

    Raises
    ------
    NotReadyError
        When no areas, no residents, or no violence counts for the period are loaded, or the
        counts are of areas that are not.
    ParametersError
        When a type of violence is counted that the recorder gives none of.
    """
    vintage = require_loaded(session, choices)
    areas = frames.lsoas(session, vintage)
    violence = frames.violence(
        session, areas, choices.period, choices.types_counted, recorder=choices.recorder
    )
    require_placed(violence, choices, vintage)
    activities = counted_activities(session, areas, choices)
    organisations = frames.organisations(session)
    participations = _known_participations(session, activities, organisations)
    organisations = _relied_on(organisations, participations, choices.period)
    denominator = area_store.population_set(session, vintage)
    deprivation = deprivation_deciles(session, vintage)
    layers = [(AreaType.LSOA, vintage)]
    priorities = priority_areas(session)
    ids = frames.violence_source_ids(session, choices.period, choices.recorder)
    ids |= {int(found) for found in priorities["source_id"].unique()}
    ids |= area_store.source_ids(session, layers)
    ids |= {int(found) for found in activities["source_id"].unique()}
    ids |= {int(found) for found in organisations["source_id"].unique()}
    ids |= deprivation.source_ids if deprivation else frozenset()
    if denominator is not None:
        ids.add(denominator.source_id)
    return RunInputs(
        vintage=vintage,
        areas=areas,
        violence=violence,
        priorities=priorities,
        activities=activities.dropna(subset="dose"),
        participations=participations,
        organisations=organisations,
        links=directed_links(session, choices.period),
        population_label=denominator.label if denominator else "",
        sources=tuple(sources_by_id(session, ids)),
        deprivation=deprivation,
    )


def counted_activities(
    session: Session,
    areas: gpd.GeoDataFrame,
    choices: AnalysisChoices,
    *,
    also: Collection[int] = (),
    without: Collection[int] = (),
) -> pd.DataFrame:
    """Read the activities that count, each with its dose.

    Parameters
    ----------
    areas : LSOAs.
    choices : of the run.
    also, without : numbers of activities to count besides, and to leave out.

    Returns
    -------
    As `mapper.store.frames.activities`, with `dose` (NaN where not known) and `is_imputed`.
    """
    rows = frames.activities(session, areas, choices.period, also=also, without=without)
    return with_doses(rows, choices.unit)


def with_doses(activities: pd.DataFrame, unit: Dose) -> pd.DataFrame:
    """Add the dose of each activity, every group too small to be told counting as one size.

    So no dose can tell how many such a group was of.

    Parameters
    ----------
    activities : as `mapper.store.frames.activities`.
    unit : of the dose.

    Returns
    -------
    With the columns of `mapper.analysis.dose.doses`.
    """
    people = activities["participants"]
    is_small = people < THRESHOLD
    alike = activities.assign(participants=people.mask(is_small, _MIDDLE_OF_SMALL))
    return activities.join(doses(alike, unit))


def _known_participations(
    session: Session, activities: pd.DataFrame, organisations: pd.DataFrame
) -> pd.DataFrame:
    """Participations of organisations that are active; a closed one is no longer a partner."""
    rows = frames.participations(session, activities.index.tolist())
    return rows[rows["organisation_id"].isin(organisations.index)].reset_index(drop=True)


def _relied_on(
    organisations: pd.DataFrame, participations: pd.DataFrame, period: Period
) -> pd.DataFrame:
    """Leave out entries that had lapsed by the end of the period and did nothing in it.

    What was delivered is a fact, whoever forgot to confirm an entry; but an entry that nobody
    has confirmed for so long is no sign that anybody is there.
    """
    end = period.end.first_day
    has_lapsed = [freshness(day, end) is Freshness.LAPSED for day in organisations["confirmed_on"]]
    was_active = organisations.index.isin(participations["organisation_id"])
    relied_on: pd.DataFrame = organisations[was_active | ~np.array(has_lapsed, dtype=bool)]
    return relied_on


def _strictest(found: list[Sensitivity]) -> str:
    return max(found or [Sensitivity.OPEN], key=_STRICTEST_LAST.index).value
