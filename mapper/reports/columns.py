"""The columns of published areas: what each figure is called, and what it means."""

from mapper.domain.area import AreaType
from mapper.reports.figures import Figure, Kind, drawn, number, telling, telling_words, words
from mapper.reports.published import Column


def area_figures(
    level: AreaType, unit: str, deprivation: str = "", *, months_before: int = 0
) -> tuple[Figure, ...]:
    """The figures of the areas of one level, in order of reading.

    Parameters
    ----------
    level : of the areas.
    unit : of engagement, such as ``sessions``.
    deprivation : edition and vintage of the deciles shown for context; empty for none.
    months_before : months that are compared with those of the period before; without any there
        is no trend.
    """
    left_out = _NOT_AT[level]
    context = _context(deprivation) if deprivation else ()
    trend = _trend(months_before) if months_before else ()
    every = (*_NAMES, *_NEED, *_CLUSTERS, *trend, *_provision(unit), *_GAP, *context)
    return tuple(figure for figure in every if figure.column.name not in left_out)


_OF_GROUPS = {
    "areas",
    "areas_affected",
    "areas_high_need_low_provision",
    "areas_most_deprived",
}
_OF_LSOAS = {
    *("ward_name", "deprivation_decile", "rate_note", "nearest_venue_km"),
    *("cluster", "gi_star_z", "pattern", "local_moran", "cluster_p_adjusted"),
}
_NOT_AT: dict[AreaType, set[str]] = {
    AreaType.LSOA: _OF_GROUPS,
    AreaType.MSOA: _OF_LSOAS,
    AreaType.WARD: _OF_LSOAS,
    AreaType.LAD: {*_OF_LSOAS, "lad_name", "lad_code"},
}


_NAMES = (
    telling("rank", "Rank", "Place by gap among all areas compared; 1 is the widest gap."),
    words("area_name", "Area"),
    words("area_code", "Code", "Code of the area (GSS)."),
    words("ward_name", "Ward", "The ward that fits the area best."),
    words("lad_name", "Local authority"),
    words("lad_code", "Local authority code", "Code of the local authority (GSS)."),
    number("population", "Residents", "Usual residents; the denominator of every rate."),
)

_COUNT = Column(
    "violence_count",
    "Recorded violence",
    "Incidents of violence recorded in the months analysed.",
    is_number=True,
)

_NEED = (
    Figure(_COUNT, "count", Kind.COUNT, tells_count=True),
    telling(
        "crude_rate_per_1000", "Rate", "Recorded violence for every 1,000 residents a year.", 1
    ),
    telling("rate_lower", "Rate from", "Lower end of the 95% interval of the rate.", 1),
    telling("rate_upper", "Rate to", "Upper end of the 95% interval of the rate.", 1),
    telling(
        "eb_rate_per_1000",
        "Need",
        "Smoothed rate (empirical Bayes) for every 1,000 residents a year: the rate drawn towards "
        "the mean, the more so the fewer the residents.",
        1,
    ),
    telling_words(
        "rate_note",
        "About the rate",
        "Marked where much happens and few live: the rate says little of those who live there.",
        kind=Kind.RULE,
    ),
    telling_words(
        "affected_rule",
        "Affected by violence",
        "The rule that marks the area as affected by violence; no when none does.",
        key="rules",
        kind=Kind.RULE,
    ),
    number("areas", "Small areas", "Small areas (LSOAs) in it.", key="lsoas"),
    number(
        "areas_affected",
        "Small areas affected",
        "Small areas marked as affected by violence.",
        key="lsoas_affected",
    ),
    number(
        "areas_high_need_low_provision",
        "Small areas with high need, low provision",
        "Small areas in the highest third by need and the lowest third by provision.",
        key="lsoas_high_need_low_provision",
    ),
)


_CLUSTERS = (
    drawn(
        telling_words(
            "cluster",
            "Cluster of rates",
            "High or low where the area and those that touch it have higher or lower rates "
            "together than chance would give (Gi*).",
        )
    ),
    drawn(
        telling(
            "gi_star_z",
            "Gi*",
            "Standard score of the area and those that touch it; above 0 is higher than most.",
            2,
        )
    ),
    drawn(
        telling_words(
            "pattern",
            "Beside its neighbours",
            "Whether the area is high or low among high or low ones (local Moran); no clear "
            "pattern where chance would explain it.",
        )
    ),
    drawn(
        telling(
            "local_moran",
            "Local Moran",
            "Above 0 where the area is like those that touch it, below 0 where it is not.",
            2,
        )
    ),
    drawn(
        telling(
            "cluster_p_adjusted",
            "Chance",
            "How seldom chance alone would give either, adjusted for all the areas tested.",
            3,
            key="p_adjusted",
        )
    ),
)


