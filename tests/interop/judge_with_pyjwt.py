"""Let PyJWT verify every credential and status list that a built site publishes as a JWT.

Run by the Python of .interop/pyjwt: judge_with_pyjwt.py SCHEMAS SITE [ALTERED]. PyJWT knows neither DIDs nor badges: it
is given the P-256 keys of the issuer's DID document, and what it has verified is compared with the JSON beside it.
"""

import json
from datetime import datetime
from typing import Any

import jwt
from offline import Judge, Offline, Verdict, main


def token(offline: Offline, path: str) -> Verdict:
    """The signature, with the key of the issuer that `kid` names; then that the payload is the credential."""
    text = offline.read(path).decode()
    document = json.loads(offline.read(path.removesuffix("jwt") + "json"))
    try:
        key = _keys(offline, _issuer(document))[jwt.get_unverified_header(text)["kid"]]
        payload = jwt.decode(text, key, algorithms=["ES256"], options={"require": ["iss", "jti", "nbf", "sub"]})
    except jwt.ExpiredSignatureError as error:
        return "expired", str(error)
    except (jwt.PyJWTError, KeyError) as error:
        return "refused", f"{type(error).__name__}: {error}"
    return ("valid", "") if payload == _expected(document) else ("refused", "it does not say what the JSON says")


def _keys(offline: Offline, did: str) -> jwt.PyJWKSet:
    document = offline.did_document(did)
    keys = [
        {**method["publicKeyJwk"], "kid": method["id"]}
        for method in document["verificationMethod"]
        if method["id"] in document["assertionMethod"] and "publicKeyJwk" in method
    ]
    return jwt.PyJWKSet.from_dict({"keys": keys})


def _expected(document: dict[str, Any]) -> dict[str, Any]:
    """The payload that OB 3.0, section 8.2.4 asks for."""
    claims = {
        "iss": _issuer(document),
        "jti": document["id"],
        "nbf": _seconds(document["validFrom"]),
        "sub": document["credentialSubject"]["id"],
    }
    if "validUntil" in document:
        claims["exp"] = _seconds(document["validUntil"])
    return {name: value for name, value in document.items() if name != "proof"} | claims


def _issuer(document: dict[str, Any]) -> str:
    issuer = document["issuer"]
    return str(issuer["id"] if isinstance(issuer, dict) else issuer)


def _seconds(moment: str) -> int:
    return int(datetime.fromisoformat(moment).timestamp())


if __name__ == "__main__":
    main(
        Judge("credential.jwt", "awards/*/credential.jwt", token),
        Judge("status list, .jwt", "status/*/*.jwt", token),
    )
