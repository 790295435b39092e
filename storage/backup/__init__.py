"""A town in one file: database, documents, keys and configuration, written whole, read back, and brought to life elsewhere."""

from storage.backup.archive import Archive, BackupError, Manifest, extract, read_back
from storage.backup.database import documents, load, mark_restored, snapshot

__all__ = [
    "Archive",
    "BackupError",
    "Manifest",
    "documents",
    "extract",
    "load",
    "mark_restored",
    "read_back",
    "snapshot",
]
