"""Areas: boundaries, names and how they nest."""

from collections.abc import Iterable

import geopandas as gpd
import pandas as pd
from sqlalchemy import Select, and_, delete, func, insert, select, update
from sqlalchemy.orm import Session

from mapper.domain.area import AreaType
from mapper.errors import NotReadyError, UnknownAreaError
from mapper.geography.crs import NATIONAL_GRID
from mapper.store.geometry import as_binary, from_binary, to_element
from mapper.store.models import AreaRow, PopulationSetRow, ResidentRow, SourceRow

AREA_COLUMNS = (
    "name",
    "lad_code",
    "msoa_code",
    "ward_code",
    "is_urban",
    "is_approximate",
    "centre_easting_m",
    "centre_northing_m",
)
_ENOUGH_COVERED = 0.95


def loaded_layers(session: Session) -> list[tuple[AreaType, str]]:
    """List the (level, vintage) pairs that are loaded, in order."""
    query = select(AreaRow.level, AreaRow.vintage).distinct()
    return sorted((AreaType(level), vintage) for level, vintage in session.execute(query))


def latest_vintage(session: Session, level: AreaType) -> str:
    """Name the newest vintage of a level.

    Raises
    ------
    NotReadyError
        When no areas of the level are loaded.
    """
    vintages = [vintage for found, vintage in loaded_layers(session) if found is level]
    if not vintages:
        raise NotReadyError(
            f"No areas of level {level.value} are loaded.",
            expected="Boundaries are in the database.",
            action="Run `mapper init`, or `mapper boundaries import FILE`.",
        )
    return max(vintages)


def area_frame(session: Session, level: AreaType, vintage: str) -> gpd.GeoDataFrame:
    """Read one layer of areas.

    Returns
    -------
    Indexed by `area_code`, in order of code, National Grid: `area_name`, `lad_code`,
    `msoa_code`, `ward_code` (empty where not known), `is_urban`, `is_approximate`,
    `centre_easting_m`, `centre_northing_m` (the population-weighted point where the postcode
    directory gives one), `geometry`.
    """
    columns = [getattr(AreaRow, name) for name in AREA_COLUMNS]
    query = (
        select(AreaRow.code, *columns, as_binary(AreaRow.geometry))
        .where(AreaRow.level == level, AreaRow.vintage == vintage)
        .order_by(AreaRow.code)
    )
    rows = pd.DataFrame(
        session.execute(query).all(), columns=["area_code", *AREA_COLUMNS, "geometry"]
    ).rename(columns={"name": "area_name"})
    geometry = from_binary(rows.pop("geometry"))
    return gpd.GeoDataFrame(rows.set_index("area_code"), geometry=geometry, crs=NATIONAL_GRID)


def area_names(session: Session) -> pd.DataFrame:
    """Read the name of every area of every vintage.

    Returns
    -------
    Columns `area_code`, `area_name`, `level`, `vintage`, `lad_code`, the newest vintage last.
    """
    query = select(
        AreaRow.code, AreaRow.name, AreaRow.level, AreaRow.vintage, AreaRow.lad_code
    ).order_by(AreaRow.level, AreaRow.vintage, AreaRow.code)
    columns = ["area_code", "area_name", "level", "vintage", "lad_code"]
    return pd.DataFrame(session.execute(query).all(), columns=columns)


def find_lad(session: Session, text: str) -> tuple[str, str]:
    """Find a local authority district by code or name, case and spaces forgiven.

    Returns
    -------
    Its code and name.

    Raises
    ------
    UnknownAreaError
        When no district loaded is called so; the message lists those that are.
    """
    query = select(AreaRow.code, AreaRow.name).where(AreaRow.level == AreaType.LAD)
    districts = dict(session.execute(query.order_by(AreaRow.vintage)).all())
    wanted = _plain(text)
    for code, name in districts.items():
        if wanted in {_plain(code), _plain(name)}:
            return code, name
    raise UnknownAreaError(
        f"{text!r} is not a local authority that is loaded.",
        expected=f"One of: {', '.join(sorted(districts.values()))}.",
        action="Give its name or its GSS code, such as E06000044.",
    )


def _plain(text: str) -> str:
    return "".join(text.casefold().replace("&", "and").split())


