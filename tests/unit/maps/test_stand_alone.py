"""The map in one file."""

import re

from mapper.maps.stand_alone import stand_alone_map
from tests.unit.maps.invented import published_map

PAGE = stand_alone_map(published_map())


def test_it_links_to_no_asset() -> None:
    assert re.findall(r"<(?:script|link|img)[^>]*(?:src|href)=\"(?!data:)", PAGE) == []


def test_its_styles_ask_for_nothing() -> None:
    styles = "".join(re.findall(r"<style>(.*?)</style>", PAGE, re.DOTALL))
    assert "url(" not in styles


def test_hostile_text_makes_no_element() -> None:
    assert "<img" not in PAGE


def test_its_policy_allows_no_unsafe_script() -> None:
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', PAGE)
    assert policy is not None
    assert "default-src &#39;none&#39;" in policy[1]
    assert "unsafe" not in policy[1]


def test_it_says_that_the_figures_are_invented() -> None:
    assert "SYNTHETIC" in PAGE


def test_every_area_is_in_its_table() -> None:
    assert PAGE.count('<th scope="row">E01') == 36


def test_the_same_figures_give_the_same_file() -> None:
    assert stand_alone_map(published_map()) == PAGE
