"""Sites that an organisation has beside its main one."""

from dataclasses import dataclass, field

from mapper.domain.disclosure import Visibility
from mapper.domain.place import Location


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """What a source or a form says of a further site.

    Parameters
    ----------
    name : of the site; may be empty.
    location : where it is.
    visibility : how exactly it may be shown.
    """

    name: str = ""
    location: Location = field(default_factory=Location)
    visibility: Visibility = Visibility.EXACT
