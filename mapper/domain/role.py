"""Roles and what each may do: permissions as data."""

from enum import StrEnum

from mapper.domain.disclosure import Audience


class Permission(StrEnum):
    """Something a person may do."""

    ABOUT_READ = "about:read"
    """Read where figures come from, and how accessible the site is."""
    EXPLORE = "explore:read"
    """See the map, the reports, the register and the directory."""
    PRACTICE_READ = "practice:read"
    """See named people who agreed to be asked."""
    ACTIVITY_REGISTER = "activity:create"
    """Add an activity to the register."""
    ACTIVITY_CHANGE = "activity:edit"
    """Correct or cancel activities, and read what became of them."""
    ORGANISATION_ADD = "organisation:create"
    """Add an organisation to the directory, as one that was identified."""
    ORGANISATION_STATUS = "organisation:status"
    """Say how far an organisation has come with the partnership."""
    LINK_DECLARE = "link:declare"
    """Say whom one's own organisation refers to, belongs to or shares with; analysts of any."""
    ORGANISATION_EDIT = "organisation:edit"
    """Correct the entries of organisations, and read what became of them."""
    DUPLICATES_DECIDE = "duplicates:decide"
    """Decide which organisations are in the directory twice, and undo it."""
    RUN_MAKE = "run:create"
    """Run the analysis, look at any run, compare two, publish one, and try scenarios."""
    SOURCE_LOAD = "source:create"
    """Load files, and see what was loaded."""
    ENTRY_ANSWER = "entry:answer"
    """Answer for an entry, by the link in a letter to its contact."""
    FRESHNESS_ASK = "freshness:ask"
    """See which entries have to be confirmed, and have their contacts asked."""
    SIGN_IN = "session:create"
    SIGN_OUT = "session:delete"
    HEALTH_READ = "health:read"
    """Ask whether the server works."""


class Role(StrEnum):
    """What somebody is to mapper."""

    VISITOR = "visitor"
    PARTNER = "partner"
    ANALYST = "analyst"

    @property
    def audience(self) -> Audience:
        """The audience that a person in this role belongs to."""
        return _AUDIENCES[self]


_AUDIENCES = {
    Role.VISITOR: Audience.PUBLIC,
    Role.PARTNER: Audience.PARTNER,
    Role.ANALYST: Audience.ANALYST,
}

_EVERYBODY = frozenset(
    {
        Permission.ABOUT_READ,
        Permission.ENTRY_ANSWER,
        Permission.SIGN_IN,
        Permission.SIGN_OUT,
        Permission.HEALTH_READ,
    }
)
_SIGNED_IN = _EVERYBODY | {
    Permission.EXPLORE,
    Permission.PRACTICE_READ,
    Permission.ACTIVITY_REGISTER,
    Permission.ACTIVITY_CHANGE,
    Permission.ORGANISATION_ADD,
    Permission.ORGANISATION_STATUS,
    Permission.LINK_DECLARE,
}

PERMISSIONS: dict[Role, frozenset[Permission]] = {
    Role.VISITOR: _EVERYBODY,
    Role.PARTNER: _SIGNED_IN,
    Role.ANALYST: _SIGNED_IN
    | {Permission.ORGANISATION_EDIT, Permission.DUPLICATES_DECIDE}
    | {Permission.SOURCE_LOAD, Permission.FRESHNESS_ASK, Permission.RUN_MAKE},
}
"""What each role may do. A visitor may also explore when the public view is open."""

OWN_ONLY: dict[Role, frozenset[Permission]] = {
    Role.VISITOR: frozenset(),
    Role.PARTNER: frozenset({Permission.ACTIVITY_CHANGE}),
    Role.ANALYST: frozenset(),
}
"""What a role may do only to what is its own organisation's, or was registered by itself."""


def may(role: Role, permission: Permission, *, is_public_view_open: bool = False) -> bool:
    """Tell whether a role holds a permission.

    Parameters
    ----------
    role : of the person asking.
    permission : what is asked for.
    is_public_view_open : whether the partnership has opened the public view.
    """
    if permission is Permission.EXPLORE and is_public_view_open:
        return True
    return permission in PERMISSIONS[role]
