"""A letter is an Internet message that any software reads as it was meant, whatever names and texts hold."""

import email
from datetime import UTC, datetime
from email import policy
from email.header import decode_header, make_header
from email.message import EmailMessage
from email.utils import getaddresses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from badgesite.letters.message import Envelope, Mailbox, Parts, deliverable, message, picture_part
from badgesite.letters.view import one_line

NOW = datetime(2026, 7, 14, 9, 30, tzinfo=UTC)
PNG = bytes(range(256)) * 40
LINK = f"https://badges.example.edu/{'very-' * 80}long/"
TEXT = f"Ciao è 😀\n.\n=41 =\nFrom here  \n{LINK}\n--=_mark_1\nend"
HTML = f'<p>{"è" * 500}</p>\n<a href="{LINK}">--=_mark_2</a>\n'
NAMES = {
    "plain": "Ada Esempio",
    "apostrophe": "Ada O'Neil-Rossi",
    "quotes and comma": 'Esempio, Ada "the Great" PhD',
    "accents": "Zoë Müller, Łódź",
    "right to left": "שרה כהן",
    "emoji": "Ada 👩‍🎓😀",
    "another address": "Ada <evil@example.org>, Bo <bo@example.org>",
    "group": "friends: a@b.example, c@d.example;",
    "comment": "Ada (a friend",
    "looks encoded": "=?utf-8?q?evil=40example=2Eorg?= <evil@example.org>,",
    "encoded line feed": "=?utf-8?q?Ada=0D=0ABcc:_evil=40example=2Eorg?=",
    "backslash": 'Ada \\" B',
    "an address": "ada@example.org",
    "a dot": ".",
    "long": "Anna Maria " * 30,
    "long and foreign": "Йоханн Себастьян " * 30,
    "one long word": "x" * 300,
}
FIELDS = ["From", "Reply-To", "To", "Subject", "Date", "Content-Language", "X-Unsent", "MIME-Version", "Content-Type"]


def letter(name: str = "Ada", address: str = "ada@example.org", subject: str = "Your badge") -> bytes:
    envelope = Envelope(
        sender=Mailbox("Università di Esempio", "openbadge@example.edu"),
        to=Mailbox(one_line(name), address),
        answers="help@example.edu",
        subject=one_line(subject),
        language="it",
        now=NOW,
    )
    return message(envelope, Parts(TEXT, HTML, picture_part(PNG, "b2.picture@badges.example.edu")), "mark")


def read(data: bytes) -> EmailMessage:
    found = email.message_from_bytes(data, policy=policy.default)
    assert isinstance(found, EmailMessage)
    return found


def words(data: bytes, field: str) -> str:
    """A field as it was written, its encoded words read (RFC 2047)."""
    return str(make_header(decode_header(str(email.message_from_bytes(data)[field]).replace("\r\n", ""))))


def receivers(data: bytes) -> list[str]:
    return [address for _, address in getaddresses([str(email.message_from_bytes(data)["To"])])]


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
def test_a_name_stays_a_name_and_a_subject_a_subject(name: str) -> None:
    data = letter(name, subject=name)
    found = read(data)
    assert found.keys() == FIELDS
    assert not found.defects
    assert words(data, "To") == f"{one_line(name)} <ada@example.org>"
    assert words(data, "Subject") == one_line(name)
    assert [address.addr_spec for address in found["To"].addresses] == receivers(data) == ["ada@example.org"]
    head = data.partition(b"\r\n\r\n")[0]
    assert head.isascii()
    assert max(map(len, head.split(b"\r\n"))) <= 78


@given(st.text(st.characters(blacklist_categories=["Cs"]), max_size=200))
def test_no_name_adds_a_field_or_a_receiver(name: str) -> None:
    data = letter(name, subject=name)
    assert email.message_from_bytes(data).keys() == FIELDS
    assert receivers(data) == ["ada@example.org"]
    assert read(data)["From"].addresses[0].addr_spec == "openbadge@example.edu"


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\x0b", "\x0c", "\x1c", "\x85", "\u2028", "\u2029"])
def test_what_ends_a_line_anywhere_ends_none_here(end: str) -> None:
    data = letter(f"Ada{end}Bcc: evil@example.org", subject=f"B2{end}Bcc: evil@example.org")
    assert read(data)["Bcc"] is None
    assert words(data, "Subject") == "B2 Bcc: evil@example.org"
    with pytest.raises(ValueError, match=r"@|character"):
        letter(address=f"ada@example.org{end}Bcc: evil@example.org")


@pytest.mark.parametrize(
    ("address", "sent_to"),
    [
        ("ada+badges@example.org", "ada+badges@example.org"),
        ("=ada@example.org", "=ada@example.org"),
        ("o'neil@example.org", "o'neil@example.org"),
        ("ada@università.example.it", "ada@xn--universit-y1a.example.it"),
        ("用户@例え.jp", "用户@xn--r8jz45g.jp"),
        (f"{'a' * 64}@{'b' * 63}.{'c' * 60}.example.org", f"{'a' * 64}@{'b' * 63}.{'c' * 60}.example.org"),
    ],
    ids=["plus", "equals", "apostrophe", "domain in UTF-8", "all in UTF-8", "long"],
)
def test_an_address_is_written_as_mail_is_sent_to_it(address: str, sent_to: str) -> None:
    assert deliverable(address) == sent_to
    assert f"To: Ada <{sent_to}>\r\n".encode() in letter(address=address)
    assert f"To: {sent_to}\r\n".encode() in letter(name="", address=address)


def test_the_parts_come_back_as_they_were_and_long_links_are_whole() -> None:
    data = letter()
    found = read(data)
    assert [part.get_content_type() for part in found.walk()] == [
        "multipart/alternative",
        "text/plain",
        "multipart/related",
        "text/html",
        "image/png",
    ]
    assert all(not part.defects for part in found.walk())
    plain, page = found.get_body(("plain",)), found.get_body(("html",))
    assert plain
    assert page
    assert plain.get_content().replace("\r\n", "\n") == TEXT
    assert page.get_content().replace("\r\n", "\n") == HTML
    *_, picture = found.walk()
    assert picture.get_content() == PNG
    assert picture["Content-ID"] == "<b2.picture@badges.example.edu>"
    assert picture.get_content_disposition() == "inline"
    assert data.count(b"\n") == data.count(b"\r\n")
    assert max(map(len, data.split(b"\r\n"))) <= 78


def test_it_is_a_draft_of_a_day_from_the_issuer_with_answers_to_the_contact() -> None:
    found = read(letter())
    assert found["X-Unsent"] == "1"
    assert found["Date"].datetime == NOW
    assert found["From"].addresses[0].display_name == "Università di Esempio"
    assert str(found["Reply-To"]) == "help@example.edu"
    assert found["Message-ID"] is None
    assert found["Bcc"] is None
