"""What can go wrong with a homeserver, sorted by what one can do about it."""


class MatrixError(Exception):
    """Anything that Matrix refused or lost; the message is for the log and never holds what people wrote."""


class Unreachable(MatrixError):
    """The homeserver is down, too slow, or answers 5xx: nothing is known to have changed, try again later."""


class Limited(Unreachable):
    """The homeserver asks to slow down (429, M_LIMIT_EXCEEDED); ``retry_after`` is a number of seconds."""

    def __init__(self, retry_after: float) -> None:
        super().__init__(f"the homeserver asks to wait {retry_after:.1f} s")
        self.retry_after = retry_after


class Rejected(MatrixError):
    """The homeserver said no (4xx): trying the same again is useless. ``code`` is its M_… word."""

    def __init__(self, status: int, code: str, message: str = "") -> None:
        super().__init__(f"{status} {code} {message}".rstrip())
        self.status = status
        self.code = code


class SignedOut(Rejected):
    """The access token is no longer good: the device was signed out, or the account deactivated."""


class KeysLost(MatrixError):
    """This device's encryption keys are gone or no longer the published ones: only a new device can help."""


class IdentityLost(MatrixError):
    """The account has an identity whose seeds are not here: restore the backup, or give the recovery key."""


class InUse(MatrixError):
    """Another process already runs with this directory: two on one crypto store would spoil its ratchets."""


class StoreFailed(Exception):
    """The crypto store can't be written (a full disk): what is in memory is no longer what is kept.

    A key that came and was not kept would be lost for good once acknowledged: the account has to be opened again.
    """


ENDS = (SignedOut, StoreFailed)
"""What ends a bot's run, whatever it was doing: the others are tried again where they happen."""


class Undecryptable(MatrixError):
    """An encrypted event can't be read: its key has not arrived, or it was tampered with or replayed."""


class FileTooBig(MatrixError):
    """A file is over the limit; ``limit`` is that limit in bytes."""

    def __init__(self, limit: int) -> None:
        super().__init__(f"more than {limit} bytes")
        self.limit = limit


class FileDamaged(MatrixError):
    """A received file is not what its sender announced: its hash differs, or its description makes no sense."""


class FileGone(MatrixError):
    """The homeserver no longer has, or never had, this file."""
