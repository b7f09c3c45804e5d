"""The command that looks a postcode up."""

import json
from dataclasses import asdict

import click

from mapper.cli.opening import opened
from mapper.domain.postcode import PostcodeFault
from mapper.errors import InvalidValueError
from mapper.geography.postcode_place import PostcodePlace
from mapper.store.areas import area_names
from mapper.store.postcodes import postcode_directory


@click.command()
@click.argument("parts", metavar="POSTCODE", nargs=-1, required=True)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def postcode(parts: tuple[str, ...], *, as_json: bool) -> None:
    """Say where a postcode is, which areas hold it, how exactly, and whether it is in use."""
    text = " ".join(parts)
    with opened() as store, store.reading() as session:
        found = postcode_directory(session).find(text)
        _require_found(found, text)
        names = area_names(session).set_index("area_code")["area_name"].to_dict()
    if as_json:
        click.echo(json.dumps(asdict(found) | {"fault": None}, indent=1))
        return
    state = "no longer in use (terminated)" if found.is_terminated else "in use (live)"
    click.echo(f"{found.postcode}: {state}")
    click.echo(f"  how exact: {found.precision.value}")
    click.echo(f"  National Grid: {found.easting_m:.0f}, {found.northing_m:.0f}")
    codes = {
        "LSOA 2011": found.lsoa11_code,
        "MSOA 2011": found.msoa11_code,
        "ward": found.ward_code,
        "local authority": found.lad_code,
    }
    for level, code in codes.items():
        if code:
            click.echo(f"  {level}: {names.get(code, 'name not loaded')} ({code})")


def _require_found(found: PostcodePlace, text: str) -> None:
    if found.fault is PostcodeFault.MALFORMED:
        raise InvalidValueError(
            f"{text!r} is not a postcode.",
            expected="A postcode such as PO1 3AX, or its first half.",
            action="Correct it.",
        )
    if found.fault is PostcodeFault.UNKNOWN:
        raise InvalidValueError(
            f"{found.postcode or text} is written as a postcode is, and is not in the directory.",
            expected="A postcode in Hampshire, Isle of Wight, Portsmouth or Southampton.",
            action="Check it; a postcode outside these areas, or newer than the directory, is not "
            "known.",
        )
