"""What the system refuses, in French: its own words are English, and for engineers."""

import errno

WORDS = {
    errno.ENOENT: "il n'existe pas",
    errno.EACCES: "l'accès en est refusé",
    errno.EPERM: "l'accès en est refusé",
    errno.EISDIR: "c'est un dossier",
    errno.ENOTDIR: "son chemin passe par un fichier",
    errno.ENOSPC: "le disque est plein",
    errno.EROFS: "le disque n'accepte pas d'écriture",
    errno.EADDRINUSE: "cette adresse est déjà prise",
    errno.EIO: "le disque est en panne",
}


def why(error: OSError) -> str:
    """The reason of a system's refusal; its own words when it is a rare one."""
    return WORDS.get(error.errno or 0, error.strerror or str(error))
