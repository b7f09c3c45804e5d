"""Boundaries from an ArcGIS feature service, such as those of the ONS Open Geography Portal."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Final
from urllib.parse import urlencode

from mapper.domain.area import HIPS_LADS, AreaType
from mapper.errors import BoundaryError, MapperError, SourceError
from mapper.geography.boundary_columns import BoundaryColumns, recognise_columns
from mapper.ingest.faults.issues import shown
from mapper.ingest.fetching.one_answer import Asking, NotNowError
from mapper.ingest.fetching.web_address import is_safe
from mapper.ingest.fetching.web_answers import ask_for
from mapper.ingest.files.document import Item, cell, item, items

MOST_BYTES: Final = 256 * 1024 * 1024
"""The most bytes that all pages of one layer may have together."""

_MOST_AREAS: Final = 20_000
_PAGE_SIZE: Final = 500
_BUSY: Final = frozenset({429, 500, 502, 503, 504})
_DEGREES: Final = ("4326", "CRS84")
_BY_HAND: Final = (
    "Or download the layer as GeoJSON by hand from the Open Geography Portal "
    "(https://geoportal.statistics.gov.uk), on a machine that is online, and load it with "
    "`mapper boundaries import FILE`."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Layer:
    """A layer to be downloaded.

    Parameters
    ----------
    address : of the layer, such as ``https://.../FeatureServer/0``.
    level : of the areas wanted.
    vintage : such as ``2021``; empty for whichever year the layer is of.
    bounds_m : west, south, east and north of HIPS on the National Grid, in metres; asked for
        where the layer does not say which authority an area is in.
    """

    address: str
    level: AreaType
    vintage: str
    bounds_m: tuple[float, float, float, float]


@dataclass(slots=True)
class _Service:
    """One layer being asked, and how many bytes it may still send."""

    layer: Layer
    asking: Asking
    bytes_left: int

    def ask(self, path: str, **parameters: str | int) -> Item:
        """Ask one question, of as many bytes as are left."""
        address = f"{self.layer.address.rstrip('/')}{path}?{urlencode(parameters)}"
        most = min(self.asking.most_bytes, self.bytes_left)
        answer = ask_for(address, replace(self.asking, most_bytes=most), _refuse_error)
        self.bytes_left -= answer.size
        return item(answer.content)


@dataclass(slots=True)
class _Areas:
    """The areas gathered so far, by code."""

    columns: BoundaryColumns
    expected: int
    features: dict[str, Item] = field(default_factory=dict)

    @property
    def missing(self) -> int:
        """How many were counted and have not come; negative when there are too many."""
        return self.expected - len(self.features)

    def add(self, page: list[Item]) -> int:
        """Take a page in, and tell how many areas of it are new."""
        before = len(self.features)
        for each in page:
            feature = _trimmed(each, self.columns)
            code = cell(feature["properties"][self.columns.code])
            if self.features.setdefault(code, feature) != feature:
                raise _unusable(f"it gave the area {shown(code)} twice, in two shapes")
        return len(self.features) - before


def download_layer(
    layer: Layer, asking: Asking | None = None, most_bytes: int = MOST_BYTES
) -> bytes:
    """Download the areas of a layer that are in HIPS, or near it.

    Parameters
    ----------
    layer : which one.
    asking : how patiently; a redirect to another server is refused in any case.
    most_bytes : that all answers may have together.

    Returns
    -------
    A GeoJSON file in WGS 84 of the codes, names, authorities and shapes, in order of code: the
    same areas give the same bytes. Where the layer does not name authorities, neighbours of
    HIPS are among them.

    Raises
    ------
    SourceError
        When the server cannot be asked, or does not answer with the whole of what it counts.
    BoundaryError
        When the layer is of another level or year.
    """
    chosen = replace(asking or Asking(), is_bound_to_server=True)
    try:
        _require_safe(layer.address)
        return _download(_Service(layer, chosen, most_bytes))
    except MapperError as error:
        raise type(error)(
            error.found, expected=error.expected, action=f"{error.action} {_BY_HAND}".strip()
        ) from error


def _require_safe(address: str) -> None:
    """Allow https alone, and plain http only to this machine itself."""
    if not is_safe(address):
        raise SourceError(
            f"{shown(address)} is not an address that boundaries are downloaded from.",
            expected="An https address of a layer, ending in /FeatureServer/0.",
            action="Correct it.",
        )


def _download(service: _Service) -> bytes:
    columns, page_size = _describe(service)
    where = _where(service.layer, columns)
    counted = service.ask("/query", **where, returnCountOnly="true", f="json").get("count")
    if not isinstance(counted, int) or not 0 < counted <= _MOST_AREAS:
        raise _unusable(f"it counts {shown(counted)} areas in HIPS")
    areas = _Areas(columns, counted)
    for page, is_more in _pages(service, columns, where, page_size):
        is_new = bool(areas.add(page))
        if areas.missing == 0 and not (is_more and page):
            break
        if areas.missing < 0 or not is_new:
            raise _unusable(
                f"it counts {counted:,} areas, gave {len(areas.features):,} and "
                f"{'says that there are more' if is_more else 'then nothing new'}"
            )
    in_order = [areas.features[code] for code in sorted(areas.features)]
    return json.dumps({"type": "FeatureCollection", "features": in_order}, sort_keys=True).encode()


def _describe(service: _Service) -> tuple[BoundaryColumns, int]:
    """Ask what the layer's columns are, and how many areas it gives at once."""
    layer, about = service.layer, service.ask("", f="json")
    names = [cell(each.get("name")) for each in items(about.get("fields"))]
    columns = recognise_columns(names, layer.level, layer.vintage or None)
    year = f"20{columns.code[-4:-2]}"
    if layer.vintage and year != layer.vintage:
        raise BoundaryError(
            f"The layer holds areas of {year}, by its column {columns.code}.",
            expected=f"Areas of {layer.vintage}.",
            action="Give the address of the right layer with --address.",
        )
    most = about.get("maxRecordCount")
    return columns, min(most, _PAGE_SIZE) if isinstance(most, int) and most > 0 else _PAGE_SIZE


