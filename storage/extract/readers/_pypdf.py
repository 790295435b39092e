"""All of pypdf, loaded before the doors close: past the confinement no module can be read."""

import contextlib
import encodings.cp1252
import encodings.latin_1
import encodings.mac_roman
import encodings.utf_16
import encodings.utf_16_be  # noqa: F401 - as the rest: never found once it is missed
import importlib
import pkgutil

import pypdf

__all__ = ["pypdf"]
for _module in pkgutil.walk_packages(pypdf.__path__, "pypdf."):
    with contextlib.suppress(ImportError):  # what needs a library that isn't there
        importlib.import_module(_module.name)
