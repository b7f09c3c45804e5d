"""Flask's extensions, made unbound here and bound to the site in `add_extensions`."""

from typing import Any

from flask import Flask
from flask_compress import Compress
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from flask_login import LoginManager
from flask_wtf import CSRFProtect
from govuk_frontend_wtf.main import WTFormsHelpers

from mapper.web.people import load_account

compress = Compress()
csrf = CSRFProtect()
limiter = Limiter(get_remote_address, storage_uri="memory://", strategy="moving-window")
login_manager = LoginManager()
login_manager.user_loader(load_account)


def add_extensions(app: Flask) -> None:
    """Bind every extension to the site.

    Parameters
    ----------
    app : the site.
    """
    unbound: tuple[Any, ...] = (compress, csrf, limiter, login_manager, WTFormsHelpers())
    for extension in unbound:
        extension.init_app(app)
