"""A point for whatever shape OpenStreetMap gives a place."""

import math
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from mapper.ingest.files.document import Item, item, items

Point = tuple[float, float]
"""Longitude and latitude, degrees."""

_MOST_POINTS: Final = 1_000_000


def feature_point(feature: Item) -> Point | None:
    """Give the point of a GeoJSON feature: its own, or the mean of its outline's corners.

    Parameters
    ----------
    feature : with a geometry of any type; None is returned where it has none.
    """
    geometry = item(feature.get("geometry"))
    parts = items(geometry.get("geometries")) or [geometry]
    return mean_point(point for part in parts for point in _positions(part.get("coordinates")))


def overpass_point(element: Item, nodes: Mapping[str, Point]) -> Point | None:
    """Give the point of an Overpass element.

    Parameters
    ----------
    element : a node, way or relation: its own point, else its centre, else the mean of its
        geometry, of its nodes or members, or the middle of its bounds.
    nodes : points of the nodes in the same answer, by id.
    """
    return (
        _degrees(element)
        or _degrees(item(element.get("center")))
        or mean_point(_outline(element))
        or mean_point(nodes[str(each)] for each in _nodes(element) if str(each) in nodes)
        or _middle(item(element.get("bounds")))
    )


def node_points(elements: Iterable[Item]) -> dict[str, Point]:
    """Give the point of every node, by id.

    Parameters
    ----------
    elements : of an Overpass answer.
    """
    found: dict[str, Point] = {}
    for element in elements:
        point = _degrees(element)
        if element.get("type") == "node" and point is not None:
            found[str(element.get("id"))] = point
    return found


def mean_point(points: Iterable[Point]) -> Point | None:
    """Give the mean of distinct points, None where there is none.

    The corner that closes a ring stands twice in it, and counts once.

    Parameters
    ----------
    points : in any order.
    """
    distinct = list(dict.fromkeys(points))
    if not distinct:
        return None
    count = len(distinct)
    return (math.fsum(x for x, _ in distinct) / count, math.fsum(y for _, y in distinct) / count)


def _positions(coordinates: object) -> Iterator[Point]:
    """Give every position, however deep the lists: without recursion, whatever the file does."""
    waiting = [coordinates]
    for _ in range(_MOST_POINTS):
        if not waiting:
            return
        each = waiting.pop()
        if not isinstance(each, list):
            continue
        point = _pair(each[0], each[1]) if len(each) > 1 else None
        if point is None:
            waiting += reversed(each)
        else:
            yield point


def _outline(element: Item) -> Iterator[Point]:
    members = items(element.get("members"))
    for each in (element, *members):
        points = [each] if each is not element else []
        for corner in (*points, *items(each.get("geometry"))):
            point = _degrees(corner)
            if point is not None:
                yield point


def _nodes(element: Item) -> list[object]:
    nodes = element.get("nodes")
    listed = list(nodes) if isinstance(nodes, list) else []
    members = items(element.get("members"))
    return listed + [each.get("ref") for each in members if each.get("type") == "node"]


def _middle(bounds: Item) -> Point | None:
    low = _pair(bounds.get("minlon"), bounds.get("minlat"))
    high = _pair(bounds.get("maxlon"), bounds.get("maxlat"))
    return mean_point((low, high)) if low and high else None


def _degrees(of: Item) -> Point | None:
    return _pair(of.get("lon"), of.get("lat"))


def _pair(x: object, y: object) -> Point | None:
    if isinstance(x, bool) or isinstance(y, bool):
        return None
    if not (isinstance(x, (int, float)) and isinstance(y, (int, float))):
        return None
    try:
        pair = float(x), float(y)
    except OverflowError:
        return None
    return pair if all(map(math.isfinite, pair)) else None
