"""The town's configuration: one TOML file, each value replaceable by the environment; a mistake is one clear line."""

import os
import tomllib
from datetime import timedelta
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Any
from zoneinfo import ZoneInfo, available_timezones

from pydantic import (
    Field,
    PrivateAttr,
    SecretStr,
    ValidationError,
    field_validator,
    model_validator,
)
from pydantic_settings import BaseSettings, EnvSettingsSource, PydanticBaseSettingsSource, SettingsConfigDict

from bot.mail_settings import EVERYONE, MailSettings, Part
from bot.system import why
from council.meetings import DEFAULT_REMINDERS
from council.oral_questions import NOTICE
from council.roles import BodyKind

PREFIX = "APPARITEUR_"


class SettingsError(Exception):
    """The configuration can't be used: its message is one French line that names the key."""


class CommuneSettings(Part):
    """``[commune]``: who the town is."""

    name: str = Field(min_length=1)
    population: int = Field(gt=0)
    timezone: str = "Europe/Paris"
    regime: str = Field("droit-commun", pattern="^(droit-commun|alsace-moselle)$")

    @field_validator("timezone")
    @classmethod
    def _known_zone(cls, name: str) -> str:
        if name not in available_timezones():
            raise ValueError(f"le fuseau « {name} » n'existe pas (par exemple Europe/Paris)")
        return name

    @property
    def zone(self) -> ZoneInfo:
        """The town's time zone."""
        return ZoneInfo(self.timezone)


class MatrixSettings(Part):
    """``[matrix]``: the homeserver and the bot's account; a secret is given in place or in a file."""

    homeserver: str = Field(pattern=r"^https?://")
    user: str = Field(pattern=r"^@[^:\s]+:\S+$")
    password: SecretStr | None = None
    password_file: Path | None = None
    access_token: SecretStr | None = None
    access_token_file: Path | None = None
    device_id: str | None = None
    recovery_key_file: Path = Path("secrets/recovery")
    admins: tuple[Annotated[str, Field(pattern=r"^@[^:\s]+:\S+$")], ...] = ()

    @model_validator(mode="after")
    def _one_way_in(self) -> "MatrixSettings":
        given = [self.password, self.password_file, self.access_token, self.access_token_file]
        if sum(each is not None for each in given) != 1:
            raise ValueError("donnez un seul de : password, password_file, access_token, access_token_file")
        if (self.access_token or self.access_token_file) and not self.device_id:
            raise ValueError("un access_token demande aussi device_id")
        return self


class StorageSettings(Part):
    """``[storage]``: where the town's memory is."""

    directory: Path = Path("data")
    database: str = ""
    key_file: Path = Path("secrets/storage")
    max_file_mb: int = Field(50, gt=0, le=1000)


class WebSettings(Part):
    """``[web]``: where the health page listens."""

    listen: str = Field("", pattern=r"^$|^[^:\s]+:\d{1,5}$")
    public_url: str = ""


class MembersSettings(Part):
    """``[members]``: the roll."""

    file: Path = Path("membres.csv")


class RemindersSettings(Part):
    """``[reminders]``: how long before a session its members are reminded, in hours."""

    hours: tuple[Annotated[float, Field(gt=0, le=2400)], ...] = tuple(
        offset.total_seconds() / 3600 for offset in DEFAULT_REMINDERS
    )

    @property
    def offsets(self) -> tuple[timedelta, ...]:
        """The same as durations, longest first."""
        return tuple(timedelta(hours=hours) for hours in sorted(self.hours, reverse=True))


class QuestionsSettings(Part):
    """``[questions]``: how long before a session the house rules want oral questions."""

    notice_hours: float = Field(NOTICE.total_seconds() / 3600, ge=0, le=2400)


class BackupSettings(Part):
    """``[backup]``: nightly backups, and the passphrase that seals them; none are made while there is no directory."""

    directory: Path | None = None
    keep: int = Field(7, ge=1, le=1000)
    hour: int = Field(3, ge=0, le=23)
    passphrase_file: Path | None = None


class BodySettings(Part):
    """``[[bodies]]``: an organ of the commune."""

    code: str = Field(pattern=r"^[A-Z][A-Z0-9]{0,9}$")
    name: str = Field(min_length=1, max_length=120)
    kind: BodyKind
    delay_days: int | None = Field(None, ge=1, le=60)


