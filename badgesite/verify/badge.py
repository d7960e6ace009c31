"""What is put before us to verify: a document, a token or a picture, read to the badges that it carries.

Nothing is believed here, and nothing asked of anybody: it is said only which standard a badge is of, in which form, and
what its document says. What is no badge that we can verify is `UnreadableError`, with a word for why.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from badgesite.crypto.strict_json import read_json
from badgesite.crypto.tokens import Token, read_token
from badgesite.errors import FormatError
from badgesite.standards.baking import Payload, unbake
from badgesite.standards.ob2_properties import values_of

Form = Literal["ob2", "ob2-jws", "ob3", "ob3-jwt"]
Carrier = Literal["json", "jwt", "png", "svg"]
Document = Mapping[str, object]

OB2_CONTEXT = "https://w3id.org/openbadges/v2"
CREDENTIAL_CONTEXTS = ("https://www.w3.org/ns/credentials/v2", "https://www.w3.org/2018/credentials/v1")
_OLD_CONTEXT = "https://w3id.org/openbadges/v1"
_CREDENTIAL_TYPES = frozenset(
    ("VerifiableCredential", "OpenBadgeCredential", "AchievementCredential", "EndorsementCredential")
)
_OTHER_TYPES = frozenset(
    ("BadgeClass", "Issuer", "Profile", "RevocationList", "CryptographicKey", "Endorsement", "Achievement")
)
_LIST_TYPE = "BitstringStatusListCredential"
_PNG = b"\x89PNG\r\n\x1a\n"
_BLANK = b"\xef\xbb\xbf \t\r\n"  # a byte order mark, and what may stand before a document
_PAGE = re.compile(  # nothing in it is tried twice, so that no file makes it slow
    rb"(?:<\?xml[^>]*>|<!--(?:(?!-->).)*-->|\s)*<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL
)
_TOKEN = re.compile(rb"[A-Za-z0-9_-]+\.[A-Za-z0-9_-]*\.[A-Za-z0-9_-]*")
_ADDRESS = re.compile(rb"https?://\S+", re.IGNORECASE)


class UnreadableError(FormatError):
    """What is put before us is no badge that can be verified; `code` says why, as the code of a Check does."""

    def __init__(self, message: str, code: str = "unreadable") -> None:
        super().__init__(message)
        self.code = code


@dataclass(frozen=True, slots=True)
class Badge:
    """An award as it was put before us: `text` to the letter, `carrier` the kind of file, `address` where it was read.

    `document` is the assertion or credential: of a token its claims, and of those of VCDM 1.1 what stands under `vc`.
    A picture may carry no more than the address of an assertion: its document then has an `id` and nothing else.
    """

    form: Form
    document: Document
    text: bytes
    token: Token | None
    carrier: Carrier
    address: str | None = None

    @property
    def id(self) -> str:
        """The badge's own id; "" if it has none."""
        found = self.document.get("id")
        return found if isinstance(found, str) else ""


def is_page(data: bytes) -> bool:
    """Whether a file is a web page, for people, rather than a badge."""
    return _PAGE.match(data.strip(_BLANK)) is not None


def read_badges(data: bytes, address: str | None = None) -> tuple[Badge, ...]:
    """The badges in a file: one, or one of each standard from a picture with both; UnreadableError if there are none.

    `address` is where the file was read, if it was read at one.
    """
    bare = data.strip(_BLANK)
    if not bare:
        raise UnreadableError("the file is empty", "empty")
    if data.startswith(_PNG):
        return _picture(data, "png", address)
    if is_page(bare):
        what = "this is a web page; name the award's assertion.json, credential.json or picture, which it links to"
        raise UnreadableError(what)
    if bare.startswith(b"<"):
        return _picture(data, "svg", address)
    if bare.startswith((b"{", b"[")):
        return (_document(bare, "json", address),)
    if _TOKEN.fullmatch(bare):
        return (_signed(bare, "jwt", address),)
    if _ADDRESS.fullmatch(bare):
        raise UnreadableError(
            f"the file holds the address of a badge; name the address itself: {bare.decode('ascii', 'replace')}"
        )
    raise UnreadableError("the file is neither JSON nor a JWT, a PNG or an SVG")


