"""Have others' software read a built site: `python -m tests.interop.run SITE [ENVIRONMENTS]`.

Prints what each found, what each notices and what it does not look at, and then every surprise; exits with 1 if there
is one. What cannot be installed is said plainly, and is a failure: "not checked" is never "passed".
"""

import sys
from pathlib import Path

from tests.interop import lives
from tests.interop.environments import version
from tests.interop.expected import ALTERATIONS, CONTROL, LEAKED, ROWS, Row
from tests.interop.judging import (
    AS_IS,
    OB3,
    Answers,
    Verdict,
    altered_ways,
    ask_of_any_content,
    ask_of_open_badges_2,
    ask_of_open_badges_3,
)
from tests.interop.lives import Life
from tests.interop.pages import changed, judged, unnoticed
from tests.interop.published import Published, now, published

Awards = dict[str, Published]
Surprises = list[str]
STATES = {"valid": "", "expired": "end", "revoked": "bit"}
"""How awards are counted, and what software must look at to tell."""
DRAWN = 300
"""Sites that are drawn at random; each has an issuer and a few awards."""
SOFTWARE = {software.package: software for software in OB3}


def table(*lines: tuple[str, ...]) -> None:
    """Print lines of cells, each column as wide as it needs."""
    widths = [max(len(cell) for cell in column) for column in zip(*lines, strict=True)]
    for line in lines:
        print("  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip())
    print()


def open_badges_2(site: Path, folder: Path) -> Surprises:
    """What was found of the documents and pictures of Open Badges 2.0."""
    return _open_badges_2(ask_of_open_badges_2(site, folder), "Open Badges 2.0")


def _open_badges_2(answers: Answers, title: str) -> Surprises:
    lines, surprises = [], answers.faults
    for (software, name), answer in answers.of.items():
        place = "" if name == AS_IS else f", {name}"
        lines += [(software.label, f"{what}{place}", f"{good} of {total}") for what, good, total in answer["rows"]]
        surprises += [f"{software.package}{place}: {surprise}" for surprise in answer["surprises"]]
    table((title, "what", "as it should be"), *lines)
    return surprises


def open_badges_3(site: Path, folder: Path) -> Surprises:
    """What was found of credentials and status lists of Open Badges 3.0, and what of altered ones."""
    if not any(site.glob("awards/*/credential.json")):
        return [f"{site} holds no Open Badges 3.0 credential, so none was checked"]
    answers = ask_of_open_badges_3(site, folder, altered_ways(site, folder))
    return [*answers.faults, *_as_they_are(answers, site, "Open Badges 3.0"), *_altered(answers)]


def of_lives(_: Path, folder: Path) -> Surprises:
    """What was found of the example after awards and keys have had a life, and of what is shown then; and by us."""
    surprises: Surprises = []
    for life in lives.led(folder):
        title = f"{{}}, {life.title}"
        second = ask_of_open_badges_2(life.site, folder, alone=False)
        third = ask_of_open_badges_3(life.site, folder, life.shown)
        surprises += [*third.faults, *_open_badges_2(second, title.format("Open Badges 2.0"))]
        surprises += _as_they_are(third, life.site, title.format("Open Badges 3.0"))
        surprises += [*_ours(life), *_shown(third, life)]
    return surprises


def _ours(life: Life) -> Surprises:
    """Whether `badgesite verify` finds of the site what it says of itself, and fault with what is shown."""
    found, awards = lives.ours(life.site), published(life.site)
    counted = {state: sum(award.state(now()) == state for award in awards) for state in STATES}
    said = {state: found[state] for state in STATES}
    table(("badgesite verify", *STATES), ("", *(f"{said[state]} of {counted[state]}" for state in STATES)))
    surprises = [f"badgesite verify: {fault}" for fault in found["faults"]]
    if said != counted:
        surprises.append(f"badgesite verify counts {said}, and the site says {counted}")
    for name in life.shown if life.is_revoked else ():
        if not lives.ours(lives.in_front(life, name))["faults"]:
            surprises.append(f"badgesite verify finds no fault with {name}")
    return surprises


def _shown(answers: Answers, life: Life) -> Surprises:
    """What was found of that which somebody with a stolen key shows; all find it valid until the key is revoked."""
    lines, surprises = [], []
    for row in (row for row in ROWS if row.is_of_award):
        right, said = row.of_alteration(LEAKED if life.is_revoked else CONTROL), dict[str, str]()
        for name in life.shown:
            verdicts = answers.verdicts(SOFTWARE[row.software], name, row.document)
            said[name] = " ".join(sorted({verdict.word for verdict in verdicts})) or "not judged"
            if said[name] != right:
                why = "; ".join(verdict.reason for verdict in verdicts)
                surprises.append(f"{row.software}, {row.document}: {name} is {said[name]}, not {right}: {why}")
        lines.append((SOFTWARE[row.software].label, row.document, *said.values()))
    table((f"shown: {life.title}", "document", *life.shown), *lines)
    return surprises


def of_pages(site: Path, folder: Path) -> Surprises:
    """What checkers of HTML and CSS found of every page, and whether they find what is wrong with one."""
    lines, surprises = [], [f"the checker of pages does not notice {what}" for what in unnoticed(folder)]
    for what, place in {"the example": site, "with what was erased and moved": changed(folder)}.items():
        answer = judged(place, folder)
        lines.append((what, str(answer["pages"]), str(answer["sheets"]), str(len(answer["found"]))))
        surprises += answer["found"]
        surprises += [] if answer["pages"] and answer["sheets"] else [f"no page was judged of {what}"]
    software = f"html-validate {version('html-validate', 'node')}, csstree-validator"
    table((software, "pages", "style sheets", "faults"), *lines)
    return surprises


def of_any_content(_: Path, folder: Path) -> Surprises:
    """What the published schemas found of thousands of documents whose content was drawn at random."""
    answers = ask_of_any_content(folder, DRAWN)
    lines, surprises = [], answers.faults
    for kind in ("credential.json", "profile.json"):
        verdicts = answers.verdicts(SOFTWARE["jsonschema"], AS_IS, kind)
        wrong = [verdict for verdict in verdicts if verdict.word != "valid"]
        lines.append((SOFTWARE["jsonschema"].label, kind, f"{len(verdicts) - len(wrong)} of {len(verdicts)}"))
        surprises += [f"jsonschema, {verdict.path} of drawn content: {verdict.reason}" for verdict in wrong[:10]]
        if len(verdicts) < DRAWN:
            surprises.append(f"jsonschema judged {len(verdicts)} documents of drawn content: {kind}")
    table(("Open Badges 3.0 of any content", "document", "valid"), *lines)
    return surprises


def _as_they_are(answers: Answers, site: Path, title: str) -> Surprises:
    awards = {award.folder.name: award for award in published(site)}
    lines, surprises = [], []
    for row in ROWS:
        verdicts = answers.verdicts(SOFTWARE[row.software], AS_IS, row.document)
        wrong = {v: " or ".join(words) for v in verdicts if v.word not in (words := _right(row, v, awards))}
        cells = [_cell(row, state, [v for v in verdicts if _state(v, awards) == state], wrong) for state in STATES]
        lines.append((SOFTWARE[row.software].label, row.document, *cells))
        surprises += [f"{row.software}: {v.path} is {v.word}, not {words}: {v.reason}" for v, words in wrong.items()]
        if len(verdicts) != _number(row, site):
            surprises.append(f"{row.software} judged {len(verdicts)} of {_number(row, site)}: {row.document}")
    table((title, "document", *STATES), *lines)
    return surprises


def _state(verdict: Verdict, awards: Awards) -> str:
    award = awards.get(verdict.path.split("/")[1])
    return award.state(now()) if award else "valid"


def _right(row: Row, verdict: Verdict, awards: Awards) -> list[str]:
    """The words that would be right."""
    award = awards.get(verdict.path.split("/")[1])
    return row.of_award(award, now()) if award else ["valid"]


def _cell(row: Row, state: str, verdicts: list[Verdict], wrong: dict[Verdict, str]) -> str:
    good = sum(verdict not in wrong for verdict in verdicts)
    if good == len(verdicts) and STATES[state] in row.overlooks:
        return "does not look"
    return f"{good} of {len(verdicts)}" if verdicts else ""


def _number(row: Row, site: Path) -> int:
    """How many documents of this kind there have to be."""
    if row.document == "badge.svg":
        return len(list(site.glob("awards/*/badge.svg")))
    if row.is_of_award:
        return len(list(site.glob("awards/*/assertion.json")))
    return len(list(site.glob("issuers/*/issuer.json" if row.document == "profile.json" else "status/*/*.json")))


def _altered(answers: Answers) -> Surprises:
    lines, surprises = [], []
    for row in (row for row in ROWS if row.alterations):
        noticed: list[str] = []
        ignored: list[str] = []
        for name in (CONTROL, *row.alterations):
            verdicts = answers.verdicts(SOFTWARE[row.software], name, row.document)
            if {verdict.word for verdict in verdicts} != {row.of_alteration(name)}:
                said = "; ".join(f"{verdict.word}, {verdict.reason}" for verdict in verdicts)
                surprises.append(f"{row.software}, {row.document}: {name} is {said}, not {row.of_alteration(name)}")
            elif name != CONTROL:
                (ignored if row.of_alteration(name) == "valid" else noticed).append(name)
        lines.append((SOFTWARE[row.software].label, row.document, " ".join(noticed), " ".join(ignored)))
    table(("Open Badges 3.0, altered", "document", "notices", "does not look at"), *lines)
    table(*ALTERATIONS.items())
    return surprises


def main(site: Path, folder: Path) -> int:
    """Print the tables, and then every surprise; 1 if there is one."""
    surprises: Surprises = []
    for look_at in (open_badges_2, open_badges_3, of_pages, of_any_content, of_lives):
        try:
            surprises += look_at(site, folder)
        except OSError as error:
            surprises.append(f"not everything was checked: {error}")
    print("\n".join(surprises) if surprises else "no surprise")
    return 1 if surprises else 0


if __name__ == "__main__":
    arguments = [Path(argument).resolve() for argument in sys.argv[1:]]
    sys.exit(main(*arguments) if len(arguments) == 2 else main(arguments[0], Path(".interop").resolve()))
