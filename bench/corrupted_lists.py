"""Two lists of real organisations, the second a corrupted copy of part of the first.

The register holds charities, libraries and schools as their publishers list them. The
partner's list holds copies of some of them, each spoilt as lists in use are (misspelt,
abbreviated, moved, renamed, in another's premises, without a postcode), and organisations that
are in the register under no name: among them branches and mistyped numbers made to mislead.
Which copy is of which organisation is known. Only the publishers' files are read, from beside
the repository; nothing made here is kept.
"""

from __future__ import annotations

import random
import re
import string
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import pandas as pd

from mapper.domain.area import HIPS_LADS
from mapper.domain.matching import MatchRecord
from mapper.domain.organisation import Identifier, OrganisationKind
from mapper.geography.postcode_directory import PostcodeDirectory

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

WAYS = ("misspelt", "abbreviated", "moved", "renamed", "no postcode", "shared premises")
_ODDS = (0.30, 0.30, 0.12, 0.08, 0.10, 0.10)
_KNOWN_SHARE, _COPIED_SHARE, _TWICE_SHARE, _BRANCH_SHARE = 0.85, 0.6, 0.05, 0.06
_SLIP_SHARE = 0.02
_SHORT = {
    "community": ("comm", "cmty"), "association": ("assoc", "assn"), "centre": ("ctr", "cntr"),
    "school": ("sch",), "church of england": ("c of e", "ce", "cofe"), "primary": ("prim", "pri"),
    "junior": ("jnr", "jun"), "infant": ("inf",), "saint": ("st",), "trust": ("tr",),
    "library": ("lib", "libr"), "hampshire": ("hants",), "college": ("coll",), "and": ("&", "+"),
    "catholic": ("rc", "cath"), "voluntary aided": ("va",), "foundation": ("fdn", "found"),
    "southampton": ("soton",), "portsmouth": ("pompey", "ports"), "discovery": ("disc",),
    "isle of wight": ("iow", "iw"), "special": ("spec",), "nursery": ("nurs",),
    "society": ("soc",), "charitable": ("char",), "secondary": ("sec",), "academy": ("acad",),
    "hospital": ("hosp",), "street": ("st",), "service": ("svc",), "federation": ("fed",),
    "international": ("intl",), "memorial": ("mem",), "christian": ("xtian",), "group": ("grp",),
}  # fmt: skip
_NEW = ("Beacon", "Horizon", "Oakleaf", "Bridge", "Kestrel", "Solent View", "Lantern", "Harbour",
        "Compass", "Rowan", "Meridian", "Haven", "Summit", "Tide", "Elmwood")  # fmt: skip
_NEWER = (
    "Bay",
    "Futures",
    "Green",
    "Hill",
    "Lane",
    "Light",
    "Minds",
    "Park",
    "Path",
    "Place",
    "Quarter",
    "Rise",
    "Roots",
    "Steps",
    "View",
    "Voices",
    "Way",
    "Wood",
    "Works",
    "Yard",
)
_SORT = {
    OrganisationKind.SCHOOL: ("Academy", "Learning Trust", "School", "College"),
    OrganisationKind.LIBRARY: ("Hub", "Learning Centre", "Library and Hub"),
    OrganisationKind.CHARITY: ("Project", "Foundation", "Support", "Together"),
}
_BRANCHES = (
    "Junior",
    "Infant",
    "North",
    "2nd",
    "Pre-school",
    "Sixth Form",
    "Nursery",
    "Shop",
    "(Fareham)",
    "South",
)
_POST = ("gmail.com", "hotmail.co.uk", "outlook.com", "btinternet.com")
_FIRST_RECORD = 1


@dataclass
class LabelledLists:
    """Records and the truth about them.

    Parameters
    ----------
    records : of both lists; `source_name` tells which.
    truth : pairs of ids, the smaller first, that are of one organisation.
    ways : how the later record of each true pair was spoilt.
    """

    records: list[MatchRecord]
    truth: set[tuple[int, int]] = field(default_factory=set)
    ways: dict[tuple[int, int], tuple[str, ...]] = field(default_factory=dict)


def corrupted_lists(folder: Path, seed: int) -> LabelledLists:
    """Draw one pair of lists.

    Parameters
    ----------
    folder : of the real public data.
    seed : the same seed gives the same lists.
    """
    rng = random.Random(seed)  # noqa: S311  (no secret hangs on it)
    everything = real_organisations(folder, rng)
    rng.shuffle(everything)
    cut = int(_KNOWN_SHARE * len(everything))
    register = [replace(one, source_name="register") for one in everything[:cut]]
    strangers = [replace(one, source_name="list") for one in everything[cut:]]
    return _second_list(register, strangers, rng)


