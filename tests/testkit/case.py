"""A badge of the kit with what is to be found of it, and the header in which that is written down."""

import json
import re
from base64 import urlsafe_b64decode
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

Form = Literal["ob2", "ob2-jws", "ob3", "ob3-jwt", "none"]
Answer = Literal["valid", "revoked", "expired", "early", "invalid", "unknown"]
Document = dict[str, Any]

MOMENT = "2026-06-01T12:00:00Z"
"""The moment for which an answer holds, where the header names no other."""
GONE: Any = object()
"""In place of a member: it is left out."""

_MILD: Mapping[str, Answer] = {"revoked": "revoked", "replaced": "revoked", "expired": "expired", "early": "early"}
_ORDER = tuple(_MILD.values())
_STANDARDS = {"ob2": "Open Badges 2.0", "ob3": "Open Badges 3.0"}
_ADDRESS = re.compile(r"https://[^\s\"'<>\\#]+\.example(?::\d+)?(?:/[^\s\"'<>\\#]*)?")
_DID = re.compile(r"did:web:([A-Za-z0-9.-]+\.example(?:%3A\d+)?)((?::[A-Za-z0-9._-]+)*)")
_TOKEN = re.compile(r"eyJ[A-Za-z0-9_-]+\.([A-Za-z0-9_-]+)\.")


@dataclass(frozen=True)
class Expected:
    """The answer for one badge of a file: its form, the steps that fail with their codes, and what follows from them.

    `browser` is the answer of a verifier that knows no RDF, and so cannot look into a proof that canonicalises it.
    """

    form: Form
    answer: Answer
    failed: Mapping[str, str]
    browser: Answer

    def written(self) -> Document:
        """As it stands in a header."""
        found: Document = {"standard": _STANDARDS.get(self.form[:3]), "form": self.form, "answer": self.answer}
        return {**found, "failed": dict(self.failed), "browser": self.browser}


def expect(form: Form, answer: Answer | None = None, browser: Answer | None = None, **failed: str) -> Expected:
    """What is expected of a badge: `failed` are steps and their codes, from which the answer follows unless it is told.

    A browser cannot tell a sound embedded proof from a broken one.
    """
    mild = [_MILD[code] for code in failed.values() if code in _MILD]
    follows: Answer = "invalid" if len(mild) < len(failed) else min(mild, key=_ORDER.index, default="valid")
    found = answer or follows
    blind = form == "ob3" and (found == "valid" or (found == "invalid" and set(failed) == {"genuine"}))
    return Expected(form, found, failed, browser or ("unknown" if blind else found))


NOT_A_BADGE = expect("none", readable="unreadable")


@dataclass(frozen=True)
class Case:
    """A badge: `name` is its file in the kit, `world` what is served beside what all badges share, `gone` says 410."""

    name: str
    title: str
    data: bytes
    expected: tuple[Expected, ...]
    why: str = ""
    moment: str = MOMENT
    email: str | None = None
    world: Mapping[str, bytes] = field(default_factory=dict)
    gone: tuple[str, ...] = ()
    silent: tuple[str, ...] = ()
    text: str = ""

    def header(self, world: Mapping[str, bytes]) -> Document:
        """Everything that a verifier needs to know; `world` is all that the kit serves."""
        head: Document = {"file": self.name.rpartition("/")[2], "title": self.title}
        optional = {
            "why": self.why,
            "email": self.email,
            "gone": list(self.gone),
            "silent": list(self.silent),
        }
        return {
            **head,
            "moment": self.moment,
            "expected": [each.written() for each in self.expected],
            **{name: value for name, value in optional.items() if value},
            "world": sorted(reached(self.text or self.data.decode("utf-8", "replace"), world)),
        }


def written(document: object) -> bytes:
    """JSON as the kit writes it."""
    return json.dumps(document, indent=1, ensure_ascii=False).encode() + b"\n"


def without_gone(document: Mapping[str, Any]) -> Document:
    """The document without what is GONE, at any depth."""
    return {
        name: without_gone(value) if isinstance(value, dict) else value
        for name, value in document.items()
        if value is not GONE
    }


def reached(text: str, world: Mapping[str, bytes]) -> set[str]:
    """The addresses of the world to which a text leads, itself or by what is served there."""
    found: set[str] = set()
    todo = [text]
    while todo:
        for address in _named(todo.pop()):
            if address in world and address not in found:
                found.add(address)
                todo.append(world[address].decode("utf-8", "replace"))
    return found


def _named(text: str) -> Iterable[str]:
    for found in _TOKEN.finditer(text):
        payload = found[1] + "=" * (-len(found[1]) % 4)
        yield from _named(urlsafe_b64decode(payload).decode("utf-8", "replace"))
    yield from _ADDRESS.findall(text.replace("\\/", "/"))
    for found in _DID.finditer(text):
        host, path = found[1].replace("%3A", ":"), found[2].replace(":", "/")
        yield f"https://{host}{path or '/.well-known'}/did.json"
