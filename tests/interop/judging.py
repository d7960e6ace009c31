"""Run others' software, each in its own environment, on a built site and on altered copies of one of its awards."""

import json
import os
import shutil
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from tests.interop import any_content, environments, ob2_alone
from tests.interop.expected import ALTERATIONS, CONTROL

HERE = Path(__file__).resolve().parent
AS_IS = "as it is"
"""The site itself, beside the names of the alterations."""
ALONE = "2.0 alone"
"""The example without Open Badges 3.0."""


@dataclass(frozen=True)
class Software:
    """A piece of software by the name of its package, the environment it lives in, and the script that asks it."""

    package: str
    environment: str
    script: str

    @property
    def label(self) -> str:
        """For a table."""
        return f"{self.package} {environments.version(self.package, self.environment)}"

    def command(self, folder: Path) -> list[str]:
        """What runs the script; the environment is made if need be."""
        if self.environment == "node":
            return [str(environments.node(folder)), str(folder / "node" / self.script)]
        return [str(environments.python(self.environment, folder)), str(HERE / self.script)]


BAKERY = Software("openbadges-bakery", "bakery", "unbake_with_bakery.py")
OB2 = (
    BAKERY,
    Software("openbadges", "validator", "judge_with_validator.py"),
)
OB3 = (
    Software("openbadgeslib", "openbadgeslib", "judge_with_openbadgeslib.py"),
    Software("@digitalbazaar/vc", "node", "judge_with_digitalbazaar.mjs"),
    Software("@digitalcredentials/verifier-core", "node", "judge_with_verifier_core.mjs"),
    Software("jose", "node", "judge_with_jose.mjs"),
    Software("PyJWT", "pyjwt", "judge_with_pyjwt.py"),
    Software("jsonschema", "jsonschema", "judge_with_jsonschema.py"),
)


class Verdict(NamedTuple):
    """What was said of one document: the kind it is of, its path, a word, and why."""

    document: str
    path: str
    word: str
    reason: str


class Answers:
    """What each piece of software said, and whatever kept it from being asked."""

    def __init__(self) -> None:
        self.faults: list[str] = []
        self.of: dict[tuple[Software, str], Mapping[str, Any]] = {}

    def ask(self, software: Software, name: str, command: list[str]) -> None:
        """Run a process, whose last line is the answer; one each, because some keep in mind what they have fetched."""
        try:
            self.of[software, name] = json.loads(environments.run(*command).splitlines()[-1])
        except OSError as error:
            self.faults.append(f"{software.package}: {error}")

    def verdicts(self, software: Software, name: str, document: str) -> list[Verdict]:
        """What it said of such documents, of the site as it is or of an alteration."""
        said = [Verdict(*verdict) for verdict in self.of.get((software, name), {}).get("verdicts", ())]
        return [verdict for verdict in said if verdict.document == document]


def ask_of_open_badges_2(site: Path, folder: Path, *, alone: bool = True) -> Answers:
    """Rows and surprises of each; the pictures of a site of 2.0 `alone` are read too, for their SVG is another."""
    answers = Answers()
    for software in OB2:
        try:
            command = software.command(folder)
        except OSError as error:
            answers.faults.append(f"{software.package} cannot be had, so nothing was checked with it: {error}")
            continue
        answers.ask(software, AS_IS, [*command, str(site)])
        if alone and software == BAKERY:
            answers.ask(software, ALONE, [*command, str(ob2_alone.built(folder))])
    return answers


def ask_of_open_badges_3(site: Path, folder: Path, altered: Mapping[str, Path]) -> Answers:
    """The verdicts of each on all documents of the site, and on what stands in the folders of one award `altered`."""
    answers = Answers()
    schemas = environments.schemas(folder)
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        for software in OB3:
            try:
                command = [*software.command(folder), str(schemas), str(site)]
            except OSError as error:
                answers.faults.append(f"{software.package} cannot be had, so nothing was checked with it: {error}")
                continue
            pool.submit(answers.ask, software, AS_IS, command)
            for name, place in altered.items():
                pool.submit(answers.ask, software, name, [*command, str(place)])
    asked = {(key[0].package, outside) for key, answer in answers.of.items() for outside in answer["asked_outside"]}
    answers.faults += [f"{package} asked for {outside}" for package, outside in sorted(asked)]
    return answers


def ask_of_any_content(folder: Path, sites: int) -> Answers:
    """What the published schemas say of documents that were made of drawn content, of so many sites."""
    answers, drawn = Answers(), folder / "any"
    any_content.write(drawn, sites)
    software = next(each for each in OB3 if each.package == "jsonschema")
    answers.ask(software, AS_IS, [*software.command(folder), str(environments.schemas(folder)), str(drawn)])
    return answers


def altered_ways(site: Path, folder: Path) -> dict[str, Path]:
    """An award of the site altered in all ways: a folder for each, made anew."""
    altered = folder / "altered"
    shutil.rmtree(altered, ignore_errors=True)
    environments.run(str(environments.python("openbadgeslib", folder)), str(HERE / "alter.py"), str(site), str(altered))
    return {name: altered / name for name in (CONTROL, *ALTERATIONS)}
