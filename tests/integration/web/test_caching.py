"""What is sent again, and what is not."""

from tests.integration.web.reader import Reader

PATH = "/map/areas.geojson"


def test_a_body_that_is_known_is_not_sent_again(visitor: Reader) -> None:
    tag = visitor.fetch(PATH).headers["ETag"]
    response = visitor.fetch(PATH, 304, headers={"If-None-Match": tag})

    assert response.data == b""


def test_a_body_is_compressed_for_those_who_can_read_it(visitor: Reader) -> None:
    plain = visitor.fetch(PATH)
    small = visitor.fetch(PATH, headers={"Accept-Encoding": "br"})

    assert small.headers["Content-Encoding"] == "br"
    assert len(small.data) < len(plain.data)
    assert {"Cookie", "Accept-Encoding"} <= set(small.vary.as_set(preserve_casing=True))


def test_a_page_is_compressed_for_those_who_can_read_it(visitor: Reader) -> None:
    response = visitor.fetch("/areas", headers={"Accept-Encoding": "br"})

    assert response.headers["Content-Encoding"] == "br"


def test_no_response_is_kept_for_others(visitor: Reader, partner: Reader) -> None:
    pages = [
        (visitor, "/"),
        *((who, at) for who in (visitor, partner) for at in (PATH, "/areas.csv")),
    ]
    for reader, path in pages:
        assert reader.fetch(path).headers["Cache-Control"] == "private, no-cache"


def test_audiences_do_not_get_each_others_bodies(visitor: Reader, analyst: Reader) -> None:
    assert "Fewer than 5" in visitor.get("/activities/2").text
    assert "fewer than 5" not in analyst.fetch("/activities.csv").text
    assert "fewer than 5" in visitor.fetch("/activities.csv").text


def test_static_files_may_be_kept_by_anybody(visitor: Reader) -> None:
    assert visitor.fetch("/static/mapper.css").headers["Cache-Control"] == "public, max-age=3600"


def test_a_csv_is_named_for_what_it_holds(visitor: Reader) -> None:
    disposition = visitor.fetch("/gaps/E06000044.csv").headers["Content-Disposition"]

    assert disposition == 'attachment; filename="gap-report-E06000044-q1-2025.csv"'
