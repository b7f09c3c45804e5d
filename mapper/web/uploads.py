"""Uploads: received, worked on by a process of their own, stopped, and found again."""

import hashlib
import secrets
from collections.abc import Sequence
from contextlib import suppress
from typing import IO, Any

from flask import Flask, request
from werkzeug.datastructures import FileStorage

from mapper.domain.role import Permission
from mapper.errors import NotFoundError
from mapper.ingest.files.source import safe_name
from mapper.ingest.uploads import (
    Order,
    Stage,
    Upload,
    find_upload,
    make_upload,
    receiving,
    sweep_uploads,
)
from mapper.store.loads import Load, LoadStatus, begin_load, end_load, files_saved_since, list_loads
from mapper.web.background import hand_over
from mapper.web.people import current_person, is_allowed
from mapper.web.session import reading, writing
from mapper.web.site import the_site

_CHUNK = 1024 * 1024
_BYTES_A_MB = 1_000_000
RECEIVES = "loading.begin"
"""The only view that takes more than a form may hold."""


def add_uploads(app: Flask) -> None:
    """Let a request that uploads be as large as the settings say, and every other one not.

    Parameters
    ----------
    app : the site.
    """
    app.before_request(_allow_size)


def _allow_size() -> None:
    # Of those who may not load files a large request is not even read.
    if request.endpoint == RECEIVES and is_allowed(Permission.SOURCE_LOAD):
        request.max_content_length = the_site().settings.upload_mb * _BYTES_A_MB


def drain() -> None:
    """Read to its end, and forget, an upload that is too large.

    A browser shows no answer while it is still sending; it is not read without bound, though.
    """
    if request.endpoint != RECEIVES or not is_allowed(Permission.SOURCE_LOAD):
        return
    left = min(request.content_length or 0, 8 * the_site().settings.upload_mb * _BYTES_A_MB)
    stream = request.environ["wsgi.input"]
    with suppress(OSError):
        while left > 0 and (chunk := stream.read(min(left, _CHUNK))):
            left -= len(chunk)


def receive(files: Sequence[FileStorage], order: Order, endings: Sequence[str]) -> Upload:
    """Write uploaded files to a folder of their own.

    Parameters
    ----------
    files : as the request holds them.
    order : what is asked to be done with them; the names in it are theirs.
    endings : that such files may have; a file on disk is named by its number and one of them.
    """
    sweep_uploads(the_site().settings.upload_dir)
    upload = make_upload(the_site().settings.upload_dir, secrets.token_hex(16))
    for number, file in enumerate(files, start=1):
        with receiving(upload.path(number, ending_of(file.filename or "", endings))) as kept:
            file.save(kept, _CHUNK)
    upload.ask(order)
    return upload


def ending_of(name: str, endings: Sequence[str]) -> str:
    """Give the longest of some endings that a name has; empty where it has none.

    Parameters
    ----------
    name : of a file.
    endings : known.
    """
    found = [each for each in endings if name.lower().endswith(each)]
    return max(found, key=len, default="")


def shown_name(name: str | None) -> str:
    """Give the name of an uploaded file without folders and control characters.

    Parameters
    ----------
    name : as the browser sent it.
    """
    return safe_name(name or "unnamed")


def own_upload(token: str) -> Upload:
    """Find an upload of whoever asks.

    Raises
    ------
    NotFoundError
        When there is none, or it is another person's.
    """
    upload = find_upload(the_site().settings.upload_dir, token)
    person = current_person()
    if person is None or upload.order.owner_id != person.id:
        raise NotFoundError("This upload is not there any more.")
    return upload


def start(upload: Upload, **changes: Any) -> None:  # noqa: ANN401  (the fields of an order)
    """Start a process that does the next step; nothing when one is at work already.

    Parameters
    ----------
    upload : to be worked on.
    changes : to what is asked.
    """
    lock = upload.take()
    if lock is not None:
        with lock:
            _hand_over(upload, lock, changes)


def _hand_over(upload: Upload, lock: IO[str], changes: dict[str, Any]) -> None:
    upload.change(**changes)
    hand_over(upload, lock, "upload")


def begin_loading(upload: Upload) -> None:
    """Keep that a loading begins, and start it.

    Parameters
    ----------
    upload : that was checked.
    """
    lock = upload.take()
    if lock is None:
        return
    with lock:
        if upload.order.load_id:
            return
        # The lock is held before the store says that it loads, or it would look interrupted.
        with writing() as session:
            load_id = begin_load(session, _beginning(upload))
        _hand_over(upload, lock, {"stage": Stage.LOAD, "load_id": load_id})


def _beginning(upload: Upload) -> Load:
    order = upload.order
    names = order.names
    return Load(
        upload=upload.token,
        kind=order.kind,
        source_name=order.source_name,
        file_name=names[0] if len(names) == 1 else f"{names[0]} and {len(names) - 1} more",
        checksum=_checksum(upload),
        loaded_by=order.loaded_by,
        options={
            name: getattr(order, name)
            for name in ("sensitivity", "recorder", "level", "vintage", "lead", "until")
        },
        mapping=order.mapping,
    )


def settle() -> None:
    """Say of loadings whose process is gone what they saved before it went."""
    for load in list_loads(reading(), is_loading=True):
        upload = Upload(the_site().settings.upload_dir / load.upload)
        if not upload.is_worked_on():
            with writing() as session:
                saved = files_saved_since(session, load)
                ended = {"status": LoadStatus.INTERRUPTED, "message": _interrupted(saved)}
                end_load(session, load.id, _with(load, ended))


def _with(load: Load, ended: dict[str, Any]) -> Load:
    fields = ("upload", "kind", "source_name", "file_name", "checksum", "loaded_by")
    return Load(**{name: getattr(load, name) for name in fields}, **ended)


def _interrupted(saved: list[str]) -> str:
    if not saved:
        return "It was interrupted; nothing was saved. Start again."
    return (
        f"It was interrupted. These files had been saved as a whole: {', '.join(saved)}. "
        "Nothing of any other was. Load them again: what is there already stays as it is."
    )


def _checksum(upload: Upload) -> str:
    digest = hashlib.sha256()
    for entry in upload.entries():
        with entry.path.open("rb") as file:
            digest.update(hashlib.file_digest(file, "sha256").digest())
    return digest.hexdigest()
