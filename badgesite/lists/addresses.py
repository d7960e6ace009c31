"""E-mail addresses as people write them in lists."""

import re
from hashlib import sha256

from email_validator import EmailNotValidError, validate_email

from badgesite.model.scalars import fault

_IN_BRACKETS = re.compile(r"[^<>]*<([^<>]*)>")
_UNSEEN = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad"))  # come along when one copies from a web page


def read_address(written: str) -> str:
    """The address in lower case, out of `Ada <ada@example.org>` or `mailto:` too; a PydanticCustomError if it is none.

    Nothing is asked of the network. What counts as one address is what hashes alike: trimmed, lower case, composed
    characters, the domain in its own script.
    """
    text = written.translate(_UNSEEN).strip()
    if found := _IN_BRACKETS.fullmatch(text):
        text = found[1].strip()
    if text[:7].lower() == "mailto:":
        text = text[7:].strip()
    shown = written.strip() if len(written) < 100 else f"{written.strip()[:100]}..."
    if text.count("@") > 1 and re.search(r"[;,\s]", text):
        raise fault("email", f'"{shown}" holds several addresses', "give each person a row and one address")
    try:
        found_address = validate_email(text, check_deliverability=False, test_environment=False).normalized.lower()
    except (EmailNotValidError, UnicodeError) as error:
        why = str(error).rstrip(".")
        raise fault("email", f'"{shown}" is not an e-mail address', f"{why[:1].lower()}{why[1:]}") from error
    return found_address


def domain_of(address: str) -> str:
    """What stands behind the @."""
    return address.rpartition("@")[2]


def hashed(address: str, salt: str) -> str:
    """The identity of an address as awards record it (OB 2.0 IdentityHash): the salt comes after the address."""
    return f"sha256${sha256(f'{address}{salt}'.encode()).hexdigest()}"
