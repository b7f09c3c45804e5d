"""A feature service of invented areas that speaks as an ArcGIS server does."""

import json
from dataclasses import dataclass, field
from typing import Any

from tests.local_server import Answer

LAYER = "/arcgis/rest/services/LSOAs/FeatureServer/0"
Query = dict[str, list[str]]


def square(code: str, longitude: float = -1.09, latitude: float = 50.80) -> dict[str, Any]:
    """An invented LSOA in Portsmouth, some 500 m wide."""
    width, height = 0.007, 0.0045
    corners = [(0, 0), (width, 0), (width, height), (0, height), (0, 0)]
    ring = [[longitude + x, latitude + y] for x, y in corners]
    return {
        "type": "Feature",
        "id": int(code[1:]),
        "properties": {"LSOA21CD": code, "LSOA21NM": f"Portsmouth {code[-3:]}A"},
        "geometry": {"type": "Polygon", "coordinates": [ring]},
    }


def squares(count: int) -> list[dict[str, Any]]:
    """Several such squares, side by side."""
    return [square(f"E0199{n:04}", -1.09 + 0.008 * n) for n in range(count)]


@dataclass
class FeatureService:
    """Answers what a layer is, how many areas it has, and each page of them.

    Parameters
    ----------
    features : of the layer.
    page_size : the most it gives at once.
    fields : names of its columns.
    """

    features: list[dict[str, Any]] = field(default_factory=lambda: squares(5))
    page_size: int = 2
    fields: tuple[str, ...] = ("FID", "LSOA21CD", "LSOA21NM", "LSOA21NMW", "GlobalID")

    def __call__(self, path: str, query: Query, _: int) -> Answer:
        """Answer one question."""
        if not path.endswith("/query"):
            return self.description()
        return self.count() if "returnCountOnly" in query else self.page(query)

    def description(self) -> Answer:
        """What the layer is."""
        fields = [{"name": name, "type": "esriFieldTypeString"} for name in self.fields]
        return said({"fields": fields, "maxRecordCount": self.page_size})

    def count(self) -> Answer:
        """How many areas there are."""
        return said({"count": len(self.features)})

    def page(self, query: Query) -> Answer:
        """The areas from an offset on."""
        start = int(query["resultOffset"][0])
        end = start + min(int(query["resultRecordCount"][0]), self.page_size)
        return self.some(self.features[start:end], is_cut=end < len(self.features))

    def some(self, features: list[dict[str, Any]], *, is_cut: bool, **more: object) -> Answer:
        """Some areas, as GeoJSON."""
        cut = {"properties": {"exceededTransferLimit": True}} if is_cut else {}
        return said({"type": "FeatureCollection", "features": features} | cut | more)


def said(content: object) -> Answer:
    """An answer in JSON."""
    return Answer(json.dumps(content).encode())
