"""The first files of a site, from a few answers (`badgesite init`)."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import yaml
from pydantic import ValidationError
from pydantic_core import ErrorDetails

from badgesite.content.languages import unknown_language
from badgesite.content.schema import FOLDER, modeline, schemas
from badgesite.errors import UsageError
from badgesite.model.issuer import Issuer
from badgesite.model.languages import short_tag
from badgesite.model.site import Site, Visibility
from badgesite.model.text import LANGUAGE
from badgesite.starter.words import filled, sample_unit, slug_of, starter, yaml_list, yaml_map, yaml_text

EXAMPLES = ("english-b2", "public-speaking")
ELSEWHERE = ("unit", "part_of", "replaces", "visibility", "approvals", "amended")
LANGUAGES = ("en", "it")

_SITE_OPTIONS = {"title": "--title", "languages": "--language", "base_url": "--base-url"}
_ISSUER_OPTIONS = {"name": "--issuer-name", "url": "--issuer-url", "email": "--issuer-email"}

_SHOWN = {
    "en": "Where nothing else was agreed with a holder, an award of this site is **{}**.",
    "it": "Se con la persona non si è concordato altro, un'attestazione di questo sito è **{}**.",
}

Words = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Answers:
    """What a new site needs to know; texts by language, in the order of the languages."""

    languages: tuple[str, ...]
    title: Words
    issuer_name: Words
    issuer_url: str
    issuer_email: str
    base_url: str | None = None
    visibility: Visibility = "unnamed"
    basis: str | None = None
    signs: bool = True

    @property
    def issuer(self) -> str:
        """The slug of the issuer."""
        return slug_of(next(iter(self.issuer_name.values()))) or "issuer"


def checked(answers: Answers) -> Answers:
    """The answers, if a site can be made of them; UsageError with every fault if not."""
    site = {
        "languages": answers.languages,
        "title": dict(answers.title),
        "visibility": answers.visibility,
        **({"base_url": answers.base_url} if answers.base_url else {}),
    }
    issuer = {
        "slug": answers.issuer,
        "name": dict(answers.issuer_name),
        "url": answers.issuer_url,
        "email": answers.issuer_email,
    }
    languages = answers.languages
    faults = [*_faults(Site, site, languages, _SITE_OPTIONS), *_faults(Issuer, issuer, languages, _ISSUER_OPTIONS)]
    tags = [tag for tag in languages if LANGUAGE.fullmatch(tag) and short_tag(tag) == tag]  # of others it is told
    unknown = [fault for tag in tags if (fault := unknown_language(tag))]
    faults += [f"--language: {what}; {mend}" for what, mend in unknown]
    if answers.visibility != "unnamed" and not answers.basis:
        faults.append("names may be shown only on a ground that is written down; name the document with --basis")
    if faults:
        raise UsageError("\n".join(faults))
    return answers


def first_files(answers: Answers, example: Path, pins: Sequence[str]) -> dict[str, bytes]:
    """Every file of the new site by its POSIX path.

    `example` is the example's content folder; `pins` are the packages that make the site, with exact versions.
    """
    texts = {
        "content/site.yaml": _site(answers, example),
        f"content/issuers/{answers.issuer}.yaml": _issuer(answers),
        "README.md": _readme(answers),
        "requirements.txt": filled("requirements.txt", pins="\n".join(pins)),
        ".gitignore": starter("gitignore"),
        ".gitattributes": starter("gitattributes"),
        ".github/workflows/badges.yml": starter("badges.yml"),
    }
    for kind, schema in schemas().items():
        texts[f"{FOLDER}/{kind}.json"] = f"{json.dumps(schema, indent=2, ensure_ascii=False)}\n"
    files = {path: text.encode() for path, text in texts.items()}
    files |= _privacy(answers)
    for slug in EXAMPLES:
        files |= _badge(answers, example, slug)
    return files


def _faults(
    noun: type[Site] | type[Issuer],
    values: Mapping[str, object],
    languages: tuple[str, ...],
    options: Mapping[str, str],
) -> list[str]:
    """What is wrong with the values of a noun, each with the option that gave it."""
    try:
        noun.model_validate(values, context={"languages": languages})
    except ValidationError as error:
        return list(dict.fromkeys(_sentence(details, options) for details in error.errors()))
    return []


def _sentence(fault: ErrorDetails, options: Mapping[str, str]) -> str:
    told = fault.get("ctx", {})
    what, mend = told.get("what", fault["msg"]), told.get("mend")
    mend = "write it, or leave the option out" if fault["type"] == "empty" else mend
    option = options.get(str(fault["loc"][0])) if fault["loc"] else None
    return "".join((f"{option}: " if option else "", str(what), f"; {mend}" if mend else ""))


def _site(answers: Answers, example: Path) -> str:
    base = "# base_url: https://badges.example.edu/"
    basis = "# basis: {kind: request, reference: Privacy notice 3/2026}"
    return filled(
        "site.yaml",
        modeline=modeline("site", "content/site.yaml"),
        title=yaml_map(answers.title),
        languages=yaml_list(answers.languages),
        base_url=f"base_url: {answers.base_url}" if answers.base_url else base,
        publish=yaml_list(("ob2", "ob3") if answers.signs else ("ob2",)),
        visibility=answers.visibility,
        basis=f"basis: {{kind: request, reference: {yaml_text(answers.basis)}}}" if answers.basis else basis,
        issuer=next(iter(answers.issuer_name.values())).replace('"', "'"),
        categories=_categories(answers, example),
    )


def _issuer(answers: Answers) -> str:
    return filled(
        "issuer.yaml",
        modeline=modeline("issuer", f"content/issuers/{answers.issuer}.yaml"),
        name=yaml_map(answers.issuer_name),
        url=answers.issuer_url,
        email=answers.issuer_email,
        slug=answers.issuer,
        unit=sample_unit(answers.languages),
    )


def _readme(answers: Answers) -> str:
    language: Literal["it", "en"] = "it" if answers.languages[0] == "it" else "en"
    return filled(
        f"README.{language}.md",
        title=next(iter(answers.title.values())),
        issuer=next(iter(answers.issuer_name.values())),
        slug=answers.issuer,
        signing=filled(f"signing.{language}.md", slug=answers.issuer) if answers.signs else "",
    )


def _privacy(answers: Answers) -> dict[str, bytes]:
    """The page on personal data, with blanks for what only the institution knows; English where we lack a language."""
    first, *others = answers.languages
    files = {"content/pages/privacy.md": first if first in LANGUAGES else "en"}
    files |= {f"content/pages/privacy.{tag}.md": tag for tag in others if tag in LANGUAGES}
    texts = {path: _privacy_in(answers, tag) for path, tag in files.items()}
    return {path: text.encode() for path, text in texts.items()}


def _privacy_in(answers: Answers, language: str) -> str:
    names = answers.issuer_name
    return filled(
        f"privacy.{language}.md",
        issuer=names.get(language) or next(iter(names.values())),
        email=answers.issuer_email,
        shown=_SHOWN[language].format(answers.visibility),
    )


def _badge(answers: Answers, example: Path, slug: str) -> dict[str, bytes]:
    """A badge of the example with its picture: our issuer, our languages, nothing that stands elsewhere."""
    source = next((example / "badges").rglob(f"{slug}.yaml"))
    node = _root(source)
    node.value = [(key, value) for key, value in node.value if key.value not in ("issuer", *ELSEWHERE)]
    _translate(node, answers.languages)
    picture = next(value.value for key, value in node.value if key.value == "image")
    folder = source.parent.relative_to(example)
    path = f"content/{folder.as_posix()}/{slug}.yaml"
    values = {"modeline": modeline("badge", path), "issuer": answers.issuer, "rest": _text(node).strip()}
    return {
        path: filled("example.yaml", **values).encode(),
        f"content/{folder.as_posix()}/{picture}": (source.parent / picture).read_bytes(),
    }


def _categories(answers: Answers, example: Path) -> str:
    """The example's categories that its two badges are in, as lines of site.yaml."""
    used = set()
    for slug in EXAMPLES:
        badge = _root(next((example / "badges").rglob(f"{slug}.yaml")))
        used |= {value.value for key, value in badge.value if key.value == "category"}
    site = _root(example / "site.yaml")
    site.value = [(key, value) for key, value in site.value if key.value == "categories"]
    for _, categories in site.value:
        categories.value = [(key, value) for key, value in categories.value if key.value in used]
    _translate(site, answers.languages)
    return _text(site).strip()


