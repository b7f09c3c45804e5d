"""The source that stands for what people say in the forms of the site."""

from mapper.domain.source import Source, SourceKind
from mapper.web.site import the_site


def partners_form(kind: SourceKind, name: str) -> Source:
    """Give the source of a form that partners fill in.

    Parameters
    ----------
    kind : of what is said in it.
    name : of the form.
    """
    return Source(
        kind=kind,
        name=name,
        file_name="form",
        checksum="",
        publisher="Partners",
        is_synthetic=the_site().settings.demo,
    )
