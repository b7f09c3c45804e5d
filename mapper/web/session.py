"""The request's transaction: the only place of the site where anything is committed."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from flask import Flask, g
from sqlalchemy.orm import Session

from mapper.web.site import the_site


def reading() -> Session:
    """The request's session for reading, opened at its first use and closed with the request."""
    if "reading" not in g:
        g.reading_stack = ExitStack()
        g.reading = g.reading_stack.enter_context(the_site().store.reading())
    session: Session = g.reading
    return session


@contextmanager
def writing() -> Iterator[Session]:
    """A session that is committed when the block ends, or rolled back when it fails.

    What is read afterwards in the same request sees what was written.
    """
    close_reading()
    with the_site().store.writing() as session:
        yield session


def close_reading(_error: BaseException | None = None) -> None:
    """Close the request's session for reading, if it was opened."""
    stack: ExitStack | None = g.pop("reading_stack", None)
    g.pop("reading", None)
    if stack is not None:
        stack.close()


def add_sessions(app: Flask) -> None:
    """Have every request close what it opened.

    Parameters
    ----------
    app : the site.
    """
    app.teardown_appcontext(close_reading)
