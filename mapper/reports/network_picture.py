"""The network as a picture: where each organisation is drawn, and the same in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import networkx as nx

from mapper.domain.organisation import Sector

if TYPE_CHECKING:
    from mapper.reports.network_measured import SeenNetwork

WIDTH, HEIGHT = 1000, 720
_MARGIN = 24
_MOST_DRAWN = 150
_MOST_REACHED = 40
_RADIUS, _LARGEST = 5.0, 16.0
_THIN, _THICK = 1.0, 5.0
_LETTER, _LINE = 9.5, 22
_LONGEST = 26
_DOT = 4.0
_ALWAYS_NAMED, _MOST_NAMED = 8, 24


@dataclass(frozen=True, slots=True)
class PictureNode:
    """One organisation of the picture.

    Parameters
    ----------
    organisation_id, name, sector : of it.
    sector_number : of its sector in the legend, from 1.
    x, y : of its middle in the picture, y downwards.
    radius : of its dot: its area grows with its partners.
    label : its name, shortened, where there is room for it; else empty.
    label_x, anchor : where the label starts or, for the anchor ``end``, ends.
    is_reached : whether the keyboard stops at it; all are reached in the list beside.
    words : partners and part in words.
    partners : those drawn, by number and name with the weight of the tie, the strongest first.
    """

    organisation_id: int
    name: str
    sector: str
    sector_number: int
    x: float
    y: float
    radius: float
    label: str
    label_x: float
    anchor: str
    is_reached: bool
    words: str
    partners: tuple[tuple[int, str, str], ...]


@dataclass(frozen=True, slots=True)
class PictureLine:
    """One tie of the picture: from where to where, how wide, and which way it leads."""

    x1: float
    y1: float
    x2: float
    y2: float
    width: float
    is_directed: bool


@dataclass(frozen=True, slots=True)
class Picture:
    """The network to be drawn, and the list that says the same.

    Parameters
    ----------
    nodes : the organisations, those with most partners first.
    lines : the ties among them.
    legend : number and name of each sector drawn.
    left_out : organisations with fewer ties that are not drawn, for there are too many.
    """

    nodes: tuple[PictureNode, ...]
    lines: tuple[PictureLine, ...]
    legend: tuple[tuple[int, str], ...]
    left_out: int


def network_picture(network: SeenNetwork, most: int = _MOST_DRAWN) -> Picture:
    """Draw a network as an audience sees it.

    Parameters
    ----------
    network : with the places that its layout gave.
    most : organisations drawn; of more, those with most partners are.
    """
    ordered = network.figures.sort_values(["degree", "strength"], ascending=False, kind="stable")
    shown = ordered.head(most)
    places = _places(shown)
    labels = _labels(network, shown, places)
    nodes = tuple(
        _node(network, key, row, places, labels, number)
        for number, (key, row) in enumerate(shown.to_dict("index").items())
    )
    return Picture(
        nodes,
        _lines(network, places),
        tuple(sorted({(node.sector_number, node.sector) for node in nodes})),
        len(ordered) - len(shown),
    )


def _places(shown: Any) -> dict[Any, tuple[float, float]]:  # noqa: ANN401  (a frame)
    """Spread the places of those drawn over the picture."""
    if not len(shown):
        return {}
    low, high = shown[["x", "y"]].min(), shown[["x", "y"]].max()
    size = (high - low).where(high > low, 1.0)
    across = _MARGIN + (shown["x"] - low["x"]) / size["x"] * (WIDTH - 2 * _MARGIN)
    down = _MARGIN + (high["y"] - shown["y"]) / size["y"] * (HEIGHT - 2 * _MARGIN)
    return dict(zip(shown.index, zip(across.round(1), down.round(1), strict=True), strict=True))


def _node(  # noqa: PLR0913, PLR0917  (everything that a dot is drawn from)
    network: SeenNetwork,
    key: Any,  # noqa: ANN401
    row: dict[Any, Any],
    places: dict[Any, tuple[float, float]],
    labels: dict[Any, tuple[str, float, str]],
    number: int,
) -> PictureNode:
    about = network.graph.nodes[key]
    label, label_x, anchor = labels.get(key, ("", 0.0, "start"))
    degree = int(row["degree"])
    part = f"connected part {row['component']:.0f}, community {row['community']:.0f}"
    cut = "; its loss would split the network" if row["is_cut_point"] else ""
    partners = f"{degree:,} partner{'' if degree == 1 else 's'}"
    return PictureNode(
        organisation_id=int(key),
        name=about["name"],
        sector=about["sector"],
        sector_number=_sector_number(about["sector"]),
        x=places[key][0],
        y=places[key][1],
        radius=_radius(degree),
        label=label,
        label_x=label_x,
        anchor=anchor,
        is_reached=number < _MOST_REACHED,
        words=f"{partners}; {part}{cut}" if degree else "tied to nobody here",
        partners=_partners(network, key, places),
    )


def _partners(
    network: SeenNetwork,
    key: Any,  # noqa: ANN401
    places: dict[Any, tuple[float, float]],
) -> tuple[tuple[int, str, str], ...]:
    graph = network.graph
    found = [(other, float(tie["weight"]), "") for other, tie in graph[key].items()]
    if isinstance(graph, nx.DiGraph):
        found = [(other, weight, "to ") for other, weight, _ in found]
        leading_here = graph.in_edges(key, data="weight", default=1.0)
        found += [(one, float(weight), "from ") for one, _, weight in leading_here]
    drawn = [tie for tie in found if tie[0] in places]
    drawn.sort(key=lambda tie: (-tie[1], graph.nodes[tie[0]]["name"]))
    return tuple(
        (int(other), graph.nodes[other]["name"], f"{way}{weight:,.0f}")
        for other, weight, way in drawn
    )


def _lines(network: SeenNetwork, places: dict[Any, tuple[float, float]]) -> tuple[PictureLine, ...]:
    graph = network.graph
    ties = [
        (one, other, float(weight))
        for one, other, weight in graph.edges(data="weight", default=1.0)
        if one in places and other in places
    ]
    heaviest = max((weight for *_, weight in ties), default=1.0)
    return tuple(
        PictureLine(
            *places[one],
            *_edge_of_dot(places[one], places[other], _radius(graph.degree(other))),
            round(_THIN + (_THICK - _THIN) * (weight / heaviest) ** 0.5, 1),
            graph.is_directed(),
        )
        for one, other, weight in ties
    )


def _edge_of_dot(
    start: tuple[float, float], end: tuple[float, float], radius: float
) -> tuple[float, float]:
    """Stop a line at the edge of the dot that it leads to, so that an arrow is seen."""
    across, down = end[0] - start[0], end[1] - start[1]
    length = (across**2 + down**2) ** 0.5
    if length <= radius:
        return end
    share = 1 - radius / length
    return round(start[0] + share * across, 1), round(start[1] + share * down, 1)


def _radius(degree: int) -> float:
    radius: float = min(_RADIUS + 1.8 * float(degree) ** 0.5, _LARGEST)
    return round(radius, 1)


def _sector_number(sector: str) -> int:
    known = [one.value for one in Sector]
    return known.index(sector) + 1 if sector in known else len(known)


def _labels(
    network: SeenNetwork,
    shown: Any,  # noqa: ANN401  (a frame)
    places: dict[Any, tuple[float, float]],
) -> dict[Any, tuple[str, float, str]]:
    """Write names where they cover no other, those with most partners first."""
    dots = {key: (x - _DOT, y - _DOT, x + _DOT, y + _DOT) for key, (x, y) in places.items()}
    taken: list[tuple[float, float, float, float]] = []
    found: dict[Any, tuple[str, float, str]] = {}
    for key, degree in shown["degree"].items():
        x, y = places[key]
        name = _short(network.graph.nodes[key]["name"])
        is_left = x > WIDTH * 0.62
        gap = _radius(int(degree)) + 4
        left = x - gap - len(name) * _LETTER if is_left else x + gap
        box = (left, y - _LINE / 2, left + len(name) * _LETTER, y + _LINE / 2)
        covered = [dot for other, dot in dots.items() if other != key]
        others = taken if len(found) < _ALWAYS_NAMED else [*taken, *covered]
        if len(found) < _MOST_NAMED and not any(_overlap(box, other) for other in others):
            taken.append(box)
            start = x - gap if is_left else x + gap
            found[key] = (name, round(start, 1), "end" if is_left else "start")
    return found


def _short(name: str) -> str:
    return name if len(name) <= _LONGEST else f"{name[: _LONGEST - 1].rstrip()}…"


def _overlap(one: tuple[float, ...], other: tuple[float, ...]) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
