"""What people can ask, in French: one file per word typed. This page is the kit's face, ``ls`` the contents."""

from commands._address import Spoken, listen
from commands._arguments import NO, NOWHERE, Number, Onward, Place, Venue, Words, Yes, after, words
from commands._context import Attached, Commune, Context, Document, Message, Option, Reply, mention
from commands._dates import DatedText, MaybeDay, MaybePeriod, Moment, PlannedText
from commands._enclosed import file_late, file_unpacked
from commands._events import Dropped, Happening, Redacted
from commands._facts import Facts, MailboxFacts
from commands._hearing import answer, react
from commands._kit import command, due, registry, when
from commands._mailed import Posted, file_mail, left_aside, room_for
from commands._named import BodyBeforeText, InBody, MaybeBody, Member, Ref
from commands._offers import numbered, onward, yes_or_no
from commands._polls import hear_vote
from commands._tell import content_of, owe, owe_files
from commands._welcome import welcome
from commands._words import by_number, plain
from council.refusals import Refusal
from council.roles import Role

__all__ = [
    "NO",
    "NOWHERE",
    "Attached",
    "BodyBeforeText",
    "Commune",
    "Context",
    "DatedText",
    "Document",
    "Dropped",
    "Facts",
    "Happening",
    "InBody",
    "MailboxFacts",
    "MaybeBody",
    "MaybeDay",
    "MaybePeriod",
    "Member",
    "Message",
    "Moment",
    "Number",
    "Onward",
    "Option",
    "Place",
    "PlannedText",
    "Posted",
    "Redacted",
    "Ref",
    "Refusal",
    "Reply",
    "Role",
    "Spoken",
    "Venue",
    "Words",
    "Yes",
    "after",
    "answer",
    "by_number",
    "command",
    "content_of",
    "due",
    "file_late",
    "file_mail",
    "file_unpacked",
    "hear_vote",
    "left_aside",
    "listen",
    "mention",
    "numbered",
    "onward",
    "owe",
    "owe_files",
    "plain",
    "react",
    "registry",
    "room_for",
    "welcome",
    "when",
    "words",
    "yes_or_no",
]
