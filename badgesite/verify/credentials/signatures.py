"""Whether a credential is as its issuer signed it: every proof in it and the token around it must hold.

The same for an award, for a status list and for an endorsement: each is a credential with an issuer.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from badgesite.crypto.contexts import URLS
from badgesite.crypto.embedded import Proof, ProofError, proofs_of, require_defined, suite_of, verify_proof
from badgesite.crypto.strict_json import read_object
from badgesite.crypto.tokens import Token, header_fault, read_token, token_fault
from badgesite.crypto.verification_keys import ALGORITHMS, VerificationKey, key_from_jwk
from badgesite.errors import FormatError
from badgesite.standards.ob3_checks import is_open_badges
from badgesite.verify.credentials.claims import credential_of, disagreements, named_key
from badgesite.verify.credentials.disguises import disguise_in
from badgesite.verify.credentials.facts import issuer_id, listed, text_at
from badgesite.verify.credentials.keys import Found, Keys, another_key, key_in
from badgesite.verify.report import Check, Findings


@dataclass(frozen=True, slots=True)
class Signed:
    """A credential as it was signed: the document, and the token if it came in one."""

    document: Mapping[str, object]
    token: Token | None = None

    @property
    def issuer(self) -> str:
        """The id of who says that it is theirs; "" if nobody does."""
        return issuer_id(self.document)


@dataclass(frozen=True, slots=True)
class Origin:
    """What came out of looking at all signatures: a check each for two steps, and the host that publishes the key."""

    genuine: Check
    issuer: Check
    domain: str = ""

    @property
    def trouble(self) -> Check | None:
        """The graver of the two checks, if one did not pass."""
        found = [check for check in (self.genuine, self.issuer) if check.outcome != "passed"]
        return next((check for check in found if check.outcome == "failed"), found[0] if found else None)


@dataclass(frozen=True, slots=True)
class _Look:
    """What is found of one signature: the issuer's key that made it, or what is wrong; and whether it is right."""

    found: Found | Check
    holds: bool = False


_RIGHT = Check("genuine", "passed", "its signature is right: nothing in it was changed since it was signed")
_NOT_LOOKED = Check("genuine", "unchecked", "its signature is not looked at, for it is not by a key of its issuer")
_OWN = Check("issuer", "passed", "the key is the issuer's own")
_NOT_KNOWN = Check("issuer", "unchecked", "who issued it is not known, for no signature of theirs is found to hold")
_BROKEN = Check(
    "genuine",
    "failed",
    "its proof does not hold: something was changed after it was signed, or the proof is that of another badge",
    "signature",
)


def read_signed(data: bytes) -> Signed:
    """The credential that a file holds, as JSON or as a token; FormatError if it holds none."""
    bare = data.strip(b"\xef\xbb\xbf \t\r\n")
    if bare.startswith(b"{"):
        return Signed(read_object(bare))
    token = read_token(bare)
    return Signed(credential_of(token), token)


def origin(signed: Signed, keys: Keys) -> Origin:
    """Who signed the credential; what it costs is bounded by the number of proofs that `proofs_of` allows."""
    findings, domain, holds = Findings(), "", True
    if not signed.issuer:
        findings.add(Check("issuer", "failed", "it names no issuer", "issuer"))
    for look in _looks(signed, keys):
        holds = holds and look.holds
        if isinstance(look.found, Check):
            findings.add(look.found)
        else:
            domain = domain or look.found.domain
            if look.found.doubt:
                findings.add(look.found.doubt)
    checks = {check.step: check for check in findings.checks()}
    issuer = checks.get("issuer") or (_NOT_KNOWN if checks else _OWN)
    return Origin(checks.get("genuine") or (_RIGHT if holds else _NOT_LOOKED), issuer, domain if issuer is _OWN else "")


