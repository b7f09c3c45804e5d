"""Which part of the network the address asks for."""

from flask import request

from mapper.domain.tie import Layer
from mapper.errors import InvalidValueError
from mapper.reports.network_layers import NetworkSlice
from mapper.reports.network_view import NetworkChoices, network_choices
from mapper.web.caching import kept
from mapper.web.people import current_audience
from mapper.web.session import reading


def part_choices() -> NetworkChoices:
    """What one may choose of the run that whoever asks sees."""
    return kept("network choices", lambda: network_choices(reading(), current_audience()))


def asked_part(choices: NetworkChoices) -> NetworkSlice:
    """The part that the address asks for; what is not among the choices is passed over.

    Parameters
    ----------
    choices : that there are.
    """
    try:
        layer = Layer.of_slug(request.args.get("layer", Layer.JOINT.slug))
    except InvalidValueError:
        layer = Layer.JOINT
    given = {name: request.args.get(name, "") for name in ("quarter", "authority", "sector")}
    return NetworkSlice(
        layer if layer in choices.layers else Layer.JOINT,
        given["quarter"] if given["quarter"] in choices.quarters else "",
        given["authority"] if given["authority"] in choices.authorities else "",
        given["sector"] if given["sector"] in choices.sectors else "",
    )


def chosen_words(part: NetworkSlice) -> dict[str, str]:
    """The part as an address asks for it; what is not chosen is left out.

    Parameters
    ----------
    part : of the network.
    """
    layer = "" if part.layer is Layer.JOINT else part.layer.slug
    given = {
        "layer": layer,
        "quarter": part.quarter,
        "authority": part.lad_code,
        "sector": part.sector,
    }
    return {name: value for name, value in given.items() if value}
