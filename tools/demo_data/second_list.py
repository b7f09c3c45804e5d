"""A second list of organisations with its own headings: some are in the first, spelt otherwise."""

from dataclasses import dataclass

from mapper.domain.organisation import OrganisationKind as Kind
from tools.demo_data import words
from tools.demo_data.draw import Draw
from tools.demo_data.land import DISTRICT_NAMES, Land
from tools.demo_data.organisations import DemoOrganisation

DUPLICATES = 32
ONLY_HERE = 16
_KINDS = (Kind.YOUTH_CLUB, Kind.COMMUNITY_CENTRE, Kind.SPORTS_CLUB, Kind.FAITH_GROUP, Kind.CHARITY)
_RESPELT = (
    ("Community Centre", "Comm. Ctr"), ("Youth Club", "YC"), ("Young Voices", "Young Voice"),
    ("Community Church", "Comm Church"), ("Boxing Club", "B.C."), (" Hall", " Village Hall"),
    ("Recovery of", "Recovery ("), ("Mentoring in", "Mentoring -"), ("Families of", "Family"),
    ("Trust", "Trust Ltd"), ("The ", ""), ("Interfaith", "Inter-Faith"), ("Netball", "Net Ball"),
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class ListedGroup:
    """One row of the second list.

    Parameters
    ----------
    same_as : the name in the first list; empty where it is not there. Not in the file.
    """

    name: str
    category: str
    postcode: str
    town: str
    about: str
    same_as: str = ""


def invent_second_list(first: list[DemoOrganisation], land: Land, seed: int) -> list[ListedGroup]:
    """Invent the list.

    Parameters
    ----------
    first : the first list.
    land : the postcodes to put the others at.
    seed : of the demo.
    """
    draw = Draw(seed, "second list")
    candidates = [each for each in first if each.kind in _KINDS and each.postcode]
    again = [_respelt(each, draw) for each in draw.several(candidates, DUPLICATES)]
    taken = {each.name for each in first}
    fresh = [_fresh(land, taken, draw) for _ in range(ONLY_HERE)]
    return sorted(again + fresh, key=lambda row: row.name)


def _respelt(known: DemoOrganisation, draw: Draw) -> ListedGroup:
    name = known.name
    for usual, other in _RESPELT:
        if usual in name:
            name = name.replace(usual, other) + ")" * other.endswith("(")
            break
    else:
        name = f"{name} Ltd"
    postcode = known.postcode.replace(" ", "") if draw.chance(0.5) else known.postcode.lower()
    return ListedGroup(
        name=name.upper() if draw.chance(0.25) else name,
        category=known.kind,
        postcode=postcode,
        town=DISTRICT_NAMES[known.lad_code],
        about=f"SYNTHETIC. Invented {known.kind}.",
        same_as=known.name,
    )


def _fresh(land: Land, taken: set[str], draw: Draw) -> ListedGroup:
    lad_code = draw.one(list(DISTRICT_NAMES))
    options = [
        (kind, pattern.format(p=place, w=word))
        for kind in _KINDS
        for pattern in words.KIND_NAMES[kind]
        for place in words.DISTRICT_PLACES[lad_code]
        for word in words.CHARITY_WORDS[:2]
    ]
    kind, name = draw.one([option for option in options if option[1] not in taken])
    taken.add(name)
    live = land.postcodes[
        (land.postcodes["lad_code"] == lad_code) & ~land.postcodes["is_terminated"]
    ]
    return ListedGroup(
        name=name,
        category=kind,
        postcode=draw.one(list(live["postcode"])),
        town=DISTRICT_NAMES[lad_code],
        about=f"SYNTHETIC. Invented {kind}.",
    )
