"""The small map of a report."""

import re
from xml.etree import ElementTree as ET

import pytest
from shapely.geometry import Polygon, box

from mapper.errors import MapperError
from mapper.maps.palette import GAP, WIDEST_GAP
from mapper.maps.pictures import data_address
from mapper.maps.report_map import _rings, report_map
from mapper.reports.published import PublishedAreas
from tests.unit.maps.invented import square_areas

AREAS = square_areas()
RANKED = ("E01000005", "E01000011", "E01000017")
DRAWN = report_map(AREAS, RANKED)


def test_it_is_an_svg_picture() -> None:
    assert ET.fromstring(DRAWN).tag == "{http://www.w3.org/2000/svg}svg"  # noqa: S314


def test_the_same_areas_give_the_same_bytes() -> None:
    assert report_map(AREAS, RANKED) == DRAWN


def test_it_carries_no_date() -> None:
    assert b"dc:date" not in DRAWN


def test_it_is_small() -> None:
    assert len(DRAWN) < 200_000


def test_the_widest_gap_has_its_colour() -> None:
    assert GAP[WIDEST_GAP].encode() in DRAWN


def test_a_withheld_class_is_hatched() -> None:
    assert b"<pattern" in DRAWN


def test_ranks_are_drawn_for_areas_that_are_there() -> None:
    elsewhere = report_map(AREAS, ("E09999999",))
    assert len(DRAWN) > len(elsewhere)


def test_a_hole_runs_the_other_way() -> None:
    ring = Polygon(box(0, 0, 3, 3).exterior.coords, [list(box(1, 1, 2, 2).exterior.coords)])
    turns = [Polygon(each).exterior.is_ccw for each in _rings(ring)]
    assert turns == [True, False]


def test_without_outlines_there_is_no_map() -> None:
    with pytest.raises(MapperError, match="outline"):
        report_map(PublishedAreas(AREAS.table, {}))


def test_it_can_stand_in_an_image_element() -> None:
    assert re.fullmatch(r"data:image/svg\+xml;base64,[A-Za-z0-9+/=]+", data_address(DRAWN))
