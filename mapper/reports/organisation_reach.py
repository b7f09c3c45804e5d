"""What an organisation delivers and whom that reaches, with the working of each figure."""

from collections import Counter, defaultdict
from dataclasses import dataclass

from sqlalchemy.orm import Session

from mapper.domain.area import AreaType
from mapper.reports.published import Cell
from mapper.reports.wording import number_cell
from mapper.store.runs import Run, run_areas, run_organisations, run_providers


@dataclass(frozen=True, slots=True)
class Worked:
    """One figure with its working.

    Parameters
    ----------
    measure : for machines, such as ``degree``.
    heading : for people.
    result : the figure.
    formula : in words, how the inputs make the result.
    inputs : what each number is of, and the number.
    """

    measure: str
    heading: str
    result: Cell
    formula: str
    inputs: tuple[tuple[str, Cell], ...]


@dataclass(frozen=True, slots=True)
class _Reached:
    """What the activities of an organisation reach, by name of the authority.

    Parameters
    ----------
    dose, activities : that reach each authority.
    main : small areas of it in which the organisation is a main provider.
    """

    dose: dict[str, float]
    activities: dict[str, int]
    main: dict[str, int]


def worked_reach(session: Session, run: Run, ids: set[int]) -> list[Worked]:
    """Work out what an organisation delivers and whom that reaches.

    From the rows that the gap reports are made of; nothing of single small areas is told, which
    could tell where a sheltered site is.

    Parameters
    ----------
    run : whose figures.
    ids : the organisation and those merged into it.

    Returns
    -------
    The figures; none where it was not in the run.
    """
    taken = [row for key, row in run_organisations(session, run.id).items() if key in ids]
    if not taken:
        return []
    delivered = Worked(
        "activities",
        "Activities in the period",
        number_cell(sum(row.get("activities", 0) for row in taken)),
        "Registered activities of the period that it led or took part in, counted.",
        (),
    )
    return [delivered, *_reach(_reached(session, run, ids), str(run.parameters["dose"]))]


def _reached(session: Session, run: Run, ids: set[int]) -> _Reached:
    lads = run_areas(session, run.id, AreaType.LAD)
    small = run_areas(session, run.id, AreaType.LSOA)
    names = {code: str(row["area_name"]) for code, row in lads.items()}
    dose: defaultdict[str, float] = defaultdict(float)
    activities: Counter[str] = Counter()
    main: Counter[str] = Counter()
    for code, key, amount, count in run_providers(session, run.id):
        if key in ids and code in lads:
            dose[names[code]] += amount
            activities[names[code]] += count
        elif key in ids and code in small:
            main[names[str(small[code]["lad_code"])]] += 1
    return _Reached(dict(dose), dict(activities), dict(main))


def _reach(reached: _Reached, unit: str) -> list[Worked]:
    most_first = sorted(reached.activities.items(), key=lambda pair: (-pair[1], pair[0]))
    return [
        _summed(
            ("dose", f"{unit.capitalize()} that reach residents"),
            {name: number_cell(dose, 1) for name, dose in reached.dose.items()},
            f"The {unit} of each activity are shared among the small areas in its reach by their "
            "residents, and added up over each authority; then over the authorities. What it "
            "delivers with others counts in full.",
        ),
        Worked(
            "authorities_reached",
            "Local authorities reached",
            number_cell(len(most_first)),
            "Authorities that any of its activities reaches, counted. Beside each: activities "
            "that reach it. One that reaches several counts in each.",
            tuple((name, number_cell(count)) for name, count in most_first),
        ),
        _summed(
            ("areas_reached", "Small areas where it is a main provider"),
            {name: number_cell(count) for name, count in reached.main.items()},
            "Small areas in which it is among the five that deliver most, or delivers 5% or more "
            "of what reaches the area; added up over the authorities.",
        ),
    ]


def _summed(called: tuple[str, str], parts: dict[str, Cell], formula: str) -> Worked:
    """A figure that is the sum of its inputs as they are shown, the largest first."""
    ordered = sorted(parts.items(), key=lambda pair: (-float(pair[1].value or 0), pair[0]))
    total = sum(float(cell.value or 0) for _, cell in ordered)
    digits = 0 if all(isinstance(cell.value, int) for _, cell in ordered) else 1
    return Worked(called[0], called[1], number_cell(total, digits), formula, tuple(ordered))
