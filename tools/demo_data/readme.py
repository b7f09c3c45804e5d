"""The text that goes with the demo's files, with what was planted in them."""

from typing import TYPE_CHECKING, Any

from tools.demo_data.land import DISTRICT_NAMES

if TYPE_CHECKING:
    from tools.demo_data.demo import Demo

_TEXT = """\
# SYNTHETIC: the demo's data

Everything here is **invented**: every organisation, person, activity and count. Only the ground
is real: areas, residents and postcodes are the shipped reference data. A postcode stands for a
place on the map and says nothing of who is really there. Made by
`python -m tools.demo_data` from one seed; change the program, not the files. Licence: CC0-1.0.

| file | rows | what |
|---|---|---|
| `organisations.csv` | {organisations:,} | invented organisations of every kind, in all fourteen authorities |
| `organisations_second_list.csv` | {second:,} | another list with other headings: {duplicates} of them are in the first list, spelt otherwise |
| `activities.csv` | {activities:,} | invented activities, January 2024 to December 2025, in the shape of the shipped template; the last {planned} are planned for 2026 |
| `violence.csv.gz` | {violence:,} | invented counts by month, LSOA (2011) and type, {months} months |
| `planted.json` | | what was planted, for the tests |

## How the counts were made

A level of violence was invented for every LSOA: higher in town centres (told by many live
postcodes for few residents), lower in the country, clustered by chance, and with a round number
chosen by hand for each authority. Monthly totals were set so that the whole is about the size of
published force totals: 5,300 to 6,300 "Violence and sexual offences", 60 to 150 "Robbery" and 140
to 175 "Possession of weapons" a month, with a summer peak. No figure of a real area was used.
Nothing here says anything about the real places.

## What was planted

**Gaps.** High-violence areas with no venue of a delivered activity within {metres:,.0f} m of
their centre from a day on (January 2024 means never):

| area | code | authority | nobody since |
|---|---|---|---|
{gaps}

**An odd month.** {odd_type} in {odd_lad}, {odd_month}, was recorded twice over.

**Brokers.** Organisations hardly work outside their part of the county ({communities}), but for:
{brokers}.

**A closed circle.** These work with one another and with nobody else: {circle}.

**Isolates.** {isolates} organisations of the first list were kept out of joint work,
{board} among them.

**A refuge.** {refuge}: the file asks for its site to be shown exactly; mapper must not.

**Consent.** A third of the contacts agreed to nothing, some of them although they would share
practice; others agreed to be shown to partners, or to the public. Some venues have postcodes
that are no longer in use, some activities have no venue but an area served, and some were not
counted.
"""  # noqa: E501  (a table's row is one line)


def readme(demo: "Demo", planted: dict[str, Any]) -> str:
    """Say what the files hold and what was planted.

    Parameters
    ----------
    demo : as invented.
    planted : as listed for the tests.
    """
    odd = planted["odd_month"]
    return _TEXT.format(
        organisations=len(demo.organisations),
        second=len(demo.second_list),
        duplicates=len(planted["duplicates"]),
        activities=len(demo.activities),
        planned=sum(each.status == "planned" for each in demo.activities),
        violence=len(demo.violence),
        months=demo.violence["month"].nunique(),
        metres=planted["metres_without_venue"],
        gaps="\n".join(
            f"| {gap.area_name} | {gap.area_code} | {DISTRICT_NAMES[gap.lad_code]} "
            f"| {gap.withdrawn_from:%B %Y} |"
            for gap in demo.gaps
        ),
        odd_type=odd["crime_type"],
        odd_lad=DISTRICT_NAMES[odd["lad_code"]],
        odd_month=odd["month"],
        communities=", ".join(planted["communities"]),
        brokers=", ".join(planted["brokers"]),
        circle=", ".join(planted["closed_circle"]),
        isolates=len(demo.plan.isolates),
        board=planted["absent_authority"],
        refuge=planted["refuge"]["name"],
    )
