"""Places from OpenStreetMap: GeoJSON exports and answers of the Overpass API."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from mapper.domain.counted import counted
from mapper.domain.organisation import Identifier, Organisation, OrganisationKind, Sector
from mapper.ingest.areas.ground import Ground
from mapper.ingest.cells.record import LONGEST_TEXT, RowReader
from mapper.ingest.faults.issues import IssueLog, Severity, WhoCanFix
from mapper.ingest.files.document import Item, as_table, cell, first_cell, item, items
from mapper.ingest.formats.osm_kinds import KIND_TAGS, kind_of
from mapper.ingest.formats.osm_shapes import Point, feature_point, node_points, overpass_point
from mapper.ingest.records.layout import Layout
from mapper.ingest.records.locations import read_location
from mapper.ingest.records.provenance import Provenance

PROVENANCE: Final = Provenance(
    "OpenStreetMap",
    "OpenStreetMap contributors",
    "Open Database License (ODbL) 1.0",
    "© OpenStreetMap contributors, under the Open Database License (openstreetmap.org/copyright).",
)
_COLUMNS: Final = ("id", "name", "kind", "sector", "website", "description", "urn",
                   "opening", "wheelchair", "address", "postcode", "longitude",
                   "latitude")  # fmt: skip
_ID: Final = re.compile(r"(node|way|relation|n|w|r)/?(\d+)")
_TYPES: Final = {"n": "node", "w": "way", "r": "relation"}
_OTHER_TAGS: Final = re.compile(r'"((?:[^"\\]|\\.)*)"=>"((?:[^"\\]|\\.)*)"')
_WHEELCHAIRS: Final = {
    "yes": "Wheelchair access",
    "designated": "Wheelchair access",
    "limited": "Limited wheelchair access",
    "no": "No wheelchair access",
}
_ADDRESS: Final = ("addr:housename", "addr:housenumber", "addr:street", "addr:suburb", "addr:city")


@dataclass(frozen=True, slots=True)
class _Element:
    """A node, way or relation: its tags, and a point that stands for it."""

    id: str
    tags: Mapping[str, str]
    point: Point | None

    @property
    def name(self) -> str:
        """What the map calls it; empty where it has no name."""
        return first_cell(self.tags, "name", "official_name").strip()


def is_this(document: object) -> bool:
    """Tell an Overpass answer, or GeoJSON whose features carry the tags or ids of the map.

    Parameters
    ----------
    document : the file's JSON.
    """
    found = item(document)
    if found.get("type") != "FeatureCollection":
        return isinstance(found.get("elements"), list)
    return any(_is_mapped(each) for each in items(found.get("features")))


def layout(document: object, name: str, log: IssueLog) -> Layout:
    """Lay the named places of a known kind out as rows.

    Parameters
    ----------
    document : the file's JSON.
    name : of the file.
    log : told of places without a name, and how many are of kinds that are not read.
    """
    elements = list(_elements(item(document)))
    known = [each for each in elements if kind_of(each.tags) is not None]
    _note_left_out(elements, known, log)
    rows = [_cells(each) for each in known if each.name]
    return Layout(as_table(name, _COLUMNS, rows), read_place, PROVENANCE)


def read_place(reader: RowReader, _: Ground) -> Organisation | None:
    """Read one place.

    Parameters
    ----------
    reader : of the row.

    Returns
    -------
    None where the row cannot be saved; the issue is filed.
    """
    name = reader.required("name", lambda text: text)
    if name is None:
        return None
    urn = reader.text("urn")
    return Organisation(
        source_key=f"osm/{reader.text('id')}",
        name=name,
        kind=OrganisationKind(reader.text("kind")),
        sector=Sector(reader.text("sector")),
        location=read_location(reader),
        description=reader.text("description", LONGEST_TEXT),
        website=reader.text("website"),
        identifiers=(Identifier("GB-EDU", urn),) if urn.isdigit() else (),
        opening=reader.text("opening", LONGEST_TEXT),
        accessibility=_WHEELCHAIRS.get(reader.text("wheelchair").casefold(), ""),
    )


def _is_mapped(feature: Item) -> bool:
    tags = _feature_tags(feature)
    return bool(_feature_id(feature)) or any(key in tags for key, _, _ in KIND_TAGS)


def _elements(document: Item) -> Iterator[_Element]:
    if "features" in document:
        for feature in items(document["features"]):
            yield _Element(_feature_id(feature), _feature_tags(feature), feature_point(feature))
        return
    elements = items(document.get("elements"))
    nodes = node_points(elements)
    for element in elements:
        tags = {key: cell(value) for key, value in item(element.get("tags")).items()}
        # Untagged nodes are only the corners of ways.
        if tags:
            own = f"{cell(element.get('type'))}/{cell(element.get('id'))}"
            yield _Element(own, tags, overpass_point(element, nodes))


def _feature_tags(feature: Item) -> dict[str, str]:
    """Give the tags, those that ogr2ogr packs into one property unpacked."""
    properties = item(feature.get("properties"))
    packed = _OTHER_TAGS.findall(cell(properties.get("other_tags")))
    nested = item(properties.get("tags"))
    return dict(packed) | {key: cell(value) for key, value in {**nested, **properties}.items()}


def _feature_id(feature: Item) -> str:
    """Give ``way/123``, from wherever the exporting program has put it."""
    properties = item(feature.get("properties"))
    for text in (first_cell(properties, "@id", "full_id"), first_cell(feature, "id")):
        match = _ID.fullmatch(text)
        if match:
            return f"{_TYPES.get(match[1], match[1])}/{match[2]}"
    if first_cell(properties, "osm_way_id"):
        return f"way/{first_cell(properties, 'osm_way_id')}"
    number, kind = first_cell(properties, "osm_id"), first_cell(properties, "osm_type")
    return f"{kind or 'node'}/{number}" if number.isdigit() else ""


def _cells(element: _Element) -> dict[str, str]:
    tags = element.tags
    kind, sector = kind_of(tags) or (OrganisationKind.OTHER, Sector.UNKNOWN)
    longitude, latitude = element.point or ("", "")
    return {
        "id": element.id or f"unnumbered {element.name}",
        "name": element.name,
        "kind": kind,
        "sector": sector,
        "website": first_cell(tags, "website", "contact:website", "url"),
        "description": first_cell(tags, "description", "denomination", "religion", "sport"),
        "urn": first_cell(tags, "ref:edubase"),
        "opening": first_cell(tags, "opening_hours"),
        "wheelchair": first_cell(tags, "wheelchair"),
        "address": ", ".join(tags[key] for key in _ADDRESS if tags.get(key)),
        "postcode": first_cell(tags, "addr:postcode", "postal_code"),
        "longitude": str(longitude),
        "latitude": str(latitude),
    }


def _note_left_out(elements: Sequence[_Element], known: Sequence[_Element], log: IssueLog) -> None:
    for each in known:
        if not each.name:
            _note(log, "It has no name on the map, so it was left out.", each.id)
    others = len(elements) - len(known)
    if others:
        _note(log, f"Of kinds that are not read, such as shops: {counted(others, 'place')}.")


def _note(log: IssueLog, message: str, value: str = "") -> None:
    column = "name" if value else ""
    log.add(
        0,
        message,
        column=column,
        value=value,
        severity=Severity.NOTE,
        who_can_fix=WhoCanFix.NOBODY,
    )
