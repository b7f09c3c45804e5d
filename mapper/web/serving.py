"""Serving the site with gunicorn: processes with threads, one application loaded beforehand."""

from flask import Flask
from gunicorn.app.base import BaseApplication

from mapper.config import Settings
from mapper.web import create_app


class Server(BaseApplication):  # type: ignore[misc]  # gunicorn has no types
    """gunicorn with its options given here, not on a command line.

    Parameters
    ----------
    settings : of the site.
    address : host and port.
    """

    def __init__(self, settings: Settings, address: str) -> None:
        self._settings = settings
        self._address = address
        super().__init__()

    def load_config(self) -> None:
        """Hand gunicorn its options."""
        options = {
            "bind": self._address,
            "workers": self._settings.workers,
            "threads": self._settings.threads,
            "worker_class": "gthread",
            "preload_app": True,
            "loglevel": "warning",
            "worker_tmp_dir": None,
            "timeout": 60,
        }
        for name, value in options.items():
            self.cfg.set(name, value)

    def load(self) -> Flask:
        """Make the application that every process then shares."""
        return create_app(self._settings)


def run_server(settings: Settings, host: str, port: int) -> None:
    """Serve until stopped.

    Parameters
    ----------
    settings : of the site.
    host, port : to listen on.
    """
    Server(settings, f"{host}:{port}").run()