def _root(path: Path) -> yaml.MappingNode:
    node = yaml.compose(path.read_text(encoding="utf-8"), Loader=yaml.SafeLoader)
    if not isinstance(node, yaml.MappingNode):
        raise TypeError(f"{path} is no map")
    return node


def _text(node: yaml.MappingNode) -> str:
    return str(yaml.serialize(node, Dumper=yaml.SafeDumper, allow_unicode=True, width=110))


def _translate(node: yaml.Node, languages: tuple[str, ...]) -> None:
    """Leave in each text the languages of the site; English stands in for a first language that it lacks."""
    if isinstance(node, yaml.MappingNode) and node.value and {key.value for key, _ in node.value} <= set(LANGUAGES):
        texts = {key.value: (key, value) for key, value in node.value}
        kept = [texts[language] for language in languages if language in texts]
        if languages[0] not in texts:
            stand_in = texts.get("en") or node.value[0]
            first = yaml.ScalarNode("tag:yaml.org,2002:str", languages[0])
            kept.insert(0, (first, stand_in[1]))
        node.value = kept
    elif isinstance(node, yaml.MappingNode):
        for _, value in node.value:
            _translate(value, languages)
    elif isinstance(node, yaml.SequenceNode):
        for value in node.value:
            _translate(value, languages)