def grown_lists(folder: Path, seed: int, known: int, listed: int) -> LabelledLists:
    """Draw lists of any length, from the words of real names put together anew.

    Parameters
    ----------
    folder : of the real public data.
    seed : the same seed gives the same lists.
    known : organisations in the register.
    listed : in the partner's list; half as many as are known are copies of them.
    """
    rng = random.Random(seed)  # noqa: S311  (no secret hangs on it)
    real = real_organisations(folder, rng)
    codes = _hips_postcodes()
    real = [replace(each, postcode=rng.choice(codes)) for each in real for _ in range(20)]
    fresh = [_fresh(number, real, rng) for number in range(1, known + listed - known // 2 + 1)]
    register = [replace(one, source_name="register") for one in fresh[:known]]
    found = LabelledLists([*register, *(replace(one, source_name="list") for one in fresh[known:])])
    for number, one in enumerate(rng.sample(register, known // 2), len(fresh) + 1):
        copy, ways = _spoilt(one, register, rng)
        found.records.append(replace(copy, id=number, source_name="list"))
        found.truth.add((one.id, number))
        found.ways[one.id, number] = ways
    found.records = [replace(each, group=each.id) for each in found.records]
    return found


def _hips_postcodes() -> list[str]:
    table = PostcodeDirectory.load().table
    is_live = table["lad_code"].isin(list(HIPS_LADS)) & ~table["is_terminated"].astype(bool)
    return [str(code) for code in table.loc[is_live, "postcode"]]


def _fresh(number: int, real: list[MatchRecord], rng: random.Random) -> MatchRecord:
    """Put an organisation together: the first words of one name, the last of another."""
    head, middle, tail = rng.sample(real, 3)
    first, last = head.name.split(), tail.name.split()
    name = " ".join([*first[: max(1, len(first) // 2)], middle.name.split()[0],
                     *last[len(last) // 2 :]])  # fmt: skip
    numbers = (Identifier("GB-CHC", str(3_000_000 + number)),) if rng.random() < 0.6 else ()
    slug = re.sub(r"[^a-z]+", "", name.lower())[:30]
    return replace(
        tail,
        id=number,
        name=name.title(),
        postcode=middle.postcode,
        identifiers=numbers,
        website=f"www.{slug}{number % 7}.org" if rng.random() < 0.5 else "",
    )


def real_organisations(folder: Path, rng: random.Random) -> list[MatchRecord]:
    """Read the publishers' files, and invent the telephone numbers and sites they leave out.

    Parameters
    ----------
    folder : of the real public data.
    rng : for what is invented.
    """
    lists = folder / "organisations"
    charities = [*_charities(lists / "charities_sample_hips.csv"),
                 *_charities(lists / "charities_top2000_hips.csv")]  # fmt: skip
    once = {one.identifiers[0]: one for one in charities}
    found = [*once.values(), *_libraries(lists), *_schools(lists)]
    return [_reachable(replace(one, id=i), rng) for i, one in enumerate(found, _FIRST_RECORD)]


def _charities(path: Path) -> Iterable[MatchRecord]:
    for row in pd.read_csv(path, dtype=str).fillna("").to_dict("records"):
        scheme, _, number = row["org_id"].rpartition("-")
        company = re.sub(r"\.0$", "", row["company_number"])
        companies = (Identifier("GB-COH", company.zfill(8)),) if company.strip("0") else ()
        yield MatchRecord(
            id=0,
            name=row["name"],
            kind=OrganisationKind.CHARITY,
            postcode=row["postcode"].strip(),
            identifiers=(Identifier(scheme, number), *companies),
            website=row["web"],
        )


def _libraries(lists: Path) -> Iterable[MatchRecord]:
    path = lists / "public_libraries_2023_hampshire_southampton.csv"
    for row in pd.read_csv(path, dtype=str).fillna("").to_dict("records"):
        name = row["name"] if "ibrary" in row["name"] else f"{row['name']} Library"
        mail = row["email"].strip()
        yield MatchRecord(
            id=0,
            name=name,
            kind=OrganisationKind.LIBRARY,
            postcode=row["postcode"].strip(),
            emails=(mail,) if "@" in mail else (),
        )


def _schools(lists: Path) -> Iterable[MatchRecord]:
    frame = pd.read_csv(lists / "schools_gias_hampshire_southampton.csv", dtype=str)
    table = PostcodeDirectory.load().table.dropna(subset=["easting_m", "northing_m"])
    near = table[["easting_m", "northing_m"]].to_numpy(dtype=float)
    from scipy.spatial import cKDTree  # noqa: PLC0415  (only the bench leans on it)

    _, rows = cKDTree(near).query(frame[["easting", "northing"]].astype(float).to_numpy())
    codes = table["postcode"].iloc[rows]
    for row, postcode in zip(frame.fillna("").to_dict("records"), codes, strict=True):
        yield MatchRecord(
            id=0,
            name=row["establishment_name"],
            kind=OrganisationKind.SCHOOL,
            postcode=postcode,
            easting_m=float(row["easting"]),
            northing_m=float(row["northing"]),
            identifiers=(Identifier("GB-EDU", row["urn"]),),
        )


def _reachable(one: MatchRecord, rng: random.Random) -> MatchRecord:
    """Give a telephone and a site where the file has none, as the full files mostly do."""
    slug = re.sub(r"[^a-z]+", "", one.name.lower())[:24]
    site = one.website
    if not site and one.kind is OrganisationKind.SCHOOL and rng.random() < 0.7:
        site = f"https://www.{slug}.hants.sch.uk/"
    phone = f"02{rng.randint(300000000, 399999999)}" if rng.random() < 0.7 else "01962 826688"
    return replace(one, website=site, phones=(phone,) if rng.random() < 0.6 else ())


def _second_list(
    register: list[MatchRecord], strangers: list[MatchRecord], rng: random.Random
) -> LabelledLists:
    found = LabelledLists([*register, *strangers])
    number = 10_000
    for one in rng.sample(register, int(_COPIED_SHARE * len(register))):
        copies = [one]
        for _ in range(2 if rng.random() < _TWICE_SHARE else 1):
            number += 1
            copy, ways = _spoilt(one, register, rng)
            copy = replace(copy, id=number, source_name="list")
            found.records.append(copy)
            for other in copies:
                found.truth.add((other.id, copy.id))
                found.ways[other.id, copy.id] = ways
            copies.append(copy)
    for one in rng.sample(register, int(_BRANCH_SHARE * len(register))):
        number += 1
        found.records.append(replace(_branch(one, rng), id=number, source_name="list"))
    found.records = [replace(each, group=each.id) for each in found.records]
    return found


def _spoilt(
    one: MatchRecord, others: list[MatchRecord], rng: random.Random
) -> tuple[MatchRecord, tuple[str, ...]]:
    copy = replace(
        one,
        identifiers=_kept_numbers(one, others, rng),
        website=_resite(one.website, rng) if rng.random() < 0.45 else "",
        emails=_mail(one, rng),
        phones=tuple(_rephone(each, rng) for each in one.phones) if rng.random() < 0.5 else (),
        easting_m=None,
        northing_m=None,
        kind=one.kind if rng.random() < 0.6 else OrganisationKind.OTHER,
    )
    wanted = dict.fromkeys(rng.choices(WAYS, _ODDS, k=1 if rng.random() < 0.6 else 2))
    for way in wanted:
        copy = _SPOIL[way](copy, others, rng)
    if rng.random() < 0.3:
        copy = replace(copy, name=rng.choice((copy.name.upper(), copy.name.lower())))
    if rng.random() < 0.3:
        copy = replace(copy, postcode=rng.choice((copy.postcode.replace(" ", ""),
                                                  copy.postcode.lower())))  # fmt: skip
    return copy, tuple(wanted)


def _kept_numbers(
    one: MatchRecord, others: list[MatchRecord], rng: random.Random
) -> tuple[Identifier, ...]:
    kept = tuple(each for each in one.identifiers if rng.random() < 0.35)
    if kept and rng.random() < _SLIP_SHARE:  # the number of the row above was copied
        return rng.choice(others).identifiers[:1]
    return kept


def _mail(one: MatchRecord, rng: random.Random) -> tuple[str, ...]:
    drawn = rng.random()
    host = re.sub(r"^https?://|^www\.|/.*$", "", one.website.lower().strip())
    host = re.sub(r"^www\.", "", host)
    if drawn < 0.3 and host:
        return (f"info@{host}",)
    if drawn < 0.5:
        return (f"{rng.choice(('pat', 'sam', 'jo'))}{rng.randint(1, 99)}@{rng.choice(_POST)}",)
    return one.emails if drawn < 0.75 else ()


def _resite(site: str, rng: random.Random) -> str:
    if not site:
        return ""
    host = re.sub(r"^https?://", "", site.strip().lower()).rstrip("/")
    return rng.choice((site, host, f"http://{host}/about-us", host.removeprefix("www.")))


def _rephone(phone: str, rng: random.Random) -> str:
    digits = re.sub(r"\D", "", phone)
    return rng.choice((digits, f"+44 {digits[1:5]} {digits[5:]}", f"{digits[:5]} {digits[5:]}"))


def _misspelt(one: MatchRecord, _: list[MatchRecord], rng: random.Random) -> MatchRecord:
    name = list(one.name)
    for _turn in range(rng.choice((1, 1, 2))):
        at = rng.randrange(1, len(name) - 1)
        match rng.randrange(4):
            case 0:
                name[at] = rng.choice(string.ascii_lowercase)
            case 1:
                del name[at]
            case 2:
                name.insert(at, rng.choice(string.ascii_lowercase))
            case _:
                name[at], name[at - 1] = name[at - 1], name[at]
    return replace(one, name="".join(name))


def _abbreviated(one: MatchRecord, _: list[MatchRecord], rng: random.Random) -> MatchRecord:
    name, done = one.name.lower(), False
    for long, shorts in _SHORT.items():
        if re.search(rf"\b{long}\b", name) and rng.random() < 0.6:
            name, done = re.sub(rf"\b{long}\b", rng.choice(shorts), name), True
    words = name.split()
    if not done and len(words) > 2:
        drawn = rng.randrange(3)
        if drawn == 0:  # the last word goes
            words = words[:-1]
        elif drawn == 1:  # initials of all but the first
            words = [words[0], "".join(word[0] for word in words[1:])]
        else:  # one word is cut short
            at = max(range(len(words)), key=lambda i: len(words[i]))
            words[at] = f"{words[at][:4]}."
    if rng.random() < 0.15:
        words.append(rng.choice(("Ltd", "CIO", "(Registered Charity)", "- Main Office")))
    return replace(one, name=" ".join(words).title())


def _moved(one: MatchRecord, others: list[MatchRecord], rng: random.Random) -> MatchRecord:
    return replace(one, postcode=rng.choice(others).postcode)


def _renamed(one: MatchRecord, _: list[MatchRecord], rng: random.Random) -> MatchRecord:
    words = one.name.split()
    sort = rng.choice(_SORT.get(one.kind, ("Project", "Trust")))
    if rng.random() < 0.5:  # keeps what it was known by
        return replace(one, name=f"{' '.join(words[: max(1, len(words) // 2)])} {sort}")
    return replace(one, name=f"{rng.choice(_NEW)} {rng.choice(_NEWER)} {sort}")


def _without_postcode(one: MatchRecord, _: list[MatchRecord], __: random.Random) -> MatchRecord:
    return replace(one, postcode="")


def _in_shared_premises(
    one: MatchRecord, others: list[MatchRecord], rng: random.Random
) -> MatchRecord:
    """Put it where another is: the postcode then speaks for the wrong one."""
    near = [each for each in others if each.postcode[:4] == one.postcode[:4]]
    return replace(one, postcode=rng.choice(near or others).postcode)


def _branch(one: MatchRecord, rng: random.Random) -> MatchRecord:
    """Make another organisation that has the number, site or switchboard of one in the register."""
    first = one.name.split()[0]
    names: tuple[Callable[[], str], ...] = (
        lambda: f"{first} {rng.choice(_NEW)} {rng.choice(_SORT.get(one.kind, ('Trust',)))}",
        lambda: f"{one.name} {rng.choice(_BRANCHES)}",
        lambda: f"Friends of {one.name}",
    )
    return replace(
        one,
        name=rng.choice(names)(),
        identifiers=one.identifiers if rng.random() < 0.5 else (),
        postcode=one.postcode if rng.random() < 0.4 else "",
        easting_m=None,
        northing_m=None,
    )


_SPOIL = {
    "misspelt": _misspelt,
    "abbreviated": _abbreviated,
    "moved": _moved,
    "renamed": _renamed,
    "no postcode": _without_postcode,
    "shared premises": _in_shared_premises,
}