class Settings(BaseSettings):
    """One town's configuration, read once, with absolute paths."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX,
        env_nested_delimiter="__",
        extra="forbid",
        frozen=True,
        nested_model_default_partial_update=True,
    )
    commune: CommuneSettings
    matrix: MatrixSettings
    storage: StorageSettings = StorageSettings()
    web: WebSettings = WebSettings()
    members: MembersSettings = MembersSettings()
    reminders: RemindersSettings = RemindersSettings()
    questions: QuestionsSettings = QuestionsSettings()
    backup: BackupSettings = BackupSettings()
    mail: MailSettings = MailSettings()
    bodies: tuple[BodySettings, ...] = Field(min_length=1)
    _path: Path = PrivateAttr(Path("appariteur.toml"))

    @property
    def path(self) -> Path:
        """The file it was read from, absolute."""
        return self._path

    @classmethod
    def settings_customise_sources(
        cls, settings_cls: type[BaseSettings], init_settings: PydanticBaseSettingsSource, *_: Any, **__: Any
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """The environment first, then the file's tables (given at construction)."""
        return EnvSettingsSource(settings_cls), init_settings

    @field_validator("bodies")
    @classmethod
    def _consistent(cls, bodies: tuple[BodySettings, ...]) -> tuple[BodySettings, ...]:
        if any(body.delay_days and body.kind not in (BodyKind.COMMISSION, BodyKind.GROUP) for body in bodies):
            raise ValueError("delay_days ne se donne qu'à une commission ou un groupe ; ailleurs, la loi fixe le délai")
        codes = [body.code for body in bodies]
        for code in codes:
            if codes.count(code) > 1:
                raise ValueError(f"le code {code} est donné deux fois")
        return bodies

    @model_validator(mode="after")
    def _known_bodies(self) -> "Settings":
        codes = {body.code for body in self.bodies} | {
            EVERYONE for body in self.bodies if body.kind is BodyKind.COUNCIL
        }
        for sender, code in self.mail.senders.items():
            if code not in codes:
                raise ValueError(f"mail.senders : « {sender} » va à « {code} », qui n'est le code d'aucune instance")
        return self

    @property
    def secret(self) -> SecretStr:
        """The account's password or token, wherever it is kept.

        Raises:
            SettingsError: its file is missing or empty.
        """
        given = self.matrix.password or self.matrix.access_token
        path = self.matrix.password_file or self.matrix.access_token_file
        if given is not None or path is None:
            return given or SecretStr("")
        return _kept_in(path, "matrix.password_file" if self.matrix.password_file else "matrix.access_token_file")

    @property
    def mail_password(self) -> SecretStr | None:
        """The relay's password, when it wants one.

        Raises:
            SettingsError: its file is missing or empty.
        """
        path = self.mail.password_file
        return _kept_in(path, "mail.password_file") if path else None

    @property
    def mailbox_password(self) -> SecretStr:
        """The password of the mailbox that is read.

        Raises:
            SettingsError: its file is missing or empty.
        """
        path = self.mail.imap_password_file
        return _kept_in(path, "mail.imap_password_file") if path else SecretStr("")


def _kept_in(path: Path, key: str) -> SecretStr:
    try:
        value = path.read_text().strip()
    except OSError as error:
        raise SettingsError(f"{key} : le fichier {path} ne se lit pas ({why(error)}).") from error
    if not value:
        raise SettingsError(f"{key} : le fichier {path} est vide.")
    return SecretStr(value)


def load(path: Path) -> Settings:
    """Read a configuration; relative paths start at its folder.

    Raises:
        SettingsError: one French line that names what is wrong.
    """
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise SettingsError(f"{path} ne se lit pas : {why(error)}.") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(f"{path} n'est pas un fichier TOML correct : {error}.") from error
    _refuse_unknown_variables()
    try:
        settings = Settings(**tables)
    except ValidationError as error:
        raise SettingsError(f"{path} : {_first_fault(error)}") from None
    settings = _anchored(settings, path.resolve().parent)
    settings._path = path.resolve()
    return settings


def _anchored(settings: Settings, folder: Path) -> Settings:
    """The same configuration with every path made absolute."""
    updates: dict[str, Part] = {}
    for name in ("matrix", "storage", "members", "backup", "mail"):
        part = getattr(settings, name)
        paths = {key: folder / value for key, value in part if isinstance(value, Path)}
        updates[name] = part.model_copy(update=paths)
    return settings.model_copy(update=updates)


def _refuse_unknown_variables() -> None:
    """A mistyped ``APPARITEUR_…`` must not be silently without effect."""
    for name in os.environ:
        first = name.removeprefix(PREFIX).split("__")[0].lower()
        if name.startswith(PREFIX) and "__" in name and first not in Settings.model_fields:
            raise SettingsError(f"La variable d'environnement {name} ne correspond à aucune clé.")


def _first_fault(error: ValidationError) -> str:
    """The first fault, in French, by its key."""
    fault = error.errors(include_url=False, include_input=False)[0]
    key = ".".join(str(part) for part in fault["loc"]) or "configuration"
    match fault["type"]:
        case "extra_forbidden":
            return f"la clé « {key} » est inconnue{_nearest(fault['loc'])}"
        case "missing":
            return f"la clé « {key} » manque."
        case "value_error":
            return f"{key} : {fault['ctx']['error']!s}."
        case "enum":
            return f"{key} : valeur inconnue ; on attend {fault['ctx']['expected']}."
        case _:
            return f"{key} : valeur incorrecte ({fault['msg']})."


def _nearest(location: tuple[int | str, ...]) -> str:
    known: dict[str, Any] = dict(Settings.model_fields)
    for part in location[:-1]:
        annotation = known[str(part)].annotation if str(part) in known else BodySettings
        known = dict(getattr(annotation, "model_fields", BodySettings.model_fields))
    close = get_close_matches(str(location[-1]), list(known), n=1)
    return f" ; vouliez-vous « {close[0]} » ?" if close else "."
