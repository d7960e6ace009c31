"""A letter as mail programs open it: an Internet message (RFC 5322) with text, HTML and a picture (RFC 2046, 2387).

It is written here, and read in the tests by Python's parser and by others: EmailMessage would decode words of a name
that look encoded, so that what is written is no longer what was checked, and takes ten times as long.
"""

import re
from binascii import b2a_base64, b2a_qp
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from email.header import Header
from email.utils import format_datetime

from email_validator import validate_email

_PHRASE = re.compile(r"[A-Za-z0-9][A-Za-z0-9 '-]{0,59}")  # needs neither quotation marks nor code
_PLAIN = re.compile(r"(?!.*=\?)[!-~](?:[ -~]{0,58}[!-~])?")  # text of a header that needs no code
_LINE = 76  # characters of a line with an encoded word (RFC 2047, section 2)
_BASE64_LINE = 57  # bytes; 76 characters (RFC 2045, section 6.8)


@dataclass(frozen=True, slots=True)
class Mailbox:
    """A name, which may be empty, and an address (RFC 5322, section 3.4)."""

    name: str
    address: str


@dataclass(frozen=True, slots=True)
class Envelope:
    """Who writes to whom about what, when, in which language; answers go to `answers`."""

    sender: Mailbox
    to: Mailbox
    answers: str
    subject: str
    language: str
    now: datetime


@dataclass(frozen=True, slots=True)
class Parts:
    """What a letter says, as text and as HTML, and the `picture_part` that the HTML shows."""

    text: str
    html: str
    picture: bytes


def message(envelope: Envelope, parts: Parts, mark: str) -> bytes:
    """The message, open for a person to send (X-Unsent); `mark`, letters and hyphens, is in no other message.

    It has a Date, as every message must; whoever sends it writes their own, and its Message-ID. What is better comes
    last: HTML with its picture, after text (RFC 2046, section 5.1.4).
    """
    page = _joined(f"=_{mark}_2", _text_part("html", parts.html), parts.picture)
    related = f'Content-Type: multipart/related; type="text/html";\r\n boundary="=_{mark}_2"\r\n\r\n'.encode() + page
    body = _joined(f"=_{mark}_1", _text_part("plain", parts.text), related)
    return "".join(_fields(envelope, mark)).encode() + b"\r\n" + body


def picture_part(png: bytes, name: str) -> bytes:
    """The picture of a badge, which HTML shows by its `name` (cid: of RFC 2392); it is the same in all letters.

    It is called otherwise than badge.png, which the award's page has: nothing is baked into this one.
    """
    fields = (
        'Content-Type: image/png; name="picture.png"',
        "Content-Transfer-Encoding: base64",
        f"Content-ID: <{name}>",
        'Content-Disposition: inline; filename="picture.png"',
    )
    lines = (b2a_base64(png[at : at + _BASE64_LINE], newline=False) for at in range(0, len(png), _BASE64_LINE))
    return "".join(f"{field}\r\n" for field in fields).encode() + b"\r\n" + b"\r\n".join(lines)


def deliverable(address: str) -> str:
    """An address as mail is sent to it: the domain in ASCII (RFC 5891); what is before the @ may be in UTF-8 (6532)."""
    found = validate_email(address, check_deliverability=False, test_environment=False)
    return found.ascii_email or f"{found.local_part}@{found.ascii_domain}"


def _fields(envelope: Envelope, mark: str) -> Iterator[str]:
    subject = envelope.subject
    yield f"From: {_mailbox(envelope.sender, 'From')}\r\n"
    if envelope.answers != envelope.sender.address:
        yield f"Reply-To: {deliverable(envelope.answers)}\r\n"
    yield f"To: {_mailbox(envelope.to, 'To')}\r\n"
    yield f"Subject: {subject if _PLAIN.fullmatch(subject) else _encoded(subject, 'Subject')}\r\n"
    yield f"Date: {format_datetime(envelope.now)}\r\n"
    yield f"Content-Language: {envelope.language}\r\n"
    yield "X-Unsent: 1\r\nMIME-Version: 1.0\r\n"
    yield f'Content-Type: multipart/alternative;\r\n boundary="=_{mark}_1"\r\n'


def _mailbox(mailbox: Mailbox, field: str) -> str:
    address = deliverable(mailbox.address)
    if not mailbox.name:
        return address
    if _PHRASE.fullmatch(mailbox.name):
        return f"{mailbox.name} <{address}>"
    return f"{_encoded(mailbox.name, field)}\r\n <{address}>"


def _encoded(words: str, field: str) -> str:
    """Words in encoded words, each on a line of its own; nothing of them is left to be taken for anything else."""
    return Header(words, "utf-8", maxlinelen=_LINE, header_name=field).encode(splitchars="", linesep="\r\n")


def _text_part(kind: str, text: str) -> bytes:
    """A text in quoted-printable, which breaks long lines, and so long links, in a way that is undone in reading."""
    fields = f"Content-Type: text/{kind}; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
    return fields.encode() + b2a_qp(text.replace("\n", "\r\n").encode())


def _joined(boundary: str, *parts: bytes) -> bytes:
    """A multipart body; "=_" is in no base64 and no quoted-printable (RFC 2045, section 6.7), so no part ends it."""
    between = f"--{boundary}\r\n".encode()
    return b"".join(between + part + b"\r\n" for part in parts) + f"--{boundary}--\r\n".encode()
