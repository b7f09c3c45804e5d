"""The working of the figures of one organisation: inputs, how they are put together, result."""

import json
from dataclasses import asdict, dataclass

from sqlalchemy.orm import Session

from mapper.domain.counted import counted
from mapper.domain.disclosure import Audience
from mapper.reports.organisation_reach import Worked, worked_reach
from mapper.reports.provenance import run_provenance
from mapper.reports.published import Cell, Column, Provenance, PublishedTable
from mapper.reports.shown_run import run_for
from mapper.reports.wording import number_cell, text_cell
from mapper.store.runs import Run
from mapper.store.survivors import members

_PLACE = {
    "betweenness": "Of 100 shortest ways along ties between two other organisations, those that "
    "pass through it: the average over all pairs. A tie is 1 long for one joint activity, half "
    "as long for two, and so on. Estimated in a network of more than 5,000.",
    "closeness": "1 over the average distance along ties to the others in its connected part. A "
    "tie is 1 long for one joint activity, half as long for two, and so on.",
    "pagerank": "Share of the time that somebody would be here who goes from organisation to "
    "organisation along ties, along heavy ones more often, and 15 times in 100 starts anew "
    "anywhere.",
    "core_number": "The largest number k for which it belongs to a group whose members all have "
    "k partners or more within the group.",
    "constraint": "How far its partners are tied to one another (Burt): low where it spans gaps "
    "between them, high where it has few partners or they all work together.",
    "effective_size": "Its partners, less the average number of ties that each of them has to "
    "the others (Burt).",
    "component": "The connected part that it belongs to; 1 is the largest.",
    "community": "The group that it belongs to, whose members work together more than chance "
    "would give.",
    "is_cut_point": "Whether others could no longer reach each other along ties without it.",
    "pairs_parted": "Pairs of others that could no longer reach each other without it, counted.",
    "brokered": "Pairs of its partners that are not tied to each other, whose sectors are known, "
    "counted.",
}
"""How each measure of its place in the network is worked out, in words."""

_COLUMNS = (
    Column("measure", "Measure", "For machines."),
    Column("figure", "Figure"),
    Column("part", "Part", "Input or result."),
    Column("of", "Of", "What the number is of."),
    Column("value", "Value"),
    Column("formula", "How it is worked out"),
)


@dataclass(frozen=True, slots=True)
class OrganisationWorking:
    """The figures of one organisation in a run.

    Parameters
    ----------
    organisation_id : its number.
    name : as it is called.
    sentence : what the figures come to, in words.
    figures : each with its working; none where it was not in the run.
    table : the same as rows, one an input or a result.
    provenance : of the run.
    """

    organisation_id: int
    name: str
    sentence: str
    figures: tuple[Worked, ...]
    table: PublishedTable
    provenance: Provenance


def organisation_working(
    session: Session,
    who: tuple[int, str],
    audience: Audience,
    network: tuple[PublishedTable, PublishedTable],
) -> OrganisationWorking:
    """Publish the working of an organisation's figures in the run that the audience sees.

    Only what is published of providers and of the network already is taken apart here: nothing
    of single small areas, which could tell where a sheltered site is.

    Parameters
    ----------
    who : number of an organisation that the audience may see, and its name.
    audience : who is looking.
    network : measures and links of the whole network of joint activities, as published to them.

    Raises
    ------
    NotReadyError
        When no analysis has been run yet.
    """
    number, name = who
    run = run_for(session, audience)
    ids = set(members(session, number))
    measures, links = network
    own = next((row for row in measures.records() if row["organisation_id"].value in ids), None)
    figures = [*worked_reach(session, run, ids), *(_place(own, measures, links) if own else ())]
    provenance = run_provenance(session, run)
    return OrganisationWorking(
        organisation_id=number,
        name=name,
        sentence=_sentence(name, {each.measure: each for each in figures}, run),
        figures=tuple(figures),
        table=_table(figures, audience, provenance),
        provenance=provenance,
    )


def working_json(working: OrganisationWorking) -> str:
    """Write the working of an organisation's figures as JSON.

    Parameters
    ----------
    working : as published.
    """
    whole = {
        "organisation_id": working.organisation_id,
        "name": working.name,
        "audience": working.table.audience.label,
        "summary": working.sentence,
        "figures": [
            {
                "measure": each.measure,
                "heading": each.heading,
                "result": each.result.value,
                "result_in_words": each.result.text,
                "formula": each.formula,
                "inputs": [{"of": of, "value": cell.value} for of, cell in each.inputs],
            }
            for each in working.figures
        ],
        "provenance": asdict(working.provenance)
        | {"made_at": working.provenance.made_at.isoformat()},
    }
    return json.dumps(whole, ensure_ascii=False, indent=1)


def _place(
    own: dict[str, Cell], measures: PublishedTable, links: PublishedTable
) -> tuple[Worked, ...]:
    """Its place in the network of joint activities."""
    columns = {column.name: column for column in measures.columns}
    number = own["organisation_id"].value
    partners = tuple(
        (row["second" if row["first_id"].value == number else "first"].text, row["weight"])
        for row in links.records()
        if number in {row["first_id"].value, row["second_id"].value}
    )
    size = (("organisations in the network", number_cell(len(measures.rows))),)
    whole = (*size, ("ties in the network", number_cell(len(links.rows))))
    return (
        Worked(
            "degree",
            "Partners",
            own["degree"],
            "Organisations that it delivered an activity together with, counted.",
            partners,
        ),
        Worked(
            "strength",
            columns["strength"].heading,
            own["strength"],
            "Activities delivered together with each partner, added up over the partners.",
            partners,
        ),
        *(
            Worked(name, columns[name].heading, own[name], formula, whole)
            for name, formula in _PLACE.items()
            if name in columns
        ),
    )


def _sentence(name: str, found: dict[str, Worked], run: Run) -> str:
    if not found:
        return f"{name} is not in this analysis, so nothing is measured of it."
    said = f"In the period of the analysis, {run.period.label}, {name} took part in "
    said += counted(int(found["activities"].result.value or 0), "activity", "activities")
    reached = int(found["authorities_reached"].result.value or 0)
    if reached:
        said += (
            f", which bring {found['dose'].result.text} {run.parameters['dose']} to "
            f"{counted(reached, 'local authority', 'local authorities')}"
        )
    if "degree" in found:
        partners = int(found["degree"].result.value or 0)
        said += f"; it worked with {counted(partners, 'other organisation')}"
    return f"{said}."


def _table(figures: list[Worked], audience: Audience, provenance: Provenance) -> PublishedTable:
    rows = [
        (
            text_cell(each.measure),
            text_cell(each.heading),
            text_cell(part),
            text_cell(of),
            cell,
            text_cell(each.formula),
        )
        for each in figures
        for part, of, cell in (
            *(("input", of, cell) for of, cell in each.inputs),
            ("result", each.heading, each.result),
        )
    ]
    return PublishedTable(audience, "Figures and working", _COLUMNS, tuple(rows), provenance)
