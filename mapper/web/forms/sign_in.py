"""The form to sign in with."""

from flask_wtf import FlaskForm
from govuk_frontend_wtf.wtforms_widgets import GovPasswordInput, GovSubmitInput, GovTextInput
from wtforms import PasswordField, StringField, SubmitField
from wtforms.validators import InputRequired, Length

_LONGEST_EMAIL, _LONGEST_PASSWORD = 254, 1_000


class SignInForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF is not typed
    """An e-mail address and a password."""

    email = StringField(
        "Email address",
        widget=GovTextInput(),
        validators=[
            InputRequired("Enter your email address"),
            Length(max=_LONGEST_EMAIL, message="Enter a shorter email address"),
        ],
    )
    password = PasswordField(
        "Password",
        widget=GovPasswordInput(),
        validators=[
            InputRequired("Enter your password"),
            Length(max=_LONGEST_PASSWORD, message="Enter a shorter password"),
        ],
    )
    submit = SubmitField("Sign in", widget=GovSubmitInput())
