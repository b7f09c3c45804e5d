"""The words by which organisations, activities and practice are sorted and found."""

from enum import StrEnum


class Theme(StrEnum):
    """What an organisation or activity is about."""

    KNIFE_CRIME = "knife crime"
    DOMESTIC_ABUSE = "domestic abuse"
    SEXUAL_VIOLENCE = "sexual violence"
    NIGHT_TIME_ECONOMY = "night-time economy"
    EXPLOITATION = "exploitation"
    SERIOUS_YOUTH_VIOLENCE = "serious youth violence"
    SUBSTANCE_USE = "drugs and alcohol"
    MENTAL_HEALTH = "mental health"
    EDUCATION = "education and inclusion"
    EMPLOYMENT = "employment and skills"
    FAMILY = "family and parenting"
    POSITIVE_ACTIVITIES = "positive activities"
    COMMUNITY_VOICE = "community voice"


class Cohort(StrEnum):
    """Whom an organisation or activity is for."""

    EVERYONE = "everyone"
    UNDER_10 = "children under 10"
    AGED_10_TO_14 = "aged 10 to 14"
    AGED_15_TO_17 = "aged 15 to 17"
    AGED_18_TO_24 = "aged 18 to 24"
    ADULTS = "adults aged 25 and over"
    WOMEN_AND_GIRLS = "women and girls"
    MEN_AND_BOYS = "men and boys"
    PARENTS_AND_CARERS = "parents and carers"
    CARE_EXPERIENCED = "care experienced"
    MINORITY_ETHNIC = "minority ethnic communities"
    LGBTQ = "LGBTQ+ people"
    DISABLED = "disabled people"
    IN_JUSTICE_SYSTEM = "people in the justice system"


class PreventionTier(StrEnum):
    """Everyone; those at risk; those already involved."""

    PRIMARY = "primary"
    SECONDARY = "secondary"
    TERTIARY = "tertiary"
