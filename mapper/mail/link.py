"""The signed word that stands in the link of a letter."""

from itsdangerous import BadSignature, URLSafeTimedSerializer

_PURPOSE = "mapper: the entry of an organisation"
_SECONDS_A_DAY = 86_400


def make_token(secret_key: str, request_id: int, nonce: str) -> str:
    """Sign the number and the word of a request.

    Parameters
    ----------
    secret_key : of the site.
    request_id, nonce : of the request.
    """
    return _signer(secret_key).dumps([request_id, nonce])


def read_token(secret_key: str, token: str, days: int | None) -> tuple[int, str] | None:
    """Read a signed word back; None where we did not sign it, or too long ago.

    Parameters
    ----------
    secret_key : of the site.
    token : as it stands in the link.
    days : for which a link is good; None for one of any age.
    """
    seconds = None if days is None else days * _SECONDS_A_DAY
    try:
        found = _signer(secret_key).loads(token, max_age=seconds)
    except BadSignature:
        return None
    request_id, nonce = found
    return int(request_id), str(nonce)


def _signer(secret_key: str) -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(secret_key, salt=_PURPOSE)
