"""Leaving is easy: all that a town keeps in plain folders and open formats, readable without this program."""

from bot.leaving.export import export
from bot.leaving.parcel import ExportError

__all__ = ["ExportError", "export"]
