"""JSON that is broken, nested, huge or not JSON at all."""

import pytest

from mapper.errors import SourceError
from mapper.ingest.areas.ground import Ground
from mapper.ingest.faults.issues import IssueLog
from mapper.ingest.files.document import as_table, cell, is_document, items, read_document
from mapper.ingest.files.source import SourceFile
from mapper.ingest.kinds.organisations import read_organisations


def _refused(content: bytes) -> str:
    with pytest.raises(SourceError) as caught:
        read_organisations(SourceFile("a.json", content), Ground(), IssueLog("a.json"))
    return str(caught.value)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b'{"elements": [', "not JSON that can be read"),
        (b"{'elements': []}", "not JSON that can be read"),
        (b"[" * 200_000, "nested too deeply"),
        (b'{"a": ' * 200_000, "nested too deeply"),
        (b'{"a": ' + b"9" * 5_000 + b"}", "number that cannot be read"),
        (b'{"name": "A", "address": "B"}', "its keys are name, address"),
        (b"[1, 2, 3]", "a list of 3"),
        (b"{}", "its keys are none"),
    ],
)
def test_what_cannot_be_used_is_refused_in_words(content: bytes, words: str) -> None:
    assert words in _refused(content)


def test_a_web_page_is_refused_as_one() -> None:
    assert "web page" in _refused(b"<!DOCTYPE html><html></html>")


def test_json_is_told_by_its_first_character_in_any_encoding() -> None:
    text = ' {"a": 1}'
    for encoding in ("utf-8", "utf-8-sig", "utf-16"):
        assert is_document(SourceFile("a.csv", text.encode(encoding)))
    assert not is_document(SourceFile("a.json", b"name\nA\n"))


def test_utf_16_is_read() -> None:
    source = SourceFile("a.json", '{"a": "é"}'.encode("utf-16"))
    assert read_document(source, IssueLog("a")) == {"a": "é"}


def test_infinity_is_nothing() -> None:
    source = SourceFile("a.json", b'{"a": Infinity, "b": NaN}')
    assert read_document(source, IssueLog("a")) == {"a": None, "b": None}


def test_an_object_alone_is_a_list_of_one() -> None:
    assert items({"a": 1}) == [{"a": 1}]
    assert items([{"a": 1}, 2, None]) == [{"a": 1}]
    assert items("text") == []


def test_only_plain_values_become_cells() -> None:
    values = (True, 1, 1.5, "a", None, [1], {"a": 1})
    assert [cell(each) for each in values] == ["yes", "1", "1.5", "a", "", "", ""]


def test_rows_of_a_table_are_counted_from_one() -> None:
    table = as_table("a", ("name",), [{"name": "A"}, {}])
    assert [(row.line, row.cells) for row in table.rows] == [(1, ("A",)), (2, ("",))]