def _picture(image: bytes, carrier: Carrier, address: str | None) -> tuple[Badge, ...]:
    try:
        found = unbake(image)
    except FormatError as error:
        raise UnreadableError(str(error)) from error
    if not found:
        raise UnreadableError("the picture carries no badge", "empty")
    if len({payload.standard for payload in found}) < len(found) or not all(payload.alone for payload in found):
        raise UnreadableError(
            "the picture carries several badges of one standard: nobody can say which is meant", "several"
        )
    return tuple(_carried(payload, carrier, address) for payload in found)


def _carried(payload: Payload, carrier: Carrier, address: str | None) -> Badge:
    """The badge in a picture, which must be of the standard that its place in the picture says."""
    text = payload.text.strip().encode("utf-8", "surrogatepass")
    badge = _of_text(payload, text, carrier, address)
    if not badge.form.startswith(payload.standard):
        raise UnreadableError("the picture carries a badge of another standard than it says")
    if not _is_named(badge, payload.verify):
        words = "the picture carries one badge in its `verify` attribute, and another in its text"
        raise UnreadableError(words, "several")
    return badge


def _of_text(payload: Payload, text: bytes, carrier: Carrier, address: str | None) -> Badge:
    if payload.form == "address" and payload.standard == "ob2":
        return Badge("ob2", {"id": payload.text.strip()}, text, None, carrier, address)
    if payload.form not in ("document", "signed"):
        raise UnreadableError("what the picture carries is no badge")
    return (_document if payload.form == "document" else _signed)(text, carrier, address)


def _is_named(badge: Badge, verify: str) -> bool:
    """Whether what stands in `verify` beside a badge is that badge: its id, or itself (OB 2.0, Baking SVGs)."""
    return not verify or verify == badge.id or verify.encode("utf-8", "replace") == badge.text


def _document(text: bytes, carrier: Carrier, address: str | None) -> Badge:
    try:
        document = read_json(text)
    except FormatError as error:
        raise UnreadableError(str(error)) from error
    if not isinstance(document, Mapping):
        raise UnreadableError("the file is JSON, but not one badge; put a single document before us")
    return Badge(_standard(document), document, text, None, carrier, address)


def _signed(text: bytes, carrier: Carrier, address: str | None) -> Badge:
    try:
        token = read_token(text)
    except FormatError as error:
        raise UnreadableError(str(error)) from error
    wrapped = token.claims.get("vc")
    document = wrapped if isinstance(wrapped, Mapping) else token.claims
    form: Form = "ob2-jws" if _standard(document) == "ob2" else "ob3-jwt"
    return Badge(form, document, text, token, carrier, address)


def _standard(document: Document) -> Literal["ob2", "ob3"]:
    """The standard that a document says it follows, by contexts and types; UnreadableError if it is no award of one."""
    contexts = {each for each in values_of(document, "@context") if isinstance(each, str)}
    types = {each for each in values_of(document, "type") if isinstance(each, str)}
    if _LIST_TYPE in types:
        raise UnreadableError("this is a list of what is revoked, not an award; name a credential that it is about")
    if contexts.intersection(CREDENTIAL_CONTEXTS) or types & _CREDENTIAL_TYPES:
        return "ob3"
    if _OLD_CONTEXT in contexts or (not contexts and "badge" in document and "recipient" in document):
        raise UnreadableError("this is a badge of Open Badges 1, which came before 2.0 and is not verified here", "old")
    if "Assertion" not in types and (others := sorted(types & _OTHER_TYPES)):
        raise UnreadableError(f"this is a document of type {others[0]}, not an award; name an award's own document")
    if OB2_CONTEXT in contexts or "Assertion" in types:
        return "ob2"
    raise UnreadableError(
        "the document is JSON, but not an Open Badge: its contexts and types are of no standard we know"
    )
