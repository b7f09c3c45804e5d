"""What the demo's activities are: for each type its titles, size, themes and cohorts."""

from dataclasses import dataclass

from mapper.domain.activity import ActivityType
from mapper.domain.vocabulary import Cohort, PreventionTier, Theme


@dataclass(frozen=True)
class Programme:
    """A kind of activity.

    Parameters
    ----------
    share : of all activities.
    titles : `{place}` stands for the neighbourhood.
    weeks : least and most weeks that it runs, one session a week.
    people : who come to a usual session.
    hours : of a session.
    themes, cohorts : it may be about and for.
    """

    type: ActivityType
    share: float
    titles: tuple[str, ...]
    weeks: tuple[int, int]
    people: int
    hours: tuple[float, ...]
    themes: tuple[Theme, ...]
    cohorts: tuple[Cohort, ...]


_YOUNG = (Cohort.AGED_10_TO_14, Cohort.AGED_15_TO_17, Cohort.AGED_18_TO_24)
_ANYBODY = (Cohort.EVERYONE, Cohort.ADULTS, Cohort.PARENTS_AND_CARERS, Cohort.MINORITY_ETHNIC)

PROGRAMMES = (
    Programme(ActivityType.SESSION, 0.26, ("Open youth session, {place}", "Junior club, {place}",
              "Girls' group, {place}"), (6, 38), 18, (1.5, 2.0, 2.5),
              (Theme.POSITIVE_ACTIVITIES, Theme.SERIOUS_YOUTH_VIOLENCE, Theme.MENTAL_HEALTH),
              (*_YOUNG, Cohort.WOMEN_AND_GIRLS, Cohort.UNDER_10)),
    Programme(ActivityType.SPORT, 0.18, ("Friday football, {place}", "Boxing for all, {place}",
              "Drumming and beats, {place}"), (6, 30), 16, (1.0, 1.5, 2.0),
              (Theme.POSITIVE_ACTIVITIES, Theme.KNIFE_CRIME, Theme.SERIOUS_YOUTH_VIOLENCE),
              (*_YOUNG, Cohort.MEN_AND_BOYS)),
    Programme(ActivityType.WORKSHOP, 0.16, ("Knife awareness talk, {place}",
              "Healthy relationships, {place}", "Staying safe online, {place}"), (1, 3), 55,
              (1.0, 2.0), (Theme.KNIFE_CRIME, Theme.EXPLOITATION, Theme.EDUCATION,
              Theme.SEXUAL_VIOLENCE), (Cohort.AGED_10_TO_14, Cohort.AGED_15_TO_17)),
    Programme(ActivityType.MENTORING, 0.1, ("Mentoring, {place}", "One-to-one support, {place}"),
              (10, 30), 6, (1.0,), (Theme.EXPLOITATION, Theme.SUBSTANCE_USE, Theme.EMPLOYMENT),
              (Cohort.AGED_15_TO_17, Cohort.AGED_18_TO_24, Cohort.CARE_EXPERIENCED,
               Cohort.IN_JUSTICE_SYSTEM)),
    Programme(ActivityType.OUTREACH, 0.09, ("Street work, {place}", "Night-time patrol, {place}"),
              (4, 26), 20, (2.0, 3.0, 4.0), (Theme.NIGHT_TIME_ECONOMY, Theme.SUBSTANCE_USE,
              Theme.SERIOUS_YOUTH_VIOLENCE), (*_YOUNG, Cohort.ADULTS)),
    Programme(ActivityType.DROP_IN, 0.08, ("Advice drop-in, {place}", "Family drop-in, {place}"),
              (10, 45), 9, (2.0, 3.0), (Theme.DOMESTIC_ABUSE, Theme.FAMILY, Theme.MENTAL_HEALTH),
              (*_ANYBODY, Cohort.WOMEN_AND_GIRLS, Cohort.LGBTQ, Cohort.DISABLED)),
    Programme(ActivityType.EVENT, 0.06, ("Fun day, {place}", "Community meal, {place}"), (1, 1),
              140, (3.0, 5.0), (Theme.COMMUNITY_VOICE, Theme.POSITIVE_ACTIVITIES), _ANYBODY),
    Programme(ActivityType.CONSULTATION, 0.04, ("Listening event, {place}",
              "Knife crime survey, {place}"), (1, 2), 40, (1.5, 2.0),
              (Theme.COMMUNITY_VOICE, Theme.KNIFE_CRIME), (*_YOUNG, Cohort.EVERYONE)),
    Programme(ActivityType.TRAINING, 0.03, ("Bystander training, {place}",), (1, 4), 15, (3.0, 6.0),
              (Theme.NIGHT_TIME_ECONOMY, Theme.SEXUAL_VIOLENCE), (Cohort.ADULTS,)),
)  # fmt: skip

TIERS = (PreventionTier.PRIMARY, PreventionTier.SECONDARY, PreventionTier.TERTIARY)
TIER_WEIGHTS = (0.5, 0.35, 0.15)
DESCRIPTIONS = (
    "SYNTHETIC. Invented for the demonstration.",
    "SYNTHETIC. Two workers present, food provided.",
    "SYNTHETIC. Open to all, no referral needed.",
    "SYNTHETIC. By referral from partners.",
)
