"""Every room of the site, and how it is joined on."""

from flask import Flask

from mapper.web import (
    about,
    accounts,
    activities,
    between,
    changing,
    comparing,
    correcting,
    declaring,
    duplicates,
    entry,
    explore,
    freshness,
    gaps,
    health,
    heard,
    loading,
    network,
    organisations,
    pipeline,
    practice,
    profile,
    runs,
    scenario,
)

ROOMS = (
    *(explore, gaps, activities, changing, organisations, correcting, pipeline, profile),
    *(network, between, declaring, practice, duplicates, freshness, loading, runs, comparing),
    scenario,
    *(heard, entry, accounts, about, health),
)


def add_rooms(app: Flask) -> None:
    """Join every room on to the site.

    Parameters
    ----------
    app : the site.
    """
    for room in ROOMS:
        app.register_blueprint(room.blueprint)
