"""Signing in and out."""

from urllib.parse import urlsplit

from flask import Blueprint, Response, current_app, redirect, render_template, request, session
from flask import url_for as address_of
from flask.typing import ResponseReturnValue
from flask_login import current_user, login_user, logout_user

from mapper.domain.role import Permission
from mapper.ingest.demo import DEMO_ACCOUNTS
from mapper.web.extensions import limiter
from mapper.web.forms.sign_in import SignInForm
from mapper.web.people import authenticate
from mapper.web.permissions import requires
from mapper.web.site import the_site

blueprint = Blueprint("accounts", __name__)
_WRONG = "Enter a correct email address and password"


def _sign_in_limit() -> str:
    return the_site().settings.sign_in_limit


@blueprint.get("/sign-in")
@requires(Permission.SIGN_IN)
def sign_in() -> ResponseReturnValue:
    """The page to sign in on."""
    if current_user.is_authenticated:
        return redirect(_safe_next())
    return _sign_in_page(SignInForm())


@blueprint.post("/sign-in")
@requires(Permission.SIGN_IN)
@limiter.limit(_sign_in_limit)
def try_to_sign_in() -> ResponseReturnValue:
    """Sign in, or say that something was wrong without saying what."""
    form = SignInForm()
    if not form.validate_on_submit():
        return _sign_in_page(form)
    account = authenticate(form.email.data or "", form.password.data or "")
    if account is None:
        current_app.logger.warning("A sign-in from %s was refused.", request.remote_addr)
        form.email.errors = [_WRONG]
        return _sign_in_page(form)
    session.clear()  # nothing that was in the session before belongs to this person
    session.permanent = True
    login_user(account)
    return redirect(_safe_next())


@blueprint.post("/sign-out")
@requires(Permission.SIGN_OUT)
def sign_out() -> Response:
    """Sign out, and forget on this computer what was seen."""
    logout_user()
    session.clear()
    response = current_app.make_response(redirect(address_of("accounts.sign_in")))
    response.headers["Clear-Site-Data"] = '"cache"'
    return response


def _sign_in_page(form: SignInForm) -> str:
    demo_accounts = DEMO_ACCOUNTS if the_site().settings.demo else ()
    return render_template("sign_in.html", form=form, demo_accounts=demo_accounts)


def _safe_next() -> str:
    """Where the person was going, if it is a page of ours; otherwise the home page."""
    wanted = request.args.get("next", "")
    parts = urlsplit(wanted)
    is_ours = wanted.startswith("/") and not (parts.scheme or parts.netloc or "\\" in wanted)
    is_clean = wanted.isprintable() and not wanted.startswith("//")
    return wanted if is_ours and is_clean else address_of("explore.home")
