"""The engagement map as one HTML file that needs no server and asks none for anything."""

import hashlib
import re
from base64 import b64encode
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

from markupsafe import Markup, escape

from mapper.maps.engagement_map import draw_map
from mapper.maps.features import embedded_json, outline_features, place_features
from mapper.maps.layers import shaded_features
from mapper.maps.tiles import tile_source
from mapper.maps.view import MapAddresses, map_view
from mapper.reports.published import Cell, Provenance, PublishedMap, PublishedTable

STATIC = Path(__file__).resolve().parents[1] / "web" / "static"
_PREFIX = "static/"


def stand_alone_map(published: PublishedMap, tile_url: str = "", tile_attribution: str = "") -> str:
    """Write the engagement map, its data and its assets as one HTML page.

    The page opens from a folder. Its own security policy lets it run and draw what it carries
    and nothing else, so that it makes no request, but for tiles where an address is given.

    Parameters
    ----------
    published : what the audience may see; all of it is in the file.
    tile_url : of a tile server for the background; empty for none.
    tile_attribution : its credit, as plain text.
    """
    view = map_view(
        published,
        MapAddresses(
            areas="#map-areas",
            outlines="#map-outlines",
            organisations="#map-organisations",
            activities="#map-activities",
            static=_PREFIX,
            table="#areas-table",
            tile_url=tile_url,
            tile_attribution=tile_attribution,
        ),
    )
    parts = draw_map(view)
    styles = [*map(_asset, parts.stylesheets), parts.style, _PAGE_STYLE]
    scripts = [*map(_asset, parts.scripts), parts.script]
    data = {
        "map-areas": shaded_features(published.areas, view.layers),
        "map-outlines": outline_features(published.outlines),
        "map-organisations": place_features(published.organisations),
        "map-activities": place_features(published.activities),
    }
    return _PAGE.format(
        policy=_policy(styles, scripts, tile_url),
        styles=_elements("style", styles),
        notice=_notice(published.areas.table.provenance),
        period=view.period,
        body=parts.body,
        table=_table(published.areas.table),
        provenance=_footer(published.areas.table.provenance),
        data=_data_elements(data),
        scripts=_elements("script", scripts),
    )


@cache
def _asset(address: str) -> str:
    """Read an asset; drop its references to pictures, none of which the map shows."""
    text = (STATIC / address.removeprefix(_PREFIX)).read_text(encoding="utf-8")
    if address.endswith(".css"):
        return re.sub(r"url\((?!#)[^)]*\)|behavior: url\([^)]*\);", "none", text)
    return text.replace("</script", "<\\/script")


def _policy(styles: Iterable[str], scripts: Iterable[str], tile_url: str) -> str:
    """Allow exactly the styles and scripts in the page, by their checksums."""
    images = " ".join(filter(None, ("data:", tile_source(tile_url))))
    return (
        f"default-src 'none'; img-src {images}; base-uri 'none'; form-action 'none'; "
        f"style-src {_checksums(styles)}; script-src {_checksums(scripts)}"
    )


def _checksums(contents: Iterable[str]) -> str:
    digests = (hashlib.sha256(content.encode()).digest() for content in contents)
    return " ".join(f"'sha256-{b64encode(digest).decode()}'" for digest in digests)


def _elements(tag: str, contents: Iterable[str]) -> Markup:
    """Wrap our own styles or scripts; nothing of a source is among them but as escaped JSON."""
    return Markup("\n").join(
        Markup("<{tag}>{content}</{tag}>").format(tag=tag, content=Markup(content))  # noqa: S704  (built from escaped parts)
        for content in contents
    )


def _data_elements(data: dict[str, Any]) -> Markup:
    return Markup("\n").join(
        Markup('<script type="application/json" id="{}">{}</script>').format(
            name,
            Markup(embedded_json(content)),  # noqa: S704  (escaped for a script element)
        )
        for name, content in data.items()
    )


def _table(table: PublishedTable) -> Markup:
    heads = Markup("").join(
        Markup('<th scope="col">{}</th>').format(column.heading) for column in table.columns
    )
    rows = Markup("\n").join(_row(row) for row in table.rows)
    return Markup(
        "<table><caption>{}</caption><thead><tr>{}</tr></thead><tbody>{}</tbody></table>"
    ).format(table.title, heads, rows)


def _row(cells: tuple[Cell, ...]) -> Markup:
    first, *others = cells
    return Markup('<tr><th scope="row">{}</th>{}</tr>').format(
        first.text, Markup("").join(Markup("<td>{}</td>").format(cell.text) for cell in others)
    )


def _notice(provenance: Provenance) -> Markup:
    if not provenance.is_synthetic:
        return Markup("")
    return Markup('<p class="page__notice"><strong>SYNTHETIC</strong> Invented data.</p>')


def _footer(provenance: Provenance) -> Markup:
    lines = [
        *provenance.notes,
        f"Boundaries: {provenance.boundaries}.",
        f"Population: {provenance.population}.",
        f"Analysis {provenance.run_id} {provenance.run_name}, {provenance.made_at:%d %B %Y}.",
        *(
            ", ".join(filter(None, (each.name, each.publisher, each.licence, each.attribution)))
            for each in provenance.sources
        ),
    ]
    return Markup("").join(Markup("<li>{}</li>").format(escape(line)) for line in lines)


_PAGE_STYLE = """
body { color: #0b0c0c; font-family: arial, sans-serif; line-height: 1.4; }
body { margin: 0 auto; max-width: 80rem; padding: 1rem; }
h1 { font-size: 1.75rem; margin: 0 0 .5rem; }
.page__notice { background: #fff7bf; border-left: 5px solid #0b0c0c; padding: .5rem .75rem; }
.page__table { overflow-x: auto; }
.page__table table { border-collapse: collapse; font-size: .875rem; }
.page__table caption { font-weight: bold; padding: .5rem 0; text-align: left; }
.page__table th, .page__table td { border-bottom: 1px solid #b1b4b6; padding: .25rem .5rem; }
.page__table th, .page__table td { text-align: left; }
"""

_PAGE = Markup(
    """<!DOCTYPE html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Engagement map</title>
<link rel="icon" href="data:,">
{styles}
</head>
<body>
<main>
<h1>Engagement map</h1>
{notice}
<p>Need and provision: {period}.</p>
{body}
<details id="areas-table"><summary>The same figures as a table</summary>
<div class="page__table" role="region" aria-label="The figures as a table" tabindex="0">
{table}</div>
</details>
</main>
<footer><h2>Where the figures come from</h2><ul>{provenance}</ul></footer>
{data}
{scripts}
</body>
</html>
"""
)
