"""E-mail addresses as people write them in lists."""

import re

from email_validator import EmailNotValidError, validate_email

from badgesite.model.scalars import fault, shown

_IN_BRACKETS = re.compile(r"[^<>]*<([^<>]*)>")
_NAMED = re.compile(r"([^<>]+)<[^<>]*>")
_UNSEEN = "\u200b\u200c\u200d\u2060\ufeff\u00ad"  # come along when one copies from a web page


def read_address(written: str) -> str:
    """The address trimmed and in lower case, out of `Ada <ada@example.org>` or `mailto:` too.

    A PydanticCustomError if it is none. Nothing is asked of the network, and nothing else about it is made alike: any
    software must come to the same hash from what the holder types (docs/formats.md, Award records).
    """
    text = _trimmed(written)
    if found := _IN_BRACKETS.fullmatch(text):
        text = _trimmed(found[1])
    if text[:7].lower() == "mailto:":
        text = _trimmed(text[7:])
    if text.count("@") > 1 and re.search(r"[;,\s]", text):
        mend = "give each person a row of a list, and one address"
        raise fault("email", f"{shown(written)} holds several addresses", mend)
    try:
        validate_email(text, check_deliverability=False, test_environment=False)
    except (EmailNotValidError, UnicodeError) as error:
        why = str(error).rstrip(".")
        raise fault("email", f"{shown(written)} is not an e-mail address", f"{why[:1].lower()}{why[1:]}") from error
    return text.lower()


def _trimmed(text: str) -> str:
    before = ""
    while before != text:
        before, text = text, text.strip().strip(_UNSEEN)
    return text


def name_beside(written: str) -> str | None:
    """The name in `Ada Esempio <ada@example.org>`; None if there is none."""
    found = _NAMED.fullmatch(written.translate(_UNSEEN).strip())
    name = found[1].strip(" \"'") if found else ""
    return name if name and "@" not in name else None


def domain_of(address: str) -> str:
    """What stands behind the @."""
    return address.rpartition("@")[2]
