"""Let 1EdTech's validator judge every hosted assertion of a built site, without a network.

Run by the Python of .interop/validator: judge_with_validator.py SITE. Every HTTP request is answered from the folder,
and the one for the Open Badges 2.0 context from the validator's own copy of it.
"""

import hashlib
import json
import logging
import mimetypes
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import requests
from openbadges.verifier import verify
from openbadges.verifier.openbadges_context import OPENBADGES_CONTEXT_V2_DICT, OPENBADGES_CONTEXT_V2_URI
from published import Outcome, Published, base_of, now, published

Overlay = Mapping[str, bytes | None]


class Folder:
    """An adapter for requests: answers from a site's folder, or `overlay` for some URLs (None: not found)."""

    def __init__(self, base: str, site: Path, overlay: Overlay) -> None:
        self.base, self.site, self.overlay = base, site, overlay
        self.asked_outside: list[str] = []

    def send(self, request: requests.PreparedRequest, *args: Any, **kwargs: Any) -> requests.Response:
        """The file at the request's URL, or 404."""
        url = str(request.url)
        body = self._body(url)
        response = requests.Response()
        response.status_code = 404 if body is None else 200
        response.url, response.request = url, request
        response.encoding = "utf-8"
        response._content = b"not found" if body is None else body
        response.headers["Content-Type"] = mimetypes.guess_type(url)[0] or "text/plain"
        return response

    def _body(self, url: str) -> bytes | None:
        if url == OPENBADGES_CONTEXT_V2_URI:
            return json.dumps(OPENBADGES_CONTEXT_V2_DICT).encode()
        if url in self.overlay:
            return self.overlay[url]
        if not url.startswith(self.base):
            self.asked_outside.append(url)
            return None
        path = self.site / unquote(url.removeprefix(self.base))
        return path.read_bytes() if path.is_file() else None

    def close(self) -> None:
        """Nothing is open."""


class Judge:
    """The validator, looking at one site."""

    def __init__(self, site: Path, base: str) -> None:
        self.site, self.base = site, base
        self.asked_outside: list[str] = []

    def messages(self, url: str, overlay: Overlay = {}, holder: str | None = None) -> list[str]:  # noqa: B006
        """What the validator objects to; nothing if it says valid."""
        folder = Folder(self.base, self.site, overlay)
        requests.Session.get_adapter = lambda session, url: folder
        profile = {"email": holder} if holder else None
        report = verify(url, profile, use_cache=False, cache_backend=None)["report"]
        self.asked_outside.extend(folder.asked_outside)
        found = [message["result"] for message in report["messages"] if message["messageLevel"] != "INFO"]
        return [] if report["valid"] and not found else found or ["not valid"]


def _verdict(judge: Judge, award: Published, state: str) -> str:
    found = judge.messages(award.id)
    if state == "valid":
        return f"{award.id}: {'; '.join(found)}" if found else ""
    if state == "expired":
        return "" if len(found) == 1 and "expired" in found[0] else f"{award.id} is not just expired: {found}"
    return "" if found else f"{award.id} is revoked, and was found valid"


def _document(site: Path, base: str, url: str) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads((site / url.removeprefix(base)).read_bytes())
    return loaded


def _controls(judge: Judge, award: Published) -> list[str]:
    """Changes that the validator must notice; each that it does not is a surprise."""
    badge = _document(judge.site, judge.base, award.document["badge"])
    issuer = _document(judge.site, judge.base, badge["issuer"])
    policy = {**issuer["verification"], "startsWith": f"{judge.base}elsewhere/"}
    changes: dict[str, Overlay] = {
        "a missing badge": {badge["id"]: None},
        "a missing issuer": {issuer["id"]: None},
        "another's badge": {award.id: _text({**award.document, "badge": issuer["id"]})},
        "a recipient who is not hashed": {award.id: _text(_with_identity(award, "somebody"))},
        "no date": {award.id: _text({k: v for k, v in award.document.items() if k != "issuedOn"})},
        "a place outside the issuer's": {issuer["id"]: _text({**issuer, "verification": policy})},
        "an issuer without a name": {issuer["id"]: _text({k: v for k, v in issuer.items() if k != "name"})},
    }
    return ["" if judge.messages(award.id, change) else f"{what} goes unnoticed" for what, change in changes.items()]


def _holders(judge: Judge, award: Published) -> list[str]:
    """With a hash made of the record's own salt, the right holder passes and a wrong one does not."""
    holder, other = "ada@example.org", "eve@example.org"
    digest = hashlib.sha256(f"{holder}{award.document['recipient']['salt']}".encode()).hexdigest()
    overlay = {award.id: _text(_with_identity(award, f"sha256${digest}"))}
    found = judge.messages(award.id, overlay, holder)
    return [
        f"the right holder is refused: {found}" if found else "",
        "" if judge.messages(award.id, overlay, other) else "a wrong holder passes",
    ]


def _with_identity(award: Published, identity: str) -> dict[str, Any]:
    return {**award.document, "recipient": {**award.document["recipient"], "identity": identity}}


def _text(document: Mapping[str, Any]) -> bytes:
    return json.dumps(document).encode()


def main(site: Path) -> None:
    """Judge every assertion by the state that it states, then the controls on the first valid one."""
    logging.disable(logging.CRITICAL)
    awards, moment = published(site), now()
    outcome = Outcome()
    judge = Judge(site, base_of(site, awards)) if awards else Judge(site, "")
    by_state = {state: [award for award in awards if award.state(moment) == state] for state in _EXPECTED}
    for state, expected in _EXPECTED.items():
        outcome.count(f"{state} award is {expected}", [_verdict(judge, award, state) for award in by_state[state]])
    if by_state["valid"]:
        outcome.count("control: the holder is told apart", _holders(judge, by_state["valid"][0]))
        outcome.count("control: a change is noticed", _controls(judge, by_state["valid"][0]))
    else:
        outcome.surprises.append(f"{site} holds no valid award")
    outcome.count("nothing is asked of another host", [", ".join(sorted(set(judge.asked_outside)))])
    outcome.print()


_EXPECTED = {"valid": "found valid", "expired": "found expired", "revoked": "found not valid"}

if __name__ == "__main__":
    main(Path(sys.argv[1]))
