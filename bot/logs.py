"""Logs: structured, one line each, never a message's text, a document's, or a secret."""

import logging
import sys
from contextlib import suppress
from typing import TextIO, cast

import structlog


class Stderr:
    """Standard error, where a line that can't be written (to a file on a full disk) is dropped: no log is worth a command."""

    def write(self, text: str) -> int:
        """Write, or not."""
        with suppress(OSError):
            sys.stderr.write(text)
        return len(text)

    def flush(self) -> None:
        """Let go what was written, if it can be."""
        with suppress(OSError):
            sys.stderr.flush()


def configure(*, human: bool = False, level: int = logging.INFO) -> None:
    """Send logs to standard error, as JSON, or readable in a terminal.

    Libraries only speak from warnings up; the Matrix library's warnings may quote events, so it is silent.
    """
    logging.basicConfig(level=logging.WARNING, stream=sys.stderr, format="%(name)s %(levelname)s %(message)s")
    for noisy in ("nio", "peewee", "aiohttp", "apscheduler"):
        logging.getLogger(noisy).setLevel(logging.CRITICAL)
    renderer = (
        structlog.dev.ConsoleRenderer(exception_formatter=structlog.dev.plain_traceback)
        if human
        else structlog.processors.JSONRenderer(ensure_ascii=False)
    )
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso"),
            *([] if human else [structlog.processors.format_exc_info]),
            renderer,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.PrintLoggerFactory(cast(TextIO, Stderr())),
        cache_logger_on_first_use=True,
    )
