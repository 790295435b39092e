"""All of pypdf, loaded before the doors close: past the confinement no module can be read."""

import contextlib
import importlib
import pkgutil

import pypdf

__all__ = ["pypdf"]
for _module in pkgutil.walk_packages(pypdf.__path__, "pypdf."):
    with contextlib.suppress(ImportError):  # what needs a library that isn't there
        importlib.import_module(_module.name)
