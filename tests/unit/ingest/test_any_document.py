"""Whatever JSON is under the keys of a format, it is read, made issues of, or refused."""

import contextlib
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapper.errors import MapperError
from mapper.ingest.areas.ground import Ground
from mapper.ingest.faults.issues import IssueLog
from mapper.ingest.files.source import SourceFile
from mapper.ingest.kinds.organisations import read_organisations

KEYS = {
    "OpenStreetMap": ("elements", ["type", "id", "lat", "lon", "tags", "name", "amenity",
                                   "center", "geometry", "members", "nodes", "bounds"]),
    "GeoJSON": ("features", ["type", "id", "properties", "@id", "name", "amenity", "geometry",
                             "coordinates", "geometries", "other_tags"]),
    "360Giving": ("grants", ["id", "name", "recipientOrganization", "fundingOrganization",
                             "amountAwarded", "awardDate", "plannedDates", "startDate",
                             "beneficiaryLocation", "geoCode", "charityNumber", "postalCode"]),
    "Open Referral": ("contents", ["id", "name", "organization", "services", "contacts", "phones",
                                   "service_areas", "service_at_locations", "location", "status",
                                   "physical_addresses", "eligibilitys", "minimum_age", "number",
                                   "organization_identifiers", "identifier", "taxonomy"]),
}  # fmt: skip
LEAVES = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=6),
    st.sampled_from(["library", "node", "FeatureCollection", "PO1 3AX", "E06000044", "\x00", 50.8,
                     "2025-01-01", "GB-CHC-1", 10**400]),
)  # fmt: skip


def _any(keys: list[str]) -> st.SearchStrategy[Any]:
    return st.recursive(
        LEAVES,
        lambda inner: (
            st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(keys), inner, max_size=5)
        ),
        max_leaves=25,
    )


@pytest.mark.parametrize("kind", KEYS)
@given(data=st.data())
def test_any_json_is_read_or_refused(kind: str, data: st.DataObject) -> None:
    root, keys = KEYS[kind]
    document = {"type": "FeatureCollection"} if kind == "GeoJSON" else {}
    found = data.draw(st.lists(st.dictionaries(st.sampled_from(keys), _any(keys)), max_size=3))
    content = json.dumps(document | {root: found}).encode()
    with contextlib.suppress(MapperError):
        read_organisations(SourceFile("a.json", content), Ground(), IssueLog("a.json"))
