"""Names that strangers gave to files, made safe to show and to keep."""

from council.french import tidy

_LONGEST = 120


def safe_name(name: str) -> str:
    """A file's name without folders, controls nor tricks of direction; its end is kept, as it says the kind."""
    flat = tidy(name).replace("\\", "/").replace("\n", " ").rsplit("/", 1)[-1].strip(". ")
    return flat[-_LONGEST:] or "fichier"
