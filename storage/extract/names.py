"""Names that strangers gave to files, made safe to show and to keep."""

from council.french import tidy

_LONGEST = 120


def safe_name(name: str) -> str:
    """A file's name without folders, controls nor tricks of direction; its end is kept, as it says the kind."""
    return _flat(name).rsplit("/", 1)[-1].strip(". ")[-_LONGEST:] or "fichier"


def safe_path(name: str) -> str:
    """A file's name in an archive with its folders, none of which leads above or to the root."""
    steps = (step.strip(". ")[-_LONGEST:] for step in _flat(name).split("/"))
    return "/".join(filter(None, steps)) or "fichier"


def _flat(name: str) -> str:
    return tidy(name).replace("\\", "/").replace("\n", " ")
