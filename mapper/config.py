"""Every setting of mapper, with its unit and default, read from the environment once.

Nothing below this module reads the environment: values arrive as arguments. Each setting is
set by an environment variable with the prefix ``MAPPER_``, for example
``MAPPER_DATABASE_URL``. ``docs/settings.md`` lists them; a test holds it to this class.
"""

from functools import cache
from pathlib import Path
from typing import Self

from pydantic import Field, SecretStr, ValidationError, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from mapper.errors import NotReadyError, SettingError
from mapper.ingest.places.geocoder import Geocoder
from mapper.mail.choices import LetterChoices
from mapper.mail.sender import MailServer, Security

ROOT = Path(__file__).resolve().parent.parent
DEFAULT_SECRET = "change-me"  # noqa: S105  (refused by `mapper serve` outside demo mode)


class Settings(BaseSettings):
    """The settings of one process."""

    model_config = SettingsConfigDict(env_prefix="MAPPER_", frozen=True, extra="ignore")

    database_url: str = Field(
        default=f"sqlite:///{ROOT / 'instance' / 'mapper.sqlite'}",
        description="The database: an SQLAlchemy address of SpatiaLite (`sqlite:///FILE`) or "
        "PostGIS (`postgresql+psycopg://...`).",
    )
    data_dir: Path = Field(
        default=ROOT / "data", description="The folder of the shipped reference data."
    )
    secret_key: str = Field(
        default=DEFAULT_SECRET,
        description="The key that signs sessions. At least 32 characters; the server refuses to "
        "start without one outside demo mode.",
    )
    demo: bool = Field(
        default=False,
        description="Demo mode: invented data marked SYNTHETIC, demo accounts, sign-ins shown.",
    )
    public_view: bool = Field(
        default=False,
        description="Whether people who have not signed in may see the map and reports as "
        "the public. Always open in demo mode.",
    )
    tile_url: str = Field(
        default="",
        description="Optional address of a tile server for the background map, such as "
        "`https://tiles.example.org/{z}/{x}/{y}.png`. Empty: mapper draws its own outlines and "
        "asks no other server for anything.",
    )
    tile_attribution: str = Field(
        default="", description="The credit to show when a tile address is set."
    )
    sign_in_limit: str = Field(
        default="10 per minute", description="Sign-in attempts allowed from one address."
    )
    entry_limit: str = Field(
        default="30 per minute",
        description="Requests to the pages that open by the link in a letter, from one address.",
    )
    new_link_limit: str = Field(
        default="10 per hour",
        description="Requests for a new link, from one address. About one entry there is one "
        "letter a day at most, whoever asks.",
    )
    session_hours: int = Field(
        default=8, ge=1, le=24, description="Hours after which a session ends."
    )
    secure_cookies: bool = Field(
        default=False,
        description="Send cookies over HTTPS only. Set to true wherever mapper has HTTPS.",
    )
    trusted_proxies: int = Field(
        default=0,
        ge=0,
        le=8,
        description="Proxies in front of mapper. With 1 or more, the address of whoever asks and "
        "whether they use HTTPS are taken from `X-Forwarded-For` and `X-Forwarded-Proto`.",
    )
    site_url: str = Field(
        default="",
        description="The address people reach the site at, such as `https://mapper.example.org`. "
        "It stands in the links of letters; without it none are sent.",
    )
    smtp_host: str = Field(
        default="", description="The mail server that takes letters. Empty: none are sent."
    )
    smtp_port: int = Field(default=587, ge=1, le=65_535, description="Port of the mail server.")
    smtp_security: Security = Field(
        default=Security.STARTTLS,
        description="How the way to the mail server is secured: `starttls`, `tls` or `none`.",
    )
    smtp_user: str = Field(
        default="", description="The name to sign in to the mail server with; empty for none."
    )
    smtp_password: SecretStr = Field(
        default=SecretStr(""), description="The password to sign in to the mail server with."
    )
    smtp_from: str = Field(default="", description="The address that letters come from.")
    smtp_certificates: str = Field(
        default="",
        description="File of certificates to trust for the mail server, beside the system's.",
    )
    link_days: int = Field(
        default=60, ge=1, le=365, description="Days for which the link in a letter is good."
    )
    upload_dir: Path = Field(
        default=ROOT / "instance" / "uploads",
        description="The folder for uploaded files until they are loaded or thrown away: a day "
        "at most. Every server process must see the same one.",
    )
    upload_mb: int = Field(
        default=64, ge=1, le=512, description="The most that one upload may hold, in megabytes."
    )
    workers: int = Field(default=2, ge=1, le=32, description="Server processes.")
    threads: int = Field(default=8, ge=1, le=64, description="Threads in each server process.")

    geocoder_url: str = Field(
        default="",
        description="Optional address of a Nominatim server to ask for the addresses that nothing "
        "else can place: the partnership's own, or one it has an agreement with; https only. "
        "Empty: no address leaves the network.",
    )
    geocoder_user_agent: str = Field(
        default="",
        description="How mapper names itself to that server, such as `hips-vru (vru@example.org)`; "
        "empty for its name and version.",
    )
    geocoder_per_second: float = Field(
        default=1.0, gt=0, le=100, description="Questions a second that it is asked at most."
    )
    geocoder_most: int = Field(
        default=500, ge=1, le=100_000, description="Questions it is asked at most for one file."
    )

    boundary_server: str = Field(
        default="https://services1.arcgis.com/ESMARspQHYMw9BZ9/arcgis/rest/services",
        description="The ArcGIS server that `mapper boundaries download` asks, https only: the ONS "
        "Open Geography Portal's. Nothing else asks it.",
    )
    boundary_service_lsoa_2011: str = Field(
        default="Lower_Layer_Super_Output_Areas_DEC_2011_EW_BGC_V3",
        description="The service on it of LSOAs of 2011.",
    )
    boundary_service_lsoa_2021: str = Field(
        default="Lower_layer_Super_Output_Areas_December_2021_Boundaries_EW_BGC_V5",
        description="The service on it of LSOAs of 2021.",
    )
    boundary_service_msoa_2021: str = Field(
        default="Middle_layer_Super_Output_Areas_December_2021_Boundaries_EW_BGC_V3",
        description="The service on it of MSOAs of 2021.",
    )
    boundary_service_ward: str = Field(
        default="WD_MAY_2025_UK_BGC_V2", description="The service on it of wards, of any year."
    )
    boundary_service_lad: str = Field(
        default="LAD_MAY_2025_UK_BGC_V2",
        description="The service on it of local authority districts, of any year.",
    )

    @property
    def mail_server(self) -> MailServer:
        """The mail server that takes letters."""
        return MailServer(
            host=self.smtp_host,
            port=self.smtp_port,
            sender=self.smtp_from,
            user=self.smtp_user,
            password=self.smtp_password.get_secret_value(),
            security=self.smtp_security,
            certificates=self.smtp_certificates,
        )

    @model_validator(mode="after")
    def _have_a_geocoder_that_can_be_asked(self) -> Self:
        _ = self.geocoder  # raises where it cannot
        return self

    @property
    def geocoder(self) -> Geocoder | None:
        """The online geocoder; None where no server may be asked.

        Raises
        ------
        SettingError
            When its address is none that may be asked.
        """
        if not self.geocoder_url.strip():
            return None
        return Geocoder(
            address=self.geocoder_url.strip(),
            agent=self.geocoder_user_agent,
            per_second=self.geocoder_per_second,
            most=self.geocoder_most,
        )

    def letter_choices(self, by: str) -> LetterChoices:
        """How contacts of entries are asked.

        Parameters
        ----------
        by : who has the letters sent.

        Raises
        ------
        NotReadyError
            When the address of the site is not set, or everybody knows the key that signs links.
        """
        if not self.site_url or self.secret_key == DEFAULT_SECRET:
            raise NotReadyError(
                "Letters cannot be written: their links need an address and a key of your own.",
                expected="Set MAPPER_SITE_URL and MAPPER_SECRET_KEY, the same as the site's.",
                action="docs/settings.md says how.",
            )
        return LetterChoices(
            server=self.mail_server,
            secret_key=self.secret_key,
            address_of=self.entry_address,
            days=self.link_days,
            by=by,
        )

    @property
    def sends_letters(self) -> bool:
        """Whether letters with links can be written and handed in."""
        is_signed = bool(self.site_url) and self.secret_key != DEFAULT_SECRET
        return is_signed and bool(self.smtp_host and self.smtp_from)

    def entry_address(self, token: str) -> str:
        """The address of the page on which a contact confirms an entry.

        Parameters
        ----------
        token : the signed word of the link.
        """
        return f"{self.site_url.rstrip('/')}/entry/{token}"

    @property
    def is_public_view_open(self) -> bool:
        """Whether visitors may explore."""
        return self.public_view or self.demo


@cache
def settings() -> Settings:
    """The settings of this process, read from the environment at the first call.

    Raises
    ------
    SettingError
        When a variable holds a value that the setting cannot take.
    """
    try:
        return Settings()
    except ValidationError as error:
        faults = "; ".join(
            f"MAPPER_{'_'.join(map(str, fault['loc'])).upper()}: {fault['msg']}"
            for fault in error.errors()
        )
        raise SettingError(
            f"A setting cannot be used. {faults}.",
            action="docs/settings.md lists every setting with what it takes.",
        ) from error
