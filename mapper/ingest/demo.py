"""The demo's files in loading order, and its accounts. Everything in them is invented."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from mapper.domain.role import Role
from mapper.domain.source import SourceKind
from mapper.ingest.options import IngestOptions
from mapper.ingest.records.provenance import Provenance

PROVENANCE: Final = Provenance("demo", "mapper demo", "CC0-1.0", "Invented data")
"""Who made the demo's files, under which licence, and how to credit them."""

_FILES: Final = (
    (SourceKind.ORGANISATIONS, "organisations.csv", "SYNTHETIC organisations"),
    (SourceKind.ORGANISATIONS, "organisations_second_list.csv", "SYNTHETIC second list"),
    (SourceKind.ACTIVITIES, "activities.csv", "SYNTHETIC activities"),
    (SourceKind.VIOLENCE, "violence.csv.gz", "SYNTHETIC recorded violence"),
)


@dataclass(frozen=True, slots=True)
class DemoFile:
    """One file of the demo.

    Parameters
    ----------
    kind : what it holds.
    path : of the file.
    source_name : to keep its records under.
    """

    kind: SourceKind
    path: Path
    source_name: str

    @property
    def options(self) -> IngestOptions:
        """The options to load it with: under its own name, as invented data."""
        return IngestOptions(
            source_name=self.source_name, loaded_by="mapper demo", is_synthetic=True
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoAccount:
    """An account of the demo, its password known to everybody.

    Parameters
    ----------
    email : to sign in with.
    password : in plain words: it is printed beside the address, and exists in demo mode only.
    name, organisation_name : as shown; the organisation is one of the demo's.
    role : what the account may do.
    """

    email: str
    password: str
    name: str
    organisation_name: str
    role: Role


DEMO_ACCOUNTS: Final = (
    DemoAccount(
        email="partner@demo.invalid",
        password="demo partner sign-in",  # noqa: S106  (public by design, demo mode only)
        name="Robin Samplewood",
        organisation_name="Demo Fire and Rescue Service (invented)",
        role=Role.PARTNER,
    ),
    DemoAccount(
        email="analyst@demo.invalid",
        password="demo analyst sign-in",  # noqa: S106  (public by design, demo mode only)
        name="Avery Testerby",
        organisation_name="Demo Violence Reduction Unit (invented)",
        role=Role.ANALYST,
    ),
)
"""An account for each role that signs in."""


def demo_files(data_dir: Path) -> tuple[DemoFile, ...]:
    """Name the demo's files in the order to load them: organisations before what names them.

    Parameters
    ----------
    data_dir : the folder of shipped data, with ``demo`` in it.
    """
    return tuple(
        DemoFile(kind, data_dir / "demo" / file_name, source_name)
        for kind, file_name, source_name in _FILES
    )
