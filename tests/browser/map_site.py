"""A site of one page, the engagement map of invented figures, under a strict policy."""

import secrets
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from mapper.maps.engagement_map import draw_map
from mapper.maps.features import compact_json, outline_features, place_features
from mapper.maps.layers import shaded_features
from mapper.maps.view import MapAddresses, MapParts, map_view
from mapper.reports.published import PublishedMap

STATIC = Path(__file__).parents[2] / "mapper" / "web"
POLICY = (
    "default-src 'self'; script-src 'self' 'nonce-{nonce}'; style-src 'self' 'nonce-{nonce}'; "
    "img-src 'self' data:"
)
TYPES = {".js": "text/javascript", ".css": "text/css", ".png": "image/png"}


def page(parts: MapParts, nonce: str) -> str:
    styles = "".join(f'<link rel="stylesheet" href="{each}">' for each in parts.stylesheets)
    scripts = "".join(f'<script src="{each}"></script>' for each in parts.scripts)
    return (
        '<!DOCTYPE html><html lang="en-GB"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<title>Map</title><link rel="icon" href="data:,">{styles}'
        f'<style nonce="{nonce}">{parts.style}</style></head>'
        f"<body><main><h1>Engagement map</h1>{parts.body}</main>{scripts}"
        f'<script nonce="{nonce}">{parts.script}</script></body></html>'
    )


def documents(published: PublishedMap) -> tuple[MapParts, dict[str, str]]:
    view = map_view(
        published,
        MapAddresses(
            "/areas.json",
            "/outlines.json",
            "/organisations.json",
            "/activities.json",
            gaps="/gaps/",
            table="/map/table",
        ),
    )
    return draw_map(view), {
        "/areas.json": compact_json(shaded_features(published.areas, view.layers)),
        "/outlines.json": compact_json(outline_features(published.outlines)),
        "/organisations.json": compact_json(place_features(published.organisations)),
        "/activities.json": compact_json(place_features(published.activities)),
    }


def handler(published: PublishedMap) -> type[BaseHTTPRequestHandler]:
    parts, data = documents(published)

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            nonce = secrets.token_urlsafe(12)
            path = self.path.partition("?")[0]
            if path.startswith("/static/"):
                file = STATIC / path.lstrip("/")
                self.answer(file.read_bytes(), TYPES[file.suffix], nonce)
            elif path in data:
                self.answer(data[path].encode(), "application/geo+json", nonce)
            else:
                self.answer(page(parts, nonce).encode(), "text/html", nonce)

        def answer(self, content: bytes, kind: str, nonce: str) -> None:
            self.send_response(200)
            self.send_header("Content-Type", f"{kind}; charset=utf-8")
            self.send_header("Content-Security-Policy", POLICY.format(nonce=nonce))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: object) -> None:
            pass

    return Handler


@contextmanager
def served(published: PublishedMap) -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler(published))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