def _trend(months: int) -> tuple[Figure, ...]:
    """How violence stands against the period before; it rests on true counts of both."""
    compared = "the month" if months == 1 else f"the {months} months"
    of = f"in {compared} that can be compared, over those of the period before"
    return (
        drawn(
            telling_words(
                "trend",
                "Trend",
                "A rise or a fall only when chance would hardly explain it: when the interval of "
                "the ratio does not hold 1.",
            )
        ),
        drawn(
            telling(
                "trend_ratio",
                "Violence over the period before",
                f"Incidents {of}: 2 is twice as many.",
                2,
                key="rate_ratio",
            )
        ),
        drawn(
            telling(
                "trend_lower", "Ratio from", "Lower end of its 95% interval.", 2, key="ratio_lower"
            )
        ),
        drawn(
            telling(
                "trend_upper",
                "Ratio to",
                "Upper end of its 95% interval; not known where there was none before.",
                2,
                key="ratio_upper",
            )
        ),
    )


def _provision(unit: str) -> tuple[Figure, ...]:
    spoken = unit.capitalize()
    coverage = Column(
        "coverage_per_1000",
        "Provision",
        f"{spoken} that reach the area for every 1,000 residents, in the period.",
        is_number=True,
    )
    last = Column("last_month", "Last activity", "The last month in which one reached the area.")
    since = Column(
        "months_since_last",
        "Months since",
        "Months from the last activity that reached the area to the end of the period.",
        is_number=True,
    )
    return (
        number("dose", f"{spoken} reaching it", f"{spoken} that reach the area's residents.", 1),
        Figure(coverage, "coverage_per_1000", Kind.PROVISION, 1),
        number("activities", "Activities", "Registered activities that reach the area."),
        Figure(last, "last_month", Kind.MONTH),
        Figure(since, "months_since_last", Kind.SINCE),
        number(
            "nearest_venue_km",
            "Nearest venue",
            "Kilometres in a straight line from where people live to the nearest venue where "
            "something was delivered; only venues that may be shown exactly.",
            1,
        ),
    )


def _context(deprivation: str) -> tuple[Figure, ...]:
    """What an area is known for beside need and provision; no score or rank uses it."""
    note = f"{deprivation}; for context, no gap or rank uses it."
    return (
        number(
            "deprivation_decile",
            "Deprivation decile",
            f"Tenth of England's small areas by deprivation, 1 the most deprived: {note}",
        ),
        number(
            "areas_most_deprived",
            "Small areas in the most deprived tenth",
            f"Small areas among the most deprived tenth of England's: {note}",
            key="lsoas_most_deprived",
        ),
    )


_GAP = (
    telling("need_percentile", "Need percentile", "Of 100 areas compared, those with less need."),
    number(
        "provision_percentile",
        "Provision percentile",
        "Of 100 areas compared, those with less provision.",
    ),
    telling(
        "gap_score",
        "Gap score",
        "Need percentile less provision percentile: -100 to 100, the higher the wider the gap.",
    ),
    telling(
        "share_gap_points",
        "Share gap",
        "Share of all violence less share of all engagement, in percentage points.",
        3,
        key="share_gap",
    ),
    drawn(telling("share_gap_lower", "Share gap from", "Lower end of its 95% interval.", 3)),
    drawn(telling("share_gap_upper", "Share gap to", "Upper end of its 95% interval.", 3)),
    drawn(
        telling_words(
            "share_gap_class",
            "Share gap says",
            "Under-engaged only when the whole interval is above zero, over-engaged only when "
            "below.",
        )
    ),
    Figure(
        Column(
            "stability_percent",
            "Stability",
            "How likely the area's true gap is in the widest tenth, given what was seen.",
            is_number=True,
        ),
        "stability",
        Kind.PERCENT,
        tells_count=True,
        is_drawn=True,
    ),
    telling_words("gap_class", "Need and provision", "Thirds of need and thirds of provision."),
    telling_words("need_class", "Need third", "Low, medium or high: thirds of areas by need."),
    words("provision_class", "Provision third", "Low, medium or high: thirds by provision."),
)
