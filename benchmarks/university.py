"""A site with the shape of a real university's: forty badge classes in two languages, awarded in batches over years."""

import csv
import io
import random
import shutil
import uuid
from collections.abc import Iterator
from datetime import date, timedelta
from hashlib import sha256
from pathlib import Path

CLASSES, LANGUAGES = 40, 2
BATCHES_A_YEAR = 2  # per badge class
FIRST_DAY = date(2022, 7, 1)
AS_OF = date(2026, 11, 22)
ISSUER_SLUG = "example"
EXAMPLE = Path(__file__).resolve().parent.parent / "content"
COLUMNS = "id,identity,salt,name,visibility,language,group,unit,result,credits,narrative,evidence,expires,changed"
FIRST_NAMES = ("Ada", "Bruno", "Carla", "Dario", "Elena", "Fabio", "Giulia", "Hugo", "Irene", "Luca", "Maria", "Nadia")
LAST_NAMES = ("Bianchi", "Conti", "De Esempio", "Esposito", "Ferri", "Gallo", "Leone", "Marini", "Neri", "Òlafur")

SITE = """\
base_url: https://badges.example.edu/
title: {{it: Open Badge di Ateneo, en: University Open Badges}}
languages: [it, en]
publish: [{publish}]
visibility: unlisted
basis: {{kind: request, reference: Informativa 3/2025}}
categories:
  language: {{it: Competenze linguistiche, en: Languages}}
  digital: {{it: Competenze digitali, en: Digital skills}}
contact: {{email: openbadge@example.edu}}
"""
ISSUER = """\
name: {it: Università di Esempio, en: Example University}
url: https://www.example.edu
email: openbadge@example.edu
units:
  cla: {it: Centro linguistico di Ateneo, en: Language Centre}
  ict: {it: Servizi informatici, en: IT Services}
"""
BADGE = """\
unit: cla
name: {{it: Competenza numero {n}, en: Skill number {n}}}
description:
  it: Chi ha questo badge ha mostrato, in una prova con esito positivo, la competenza numero {n} del catalogo.
  en: Whoever holds this badge has shown skill number {n} of the catalogue in a test and passed it.
criteria:
  it: |
    Per ottenere il badge occorre:

    - frequentare almeno **{n} ore** di lezione;
    - superare la prova *scritta*, quella orale e il colloquio;
    - consegnare la relazione finale, come dice il [regolamento](https://www.example.edu/regolamento).
  en: |
    To earn the badge one has to:

    - attend at least **{n} hours** of lessons;
    - pass the *written* test, the oral one and the interview;
    - hand in the final report, as the [rules](https://www.example.edu/rules) say.
image: skill-{n}.svg
image_alt: {{it: Immagine della competenza {n}, en: Picture of skill {n}}}
category: {category}
skills:
  - {{name: {{it: Competenza, en: Skill}}, url: https://skills.example.org/{n}, framework: ESCO, code: S{n}}}
microcredential:
  workload: {{it: {n} ore, en: {n} hours}}
  ects: 3
  eqf: 6
  participation: online
valid_for: 3 years
"""


def write_university(folder: Path, awards: int, years: int, publish: str) -> None:
    """Write a site with so many awards over so many years into an empty folder; the same for the same numbers.

    `publish` names the standards, parted by commas: ob2, or ob2 and ob3.
    """
    _put(folder / "content/site.yaml", SITE.format(publish=publish))
    _put(folder / f"content/issuers/{ISSUER_SLUG}.yaml", ISSUER)
    pictures = sorted(EXAMPLE.glob("badges/**/*.svg"))
    for n in range(1, CLASSES + 1):
        category = "language" if n % 2 else "digital"
        _put(folder / f"content/badges/{category}/skill-{n}.yaml", BADGE.format(n=n, category=category))
        shutil.copy(pictures[n % len(pictures)], folder / f"content/badges/{category}/skill-{n}.svg")
    chance = random.Random(awards)
    batches = list(_batches(years))
    for index, (n, day) in enumerate(batches):
        rows = awards * (index + 1) // len(batches) - awards * index // len(batches)
        _write_batch(folder / f"content/awards/{day.year}/skill-{n}-{day}", n, day, rows, chance)


def write_list(path: Path, rows: int) -> None:
    """Write a recipient list of so many people, as a spreadsheet program exports it."""
    chance = random.Random(rows)
    text = io.StringIO()
    table = csv.writer(text, delimiter=";", lineterminator="\r\n")
    table.writerow(("Email", "Name", "Language"))
    for number in range(rows):
        table.writerow((f"person{number}@student.example.edu", _name(chance), chance.choice(("it", "en"))))
    path.write_bytes(b"\xef\xbb\xbf" + text.getvalue().encode())


def _batches(years: int) -> Iterator[tuple[int, date]]:
    for year in range(years):
        for term in range(BATCHES_A_YEAR):
            for n in range(1, CLASSES + 1):
                yield n, FIRST_DAY + timedelta(days=365 * year + 180 * term + n)


def _write_batch(stem: Path, n: int, day: date, rows: int, chance: random.Random) -> None:
    text = io.StringIO()
    table = csv.writer(text, lineterminator="\n")
    table.writerow((*COLUMNS.split(","), "revoked", "reason"))
    for _ in range(rows):
        table.writerow(_row(day, chance))
    _put(stem.with_name(stem.name + ".csv"), text.getvalue())
    head = f"badge: skill-{n}\ndate: {day}\nactivity: {{name: {{it: Corso {n}, en: Course {n}}}}}\n"
    _put(stem.with_name(stem.name + ".yaml"), f"{head}awards: {stem.name}.csv\n")


def _row(day: date, chance: random.Random) -> list[str]:
    salt = f"{chance.getrandbits(128):032x}"
    identity = f"sha256${sha256(salt.encode()).hexdigest()}"
    award = str(uuid.UUID(int=chance.getrandbits(128), version=4))
    revoked = chance.random() < 0.01
    withdrawal = (str(day + timedelta(days=30)), "Attribuito per errore") if revoked else ("", "")
    named = chance.random() < 0.6
    seen = (_name(chance), "") if named else ("", "unnamed")
    return [award, identity, salt, *seen, chance.choice(("it", "en")), *[""] * 8, *withdrawal]


def _name(chance: random.Random) -> str:
    return f"{chance.choice(FIRST_NAMES)} {chance.choice(LAST_NAMES)}"


def _put(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode())
