"""A site with a small ground in it, and a reader who checks every page they open."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask
from pydantic import SecretStr

from mapper.config import Settings
from mapper.domain.role import Role
from mapper.mail.sender import Security
from mapper.store.session import Store, open_store
from mapper.web import create_app
from tests.integration.web.reader import Reader
from tests.mail_server import SENDER
from tests.web_site import PASSWORD, fill_site

SECRET = "a secret of at least thirty-two characters"  # noqa: S105  (of sites in tests only)


@pytest.fixture(scope="session")
def filled_spatialite(upgraded_spatialite: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with a ground, a directory, a register, violence, accounts and one run."""
    path = tmp_path_factory.mktemp("site") / "filled.sqlite"
    shutil.copy(upgraded_spatialite, path)
    fill_site(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def read_site(filled_spatialite: Path) -> Iterator[Flask]:
    """A site that is only read: made once, and as quick as one that has been running."""
    store = open_store(f"sqlite:///{filled_spatialite}")
    uploads = filled_spatialite.parent / "uploads"
    app = create_app(Settings(secret_key=SECRET, public_view=True, upload_dir=uploads), store)
    app.testing = True
    yield app
    store.dispose()


@pytest.fixture(scope="session")
def visitor(read_site: Flask) -> Iterator[Reader]:
    """Somebody who has not signed in, and reads."""
    with Reader(read_site) as reader:
        yield reader


@pytest.fixture(scope="session")
def partner(read_site: Flask) -> Iterator[Reader]:
    """A partner who has signed in, and reads."""
    with Reader(read_site) as reader:
        reader.sign_in(f"{Role.PARTNER.value}@example.org", PASSWORD)
        yield reader


@pytest.fixture(scope="session")
def analyst(read_site: Flask) -> Iterator[Reader]:
    """An analyst who has signed in, and reads."""
    with Reader(read_site) as reader:
        reader.sign_in(f"{Role.ANALYST.value}@example.org", PASSWORD)
        yield reader


@pytest.fixture
def store(filled_spatialite: Path, tmp_path: Path, opened: Callable[[str], Store]) -> Store:
    """A copy of it of the test's own."""
    shutil.copy(filled_spatialite, tmp_path / "site.sqlite")
    return opened(f"sqlite:///{tmp_path / 'site.sqlite'}")


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """The settings of a site that is not the demo and whose public view is open."""
    return Settings(secret_key=SECRET, public_view=True, upload_dir=tmp_path / "uploads")


@pytest.fixture
def site(settings: Settings, store: Store) -> Flask:
    """The site."""
    app = create_app(settings, store)
    app.testing = True
    return app


@pytest.fixture
def newcomer(site: Flask) -> Iterator[Reader]:
    """Somebody who has not signed in, on a site of the test's own."""
    with Reader(site) as reader:
        yield reader


@pytest.fixture
def writer(site: Flask) -> Iterator[Reader]:
    """A partner who has signed in, on a site of the test's own."""
    with Reader(site) as reader:
        reader.sign_in(f"{Role.PARTNER.value}@example.org", PASSWORD)
        yield reader


@pytest.fixture
def loader(site: Flask) -> Iterator[Reader]:
    """An analyst who has signed in, on a site of the test's own."""
    with Reader(site) as reader:
        reader.sign_in(f"{Role.ANALYST.value}@example.org", PASSWORD)
        yield reader


def sending_settings(port: int) -> Settings:
    """The settings of a site that sends letters to a server of the tests."""
    return Settings(
        secret_key=SECRET,
        public_view=True,
        site_url="https://mapper.example.org",
        smtp_host="127.0.0.1",
        smtp_port=port,
        smtp_security=Security.NONE,
        smtp_password=SecretStr(""),
        smtp_from=SENDER,
    )
