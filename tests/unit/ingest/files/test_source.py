import gzip
import io
import stat
import zipfile
from pathlib import Path

import pytest

from mapper.errors import SourceError
from mapper.ingest.fetching.listing import list_sources
from mapper.ingest.files.source import Entry, safe_name


def _everything(_: str) -> bool:
    return True


def _zip(path: Path, members: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return path


def test_a_gzipped_file_has_the_checksum_of_the_plain_one(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(b"name\nA\n")
    (tmp_path / "a.csv.gz").write_bytes(gzip.compress(b"name\nA\n"))
    plain, zipped = (Entry(tmp_path / name).open() for name in ("a.csv", "a.csv.gz"))
    assert plain.checksum == zipped.checksum


def test_an_empty_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(b" \n")
    with pytest.raises(SourceError, match="is empty"):
        Entry(tmp_path / "a.csv").open()


def test_a_missing_path_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="no file or folder"):
        list_sources([tmp_path / "nothing.csv"], _everything)


def test_a_folder_gives_its_readable_files_in_order(tmp_path: Path) -> None:
    for name in ("b.csv", "a.xlsx", "notes.docx", ".hidden.csv", "~$a.xlsx"):
        (tmp_path / name).write_bytes(b"x")
    listing = list_sources([tmp_path], _everything)
    assert [entry.name for entry in listing.entries] == ["a.xlsx", "b.csv"]


def test_a_file_that_is_not_wanted_is_named(tmp_path: Path) -> None:
    for name in ("a.csv", "notes.docx"):
        (tmp_path / name).write_bytes(b"x")
    assert list_sources([tmp_path], _everything).left_out == ("notes.docx",)


def test_members_of_an_archive_are_read_without_unpacking(tmp_path: Path) -> None:
    path = _zip(tmp_path / "a.zip", {"2025-01/x.csv": b"name\nA\n"})
    (entry,) = list_sources([path], _everything).entries
    assert entry.open().content == b"name\nA\n"


def test_a_gzipped_member_is_read(tmp_path: Path) -> None:
    path = _zip(tmp_path / "a.zip", {"x.csv.gz": gzip.compress(b"name\nA\n")})
    (entry,) = list_sources([path], _everything).entries
    assert entry.open().content == b"name\nA\n"


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("../../etc/passwd.csv", "passwd.csv"),
        ("C:\\temp\\x.csv", "x.csv"),
        ("a\x1b[31m.csv", "a\\x1b[31m.csv"),
        ("/", "unnamed"),
        (f"{'a' * 200}_2026-01-street.csv.gz", f"{'a' * 49}…{'a' * 8}_2026-01-street.csv.gz"),
    ],
)
def test_a_name_is_made_safe_to_show(name: str, safe: str) -> None:
    assert safe_name(name) == safe


def test_a_zip_bomb_is_given_up_once_past_the_limit(tmp_path: Path) -> None:
    path = _zip(tmp_path / "a.zip", {"x.csv": b"0" * 5_000_000})
    (entry,) = list_sources([path], _everything).entries
    with pytest.raises(SourceError, match="once unpacked"):
        entry.open(most_bytes=1_000_000)


def test_a_gzip_bomb_is_given_up_once_past_the_limit(tmp_path: Path) -> None:
    (tmp_path / "a.csv.gz").write_bytes(gzip.compress(b"0" * 5_000_000))
    with pytest.raises(SourceError, match="once unpacked"):
        Entry(tmp_path / "a.csv.gz").open(most_bytes=1_000_000)


def test_an_archive_of_too_many_files_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("mapper.ingest.fetching.listing.MOST_MEMBERS", 2)
    path = _zip(tmp_path / "a.zip", {f"{n}.csv": b"x" for n in range(3)})
    with pytest.raises(SourceError, match="holds 3 files"):
        list_sources([path], _everything)


def test_a_damaged_archive_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(b"PK\x03\x04 and no more")
    with pytest.raises(SourceError, match="not an archive"):
        list_sources([tmp_path / "a.zip"], _everything)


def test_a_damaged_member_is_refused(tmp_path: Path) -> None:
    path = _zip(tmp_path / "a.zip", {"x.csv": bytes(range(256)) * 40})
    content = bytearray(path.read_bytes())
    content[60:80] = b"\xff" * 20
    path.write_bytes(content)
    (entry,) = list_sources([path], _everything).entries
    with pytest.raises(SourceError, match="damaged"):
        entry.open()


def test_a_damaged_gzip_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.csv.gz").write_bytes(gzip.compress(b"name\nA\n" * 100)[:-12])
    with pytest.raises(SourceError, match="damaged"):
        Entry(tmp_path / "a.csv.gz").open()


def test_a_member_with_a_password_is_refused(tmp_path: Path) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("x.csv", b"name\nA\n")
    content = bytearray(buffer.getvalue())
    content[content.index(b"PK\x01\x02") + 8] |= 1
    (tmp_path / "a.zip").write_bytes(content)
    with pytest.raises(SourceError, match="password"):
        Entry(tmp_path / "a.zip", "x.csv").open()


def test_an_archive_inside_an_archive_is_left_out(tmp_path: Path) -> None:
    path = _zip(tmp_path / "a.zip", {"inner.zip": b"PK", "x.csv": b"x"})
    assert list_sources([path], _everything).left_out == ("inner.zip",)


def test_paths_that_lead_out_of_an_archive_lead_nowhere(tmp_path: Path) -> None:
    outside = tmp_path / "outside.csv"
    outside.write_bytes(b"name\nOutside\n")
    folder = tmp_path / "inside"
    folder.mkdir()
    link = zipfile.ZipInfo("link.csv")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(folder / "a.zip", "w") as archive:
        for name in ("../../outside.csv", str(outside), "C:\\outside.csv"):
            archive.writestr(name, b"name\nInside\n")
        archive.writestr(link, str(outside))
    entries = list_sources([folder / "a.zip"], _everything).entries
    assert {entry.name for entry in entries} == {"outside.csv", "link.csv"}
    # A link in an archive is a file that holds a path: the path is never gone to.
    assert not any(b"Outside" in entry.open().content for entry in entries)
    assert list(folder.iterdir()) == [folder / "a.zip"]
    assert outside.read_bytes() == b"name\nOutside\n"