def save_areas(
    session: Session, source_id: int, areas: gpd.GeoDataFrame, layer: tuple[AreaType, str]
) -> tuple[int, int]:
    """Keep areas of one layer: those with a code already there are replaced, others added.

    Parameters
    ----------
    areas : as `area_frame` returns them.
    layer : level and vintage.

    Returns
    -------
    How many were replaced and how many added.
    """
    level, vintage = layer
    in_layer = and_(AreaRow.level == level, AreaRow.vintage == vintage)
    present = set(session.scalars(select(AreaRow.code).where(in_layer)))
    replaced = present & set(areas.index)
    session.execute(delete(AreaRow).where(in_layer, AreaRow.code.in_(sorted(replaced))))
    frame = areas.rename(columns={"area_name": "name"})
    rows = [
        {
            **{name: _python(row[name]) for name in AREA_COLUMNS},
            "code": code,
            "level": level,
            "vintage": vintage,
            "source_id": source_id,
            "geometry": to_element(row["geometry"]),
        }
        for code, row in frame.iterrows()
    ]
    session.execute(insert(AreaRow), rows)
    return len(replaced), len(rows) - len(replaced)


def _python(value: object) -> object:
    """Turn a numpy scalar into Python's own, which every driver takes."""
    item = getattr(value, "item", None)
    return item() if callable(item) else value


def link_areas(session: Session, layer: tuple[AreaType, str], links: pd.DataFrame) -> None:
    """Set what areas nest in.

    Parameters
    ----------
    layer : level and vintage.
    links : indexed by `area_code`, with any of the columns `lad_code`, `msoa_code`,
        `ward_code`, `is_urban`, `centre_easting_m`, `centre_northing_m`.
    """
    level, vintage = layer
    for code, row in links.iterrows():
        session.execute(
            update(AreaRow)
            .where(AreaRow.level == level, AreaRow.vintage == vintage, AreaRow.code == code)
            .values({name: _python(value) for name, value in row.items()})
        )


def lsoa_vintages(session: Session) -> list[str]:
    """List the vintages of LSOA that are loaded, oldest first."""
    return [vintage for level, vintage in loaded_layers(session) if level is AreaType.LSOA]


def analysis_vintage(session: Session) -> str:
    """Choose the newest LSOA vintage that has residents for nearly all of its areas.

    Raises
    ------
    NotReadyError
        When none has.
    """
    for vintage in reversed(lsoa_vintages(session)):
        if population_set(session, vintage) is not None:
            return vintage
    raise NotReadyError(
        "No residents are loaded for the LSOAs that are loaded.",
        expected="A population file of the same vintage as the boundaries.",
        action="Run `mapper init`, or `mapper ingest population FILE`.",
    )


def population_set(session: Session, vintage: str) -> PopulationSetRow | None:
    """Find the newest denominator that covers at least 95 % of a vintage's LSOAs."""
    codes = set(
        session.scalars(
            select(AreaRow.code).where(AreaRow.level == AreaType.LSOA, AreaRow.vintage == vintage)
        )
    )
    newest_first = select(PopulationSetRow).order_by(
        PopulationSetRow.year.desc(), PopulationSetRow.source_id.desc()
    )
    for candidate in session.scalars(newest_first):
        covered = session.scalars(_codes_with_residents(candidate.source_id))
        if codes and len(codes & set(covered)) >= _ENOUGH_COVERED * len(codes):
            return candidate
    return None


def _codes_with_residents(source_id: int) -> Select[str]:
    return select(ResidentRow.area_code).where(ResidentRow.source_id == source_id).distinct()


def source_ids(session: Session, layers: Iterable[tuple[AreaType, str]]) -> set[int]:
    """Collect the sources that some layers were loaded from."""
    found: set[int] = set()
    for level, vintage in layers:
        query = select(AreaRow.source_id).where(AreaRow.level == level, AreaRow.vintage == vintage)
        found.update(session.scalars(query.distinct()))
    return found


def layer_summary(session: Session) -> list[tuple[AreaType, str, int, bool, str]]:
    """Sum up each layer: level, vintage, number of areas, whether approximate, and source."""
    query = (
        select(
            AreaRow.level,
            AreaRow.vintage,
            func.count(AreaRow.id),
            AreaRow.is_approximate,
            SourceRow.file_name,
        )
        .join(SourceRow, SourceRow.id == AreaRow.source_id)
        .group_by(AreaRow.level, AreaRow.vintage, AreaRow.is_approximate, SourceRow.file_name)
        .order_by(AreaRow.level, AreaRow.vintage)
    )
    return [
        (AreaType(level), vintage, count, is_approximate, name)
        for level, vintage, count, is_approximate, name in session.execute(query)
    ]
