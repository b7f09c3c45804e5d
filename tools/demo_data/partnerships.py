"""Who works with whom in the demo: communities, brokers, a closed circle and isolates."""

from dataclasses import dataclass, replace

from mapper.domain.organisation import OrganisationKind as Kind
from tools.demo_data.draw import Draw
from tools.demo_data.organisations import CARE_BOARD, DemoOrganisation

COMMUNITIES = {
    "Harbour": ("E06000044", "E07000087", "E07000088", "E07000090"),
    "Docks": ("E06000045", "E07000086", "E07000091", "E07000093"),
    "Chalk": ("E07000084", "E07000085", "E07000089", "E07000092", "E07000094"),
    "Island": ("E06000046",),
}
"""Districts whose organisations work together, and hardly with others."""

UNIT = "Demo Violence Reduction Unit (invented)"
FORCE = "Demo Constabulary (invented)"
BROKER_SHARE = 0.12
"""The share of joint activities that a broker takes part in."""
CONNECTED_SHARE = 0.72
CIRCLE_LAD, CIRCLE_SIZE = "E07000089", 4
_NEVER_CONNECTED = (Kind.REFUGE,)


@dataclass(frozen=True)
class Partnerships:
    """The plan of the network.

    Parameters
    ----------
    members : organisations that take part in joint work, by community.
    weights : how busy each of them is, in the same order.
    brokers : those that work in every community.
    circle : organisations that work with one another and with nobody else.
    isolates : organisations that work alone or not at all.
    """

    members: dict[str, list[DemoOrganisation]]
    weights: dict[str, list[float]]
    brokers: list[DemoOrganisation]
    circle: list[DemoOrganisation]
    isolates: list[DemoOrganisation]


def plan_partnerships(organisations: list[DemoOrganisation], seed: int) -> Partnerships:
    """Plan who works with whom.

    Parameters
    ----------
    organisations : the directory.
    seed : of the demo.
    """
    draw = Draw(seed, "partnerships")
    brokers = _brokers(organisations)
    circle = [
        each
        for each in organisations
        if each.lad_code == CIRCLE_LAD and each.kind in (Kind.FAITH_GROUP, Kind.COMMUNITY_GROUP)
    ][:CIRCLE_SIZE]
    plan = Partnerships({}, {}, brokers, circle, [])
    for organisation in organisations:
        if organisation in brokers or organisation in circle:
            continue
        if _is_connected(organisation, draw):
            name = community_of(organisation.lad_code)
            plan.members.setdefault(name, []).append(organisation)
            plan.weights.setdefault(name, []).append(float(draw.rng.lognormal(0, 0.7)))
        else:
            plan.isolates.append(organisation)
    return plan


def community_of(lad_code: str) -> str:
    """Name the community that a district belongs to.

    Parameters
    ----------
    lad_code : of one of the fourteen.
    """
    return next(name for name, districts in COMMUNITIES.items() if lad_code in districts)


def draw_partners(plan: Partnerships, lead: DemoOrganisation, draw: Draw) -> list[str]:
    """Draw those who deliver a joint activity with its lead: one to three, perhaps a broker.

    Parameters
    ----------
    plan : of the network.
    lead : one of its members, brokers or circle.
    draw : of the lots.
    """
    if lead in plan.circle:
        others = [each for each in plan.circle if each is not lead]
        return [each.name for each in draw.several(others, draw.whole(1, 2))]
    name = community_of(lead.lad_code)
    members, weights = plan.members[name], plan.weights[name]
    # Neighbours are three times as likely as the rest of the community.
    near = [
        weight * (3 if each.lad_code == lead.lad_code else 1) * (each.reference != lead.reference)
        for each, weight in zip(members, weights, strict=True)
    ]
    partners = draw.several(members, draw.whole(1, 3), near)
    if draw.chance(BROKER_SHARE) and lead not in plan.brokers:
        partners.append(draw.one(plan.brokers))
    return [each.name for each in partners]


def in_community(broker: DemoOrganisation, lad_code: str) -> DemoOrganisation:
    """Put a broker at work in a district for one activity.

    Parameters
    ----------
    broker : at home anywhere.
    lad_code : where the activity is.
    """
    return replace(broker, lad_code=lad_code)


def _brokers(organisations: list[DemoOrganisation]) -> list[DemoOrganisation]:
    charity = next(each for each in organisations if each.kind is Kind.CHARITY)
    named = {UNIT, FORCE, charity.name}
    return [each for each in organisations if each.name in named]


def _is_connected(organisation: DemoOrganisation, draw: Draw) -> bool:
    if organisation.name == CARE_BOARD or organisation.kind in _NEVER_CONNECTED:
        return False
    return draw.chance(CONNECTED_SHARE)