def _looks(signed: Signed, keys: Keys) -> Iterator[_Look]:
    """A look at each signature; nothing signed is wrong, too."""
    if signed.token:
        yield from map(_Look, disagreements(signed.token, signed.document))
        yield _of_token(signed.token, signed.issuer, keys)
    if signed.token and "proof" not in signed.document:
        return
    try:
        proofs = proofs_of(signed.document)
    except ProofError as error:
        words = str(error) if "proof" in signed.document else "nobody signed it: it has neither a proof nor a token"
        yield _Look(Check("genuine", "failed", words, "proof"))
        return
    for proof in proofs:
        yield _of_proof(signed, proof, keys)


def _of_proof(signed: Signed, proof: Proof, keys: Keys) -> _Look:
    method = text_at(proof, "verificationMethod")
    try:
        if "jcs" not in suite_of(proof) and (disguise := disguise_in(signed.document)):
            return _Look(Check("genuine", "failed", f"its proof is not enough: {disguise}", "proof"))
        held = key_in(method)
        if held and not verify_proof(signed.document, proof, held):
            return _Look(_BROKEN)
        found = _by_name(method, held, signed.issuer, keys)
        if isinstance(found, Found) and not held and not verify_proof(signed.document, proof, found.key):
            return _Look(_BROKEN)
    except ProofError as error:
        return _Look(Check("genuine", "failed", f"its proof cannot be judged: {error}", error.code))
    return _Look(found, held is not None or isinstance(found, Found))


def _of_token(token: Token, issuer: str, keys: Keys) -> _Look:
    if fault := header_fault(token.header):
        return _Look(Check("genuine", "failed", f"the token is refused: {fault}", "algorithm"))
    name, jwk = named_key(token, issuer)
    try:
        held, brought = key_in(name), key_from_jwk(jwk) if jwk else None
    except FormatError as error:
        return _Look(Check("genuine", "failed", f"the key that came with the token cannot be used: {error}", "key"))
    for key in filter(None, (held, brought)):
        if broken := _fault(token, key):
            return _Look(broken)
    if name:
        found = _by_name(name, held or brought, issuer, keys)
    elif brought:
        found = _unless_out_of_reach(keys.holder(brought, issuer), brought)
    else:
        found = Check(
            "genuine", "failed", "the token does not say whose key signed it: it has neither kid nor jwk", "key"
        )
    if isinstance(found, Found) and (broken := _fault(token, found.key)):
        return _Look(broken)
    return _Look(found, bool(held or brought) or isinstance(found, Found))


def _by_name(name: str, held: VerificationKey | None, issuer: str, keys: Keys) -> Found | Check:
    """The issuer's key by this name, which must be the one that the name or the signature itself holds, if it does."""
    found = keys.find(name, issuer)
    if isinstance(found, Found) and held and found.key != held:
        return another_key(found.domain, name)
    return _unless_out_of_reach(found, held)


def _unless_out_of_reach(found: Found | Check, held: VerificationKey | None) -> Found | Check:
    """A signature that holds for the key that it names is right; whose key it is may still not be known."""
    if isinstance(found, Check) and found.outcome == "unchecked" and held:
        return replace(found, step="issuer")
    return found


def _fault(token: Token, key: VerificationKey) -> Check | None:
    fault = token_fault(token, key)
    fits = ALGORITHMS.get(str(token.header.get("alg"))) == key.kind
    words = f"the token is not right: {fault}"
    return Check("genuine", "failed", words, "signature" if fits else "algorithm") if fault else None


def meaning(signed: Signed) -> Check | None:
    """What is wrong with the words of a credential in a token: those that no context defines, as a proof would tell.

    The token signs them all, whatever they mean. So of an old context of Open Badges itself, which nobody publishes
    any more, it is only said that it is not at hand.
    """
    try:
        require_defined(signed.document)
    except ProofError as error:
        contexts = [each for each in listed(signed.document.get("@context")) if each not in URLS]
        known = error.code == "context" and bool(contexts) and all(map(is_open_badges, contexts))
        return Check("schema", "unchecked" if known else "failed", str(error), error.code)
    return None
