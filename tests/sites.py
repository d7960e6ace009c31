"""A small valid site for tests: one issuer, one badge with an SVG picture, one batch of two awards."""

from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path

SITE: Mapping[str, str] = {
    "title": "{it: Badge di Esempio, en: Example Badges}",
    "languages": "[it, en]",
    "visibility": "unlisted",
    "basis": "{kind: request, reference: Informativa 3/2025}",
    "publish": "[ob2]",
}

ISSUER = """\
name: {it: Università di Esempio, en: Example University}
url: https://www.example.edu
email: openbadge@example.edu
units:
  cla: {it: Centro linguistico di Ateneo, en: Language Centre}
  ict: {it: Servizi informatici, en: IT Services}
"""

BADGE = """\
issuer: example
unit: cla
name: {it: Inglese B2, en: English B2}
description: {it: Comprende e parla l'inglese al livello B2., en: Understands and speaks English at level B2.}
criteria:
  it: |
    Superare la prova *scritta* e quella orale.
  en: |
    Pass the *written* and the oral test.
image: english-b2.svg
image_alt: {it: Due fumetti intrecciati, en: Two interwoven speech bubbles}
achievement_type: Certificate
skills:
  - {name: {it: Inglese, en: English}, url: https://skills.example.org/english, framework: ESCO, code: S1.1}
microcredential:
  workload: {it: 75 ore, en: 75 hours}
  ects: 3
  eqf: 6
  participation: online
result:
  name: {it: Livello, en: Level}
  values:
    - {id: b1, name: B1}
    - {id: b2, name: B2}
valid_for: 3 years
"""

PICTURE = """\
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 120 120" width="120" height="120">
  <rect x="4" y="4" width="112" height="112" rx="24" fill="#123b5d"/>
  <path d="M26 34h52v34H52l-14 14v-14H26z" fill="#f4c95d"/>
  <path d="M50 52h44v30h-8v12l-12-12H50z" fill="#ffffff" fill-opacity="0.85"/>
</svg>
"""

ADDRESSES = ("ada@example.org", "bruno@example.org")
SALTS = ("5e0d5e0d5e0d5e0d5e0d5e0d5e0d5e0d", "0123456789abcdef0123456789abcdef")
AWARDS = ("3f0c7a52-6f2e-4c1b-9a57-0d5a2b8f6e11", "b7e4c1d0-92aa-4f3e-8c61-5d1f0e7a9b22")


def identity(address: str, salt: str) -> str:
    """The hashed identity of an address (OB 2.0 IdentityHash)."""
    return f"sha256${sha256((address.strip().lower() + salt).encode()).hexdigest()}"


BATCH = f"""\
badge: english-b2
date: 2023-07-14
activity: {{name: {{it: Corso di inglese, en: English course}}, from: 2023-03-01, to: 2023-07-07}}
awards:
  - id: {AWARDS[0]}
    recipient:
      identity: {identity(ADDRESSES[0], SALTS[0])}
      salt: {SALTS[0]}
    name: Ada Esempio
    language: en
    result: b2
  - id: {AWARDS[1]}
    recipient:
      identity: {identity(ADDRESSES[1], SALTS[1])}
      salt: {SALTS[1]}
    visibility: unnamed
    result: b1
"""

SITE_PATH = "content/site.yaml"
ISSUER_PATH = "content/issuers/example.yaml"
BADGE_PATH = "content/badges/language/english-b2.yaml"
PICTURE_PATH = "content/badges/language/english-b2.svg"
BATCH_PATH = "content/awards/2023/english-b2-2023-07-14.yaml"


def site_yaml(**overrides: str | None) -> str:
    """The lines of site.yaml, `overrides` (key to YAML on one line; None leaves the key out) in place of ours."""
    lines = {**SITE, **overrides}
    return "".join(f"{key}: {value}\n" for key, value in lines.items() if value is not None)


def write_site(folder: Path, files: Mapping[str, str | bytes | None] | None = None, **overrides: str | None) -> Path:
    """Write the small site into `folder`, which is returned.

    `files` are added or put in place of ours: path from the site's folder to text or bytes, None removes.
    `overrides` are keys of site.yaml, such as `base_url="https://badges.example.edu/"`; None leaves one out.
    """
    ours: Mapping[str, str | bytes | None] = {
        SITE_PATH: site_yaml(**overrides),
        ISSUER_PATH: ISSUER,
        BADGE_PATH: BADGE,
        PICTURE_PATH: PICTURE,
        BATCH_PATH: BATCH,
    }
    for path, content in {**ours, **(files or {})}.items():
        target = folder / path
        if content is None:
            target.unlink(missing_ok=True)
            continue
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content if isinstance(content, bytes) else content.encode())
    return folder
