"""Commands, run as a shell would and in this process."""

from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

import pytest

from mapper.cli import main
from mapper.config import settings


@dataclass(frozen=True)
class Outcome:
    """What a command did: its exit status, and what it wrote to each stream."""

    status: int
    out: str
    err: str


@dataclass(frozen=True)
class CommandLine:
    """Runs commands on one database, as a shell would."""

    url: str

    def __call__(self, *arguments: str | Path) -> Outcome:
        """Run one command."""
        out, err = StringIO(), StringIO()
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("MAPPER_DATABASE_URL", self.url)
            settings.cache_clear()
            with redirect_stdout(out), redirect_stderr(err), pytest.raises(SystemExit) as left:
                main([str(argument) for argument in arguments])
        settings.cache_clear()
        return Outcome(int(left.value.code or 0), out.getvalue(), err.getvalue())