def _where(layer: Layer, columns: BoundaryColumns) -> dict[str, str]:
    """Ask for HIPS by the authority's code, or by a box on the ground where there is none."""
    if columns.lad_code:
        codes = ",".join(f"'{code}'" for code in HIPS_LADS)
        return {"where": f"{columns.lad_code} IN ({codes})"}
    return {
        "where": "1=1",
        "geometry": ",".join(f"{metres:.0f}" for metres in layer.bounds_m),
        "geometryType": "esriGeometryEnvelope",
        "inSR": "27700",
        "spatialRel": "esriSpatialRelIntersects",
    }


def _pages(
    service: _Service, columns: BoundaryColumns, where: dict[str, str], page_size: int
) -> Iterator[tuple[list[Item], bool]]:
    """Give page after page, each with whether the server says that there are more."""
    names = [name for name in (columns.code, columns.name, columns.lad_code) if name]
    wanted = where | {
        "outFields": ",".join(dict.fromkeys(names)),
        "orderByFields": columns.code,
        "outSR": "4326",
        "resultRecordCount": str(page_size),
        "f": "geojson",
    }
    offset = 0
    while True:
        page = service.ask("/query", **wanted, resultOffset=offset)
        found = _features(page)
        offset += len(found)
        yield found, _is_cut(page) or _is_cut(item(page.get("properties")))


def _features(page: Item) -> list[Item]:
    if page.get("type") != "FeatureCollection" or not isinstance(page.get("features"), list):
        raise _unusable("its answer is not GeoJSON")
    crs = json.dumps(page.get("crs"))
    if page.get("crs") is not None and not any(name in crs for name in _DEGREES):
        raise _unusable(f"its coordinates are in {shown(crs)}, not in degrees (EPSG:4326)")
    return items(page["features"])


def _is_cut(of: Item) -> bool:
    return of.get("exceededTransferLimit") is True


def _trimmed(feature: Item, columns: BoundaryColumns) -> dict[str, Item]:
    """Keep what identifies the area, and its shape: row numbers change with each edition."""
    own = item(feature.get("properties"))
    names = (columns.code, columns.name, columns.lad_code)
    properties = {name: cell(own.get(name)) for name in names if name}
    return {"type": "Feature", "properties": properties, "geometry": feature.get("geometry")}  # type: ignore[dict-item]  # as GeoJSON has it


def _refuse_error(answer: object) -> None:
    """Tell an error that comes with status 200, as ArcGIS sends them."""
    error = item(item(answer).get("error"))
    if not error:
        return
    said = f"{cell(error.get('code'))} {cell(error.get('message'))}".strip()
    if error.get("code") in _BUSY:
        raise NotNowError(f"it answered with the error {shown(said)}")
    raise _unusable(f"it answered with the error {shown(said)}")


def _unusable(found: str) -> SourceError:
    return SourceError(
        f"The feature service cannot be used: {found}.",
        expected="A layer of boundaries that gives every area it counts, once, as GeoJSON.",
        action="Try again later, or give another layer with --address.",
    )
