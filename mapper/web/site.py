"""What one site was made with: its settings, its store, and what it keeps in memory."""

from dataclasses import dataclass, field
from pathlib import Path

from flask import current_app

from mapper.config import DEFAULT_SECRET, Settings
from mapper.errors import SettingError
from mapper.geography.postcode_directory import PostcodeDirectory
from mapper.store.postcodes import postcode_directory, postcodes_version
from mapper.store.session import Store
from mapper.web.keep import Keep

_SHORTEST_SECRET = 32


@dataclass
class Site:
    """What one site was made with.

    Parameters
    ----------
    settings : of this process.
    store : the open database.
    keep : pages' contents, for as long as what they were made from stays the same.
    """

    settings: Settings
    store: Store
    keep: Keep = field(default_factory=Keep)

    @property
    def postcodes(self) -> PostcodeDirectory:
        """The postcode directory, read anew once other postcodes have been loaded."""
        with self.store.reading() as session:
            version = postcodes_version(session)
            key = ("postcodes", version)
            return self.keep.get(key, lambda: postcode_directory(session, self._postcode_file))

    @property
    def _postcode_file(self) -> Path:
        return self.settings.data_dir / "postcodes" / "hips.parquet"


def the_site() -> Site:
    """The site that the current request came to."""
    site: Site = current_app.extensions["mapper"]
    return site


def require_safe_secret(settings: Settings) -> None:
    """Refuse to sign sessions with a key that others know or could guess.

    Raises
    ------
    SettingError
        Outside demo mode, when the key is the default one or is short.
    """
    if settings.demo:
        return
    if settings.secret_key == DEFAULT_SECRET:
        found = "MAPPER_SECRET_KEY is not set."
    elif len(settings.secret_key) < _SHORTEST_SECRET:
        found = f"MAPPER_SECRET_KEY has {len(settings.secret_key)} characters."
    else:
        return
    raise SettingError(
        found,
        expected=f"A secret of at least {_SHORTEST_SECRET} characters, the same for every process.",
        action='Make one with: python3 -c "import secrets; print(secrets.token_urlsafe(32))"',
    )
