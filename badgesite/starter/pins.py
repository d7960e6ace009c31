"""What makes a site, with its exact version: badgesite and all it needs, as it is installed here."""

import json
import re
from collections.abc import Iterator
from importlib.metadata import Distribution, PackageNotFoundError, distribution

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
_SEPARATORS = re.compile(r"[-_.]+")


def pins(package: str) -> tuple[str, ...]:
    """A requirement for `package`, and for everything it needs to run, one version each, sorted by name."""
    found: dict[str, str] = {}
    waiting = [package]
    while waiting:
        name = _SEPARATORS.sub("-", waiting.pop()).lower()
        if name in found:
            continue
        try:
            installed = distribution(name)
        except PackageNotFoundError:
            continue  # needed elsewhere: on another system, or by another Python
        found[name] = _pin(name, installed)
        waiting += _needs(installed)
    return tuple(line for _, line in sorted(found.items()))


def _needs(installed: Distribution) -> Iterator[str]:
    for requirement in installed.requires or ():
        specifier, _, marker = requirement.partition(";")
        name = _NAME.match(specifier.strip())
        if name and "extra" not in marker:
            yield name[0]


def _pin(name: str, installed: Distribution) -> str:
    """The version on the package index; the address of what was installed from elsewhere, where others find it too."""
    origin = json.loads(installed.read_text("direct_url.json") or "{}")
    address, repository = origin.get("url", ""), origin.get("vcs_info")
    if repository:
        return f"{name} @ {repository['vcs']}+{address}@{repository['commit_id']}"
    return f"{name} @ {address}" if address.startswith("https://") else f"{name}=={installed.version}"
