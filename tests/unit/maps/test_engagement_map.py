"""The shell of the map, before any browser sees it."""

import re
from dataclasses import replace

import pytest

from mapper.errors import MapperError
from mapper.maps.engagement_map import _local, draw_map
from mapper.maps.tiles import tile_credit, tile_source
from mapper.maps.view import MapAddresses, MapParts, bounds_of, map_view
from mapper.reports.published import PublishedAreas
from tests.unit.maps.invented import HOSTILE, published_map, square_areas

ADDRESSES = MapAddresses("/a.json", "/o.json", "/org.json", "/act.json", table="/map/table")


def parts(**changes: str) -> MapParts:
    return draw_map(map_view(published_map(), replace(ADDRESSES, **changes)))


def whole(drawn: MapParts) -> str:
    return "\n".join([*drawn.stylesheets, *drawn.scripts, drawn.style, drawn.body, drawn.script])


def test_every_asset_is_local() -> None:
    drawn = parts()
    assert all(each.startswith("/static/") for each in (*drawn.stylesheets, *drawn.scripts))


def test_nothing_names_another_machine() -> None:
    assert re.findall(r"(?:https?:)?//[a-z]", whole(parts())) == []


@pytest.mark.parametrize(
    "library", ["jquery", "bootstrap", "awesome", "glyphicon", "cdn", "user-scalable"]
)
def test_nothing_of_what_folium_would_load_is_left(library: str) -> None:
    assert library not in whole(parts()).lower()


def test_no_text_of_a_source_is_in_the_shell() -> None:
    assert HOSTILE[:20] not in whole(parts())
    assert "alert" not in whole(parts())


def test_the_same_view_gives_the_same_page() -> None:
    assert parts() == parts()


def test_there_is_no_inline_style_or_handler() -> None:
    assert re.findall(r"\s(?:style|on[a-z]+)=", parts().body) == []


def test_the_table_is_one_link_away() -> None:
    assert 'href="/map/table"' in parts().body


def test_the_three_layers_and_both_overlays_are_on_the_control() -> None:
    names = ("Gap between need and provision", "Need", "Provision", "Organisations", "Activities")
    assert all(f'"{name}" :' in parts().script for name in names)


def test_the_key_of_the_first_layer_is_the_one_shown() -> None:
    keys = re.findall(r'data-key-of="(\w+)"( hidden)?', parts().body)
    assert keys == [("gap", ""), ("need", " hidden"), ("provision", " hidden")]


def test_a_tile_address_cannot_leave_its_string() -> None:
    drawn = parts(tile_url='https://tiles.example.org/{z}/{x}/{y}.png"</script>')
    assert "</script>" not in drawn.script


def test_the_credit_of_tiles_is_text() -> None:
    drawn = parts(tile_url="https://t.example.org/{z}/{x}/{y}.png", tile_attribution="<b>us</b>")
    assert "<b>us</b>" not in drawn.script


def test_a_foreign_asset_is_refused() -> None:
    view = map_view(published_map(), ADDRESSES)
    with pytest.raises(MapperError, match="another machine"):
        _local(view, ["https://cdn.example.org/leaflet.js"])


def test_areas_without_outlines_cannot_be_drawn() -> None:
    with pytest.raises(MapperError, match="outline"):
        bounds_of(PublishedAreas(square_areas().table, {}))


def test_bounds_hold_all_areas() -> None:
    assert bounds_of(square_areas()) == pytest.approx((-1.6, 50.8, -1.3, 51.01))


def test_the_policy_names_the_tile_server_only() -> None:
    assert (
        tile_source("https://{s}.tiles.example.org/{z}/{x}/{y}.png")
        == "https://*.tiles.example.org"
    )


def test_without_tiles_the_policy_names_nobody() -> None:
    assert tile_source("") == ""


def test_tiles_without_a_credit_are_credited_to_their_server() -> None:
    assert (
        tile_credit("https://t.example.org/{z}.png", "") == "Background map: https://t.example.org"
    )
