import subprocess
import sys
from hashlib import sha256
from importlib.machinery import ModuleSpec
from pathlib import Path

import pytest

from badgesite.crypto import contexts
from badgesite.crypto.contexts import CREDENTIALS, FILES, OPEN_BADGES, URLS, context
from badgesite.errors import FormatError, OutputError


@pytest.fixture
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder, which stands for the package."""
    spec = ModuleSpec(contexts.PACKAGE, None, is_package=True)
    spec.submodule_search_locations = [str(tmp_path)]
    monkeypatch.setattr(contexts, "find_spec", lambda name: spec)
    context.cache_clear()
    folder = tmp_path / contexts.FOLDER
    folder.mkdir(parents=True)
    return folder


@pytest.mark.parametrize("url", URLS)
def test_each_context_is_there_as_it_was_published(url: str) -> None:
    assert isinstance(context(url)["@context"], list | dict)


def test_the_contexts_of_a_credential_define_what_its_names_say() -> None:
    assert {CREDENTIALS, OPEN_BADGES} <= set(URLS)
    terms = context(OPEN_BADGES)["@context"]
    assert isinstance(terms, dict)
    assert "OpenBadgeCredential" in terms


def test_a_context_is_read_once() -> None:
    assert context(CREDENTIALS) is context(CREDENTIALS)


def test_an_unknown_context_is_a_format_error_and_is_not_fetched() -> None:
    with pytest.raises(FormatError, match=r"https://x.example/context.json is unknown"):
        context("https://x.example/context.json")


def test_a_context_that_is_not_there_says_what_to_install(elsewhere: Path) -> None:
    with pytest.raises(OutputError, match="cannot be read: No such file or directory; install badgesite again"):
        context(CREDENTIALS)


def test_a_context_with_other_bytes_is_refused(elsewhere: Path) -> None:
    (elsewhere / FILES[CREDENTIALS][0]).write_bytes(b'{"@context": {}}')
    with pytest.raises(OutputError, match="is not the context as published at https:"):
        context(CREDENTIALS)


def test_without_the_package_the_error_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(contexts, "find_spec", lambda name: None)
    context.cache_clear()
    with pytest.raises(OutputError, match="openbadgeslib is not installed"):
        context(CREDENTIALS)


def test_the_digest_of_the_first_is_the_one_that_its_standard_prints() -> None:
    assert FILES[CREDENTIALS][1] == "59955ced6697d61e03f2b2556febe5308ab16842846f5b586d7f1f7adec92734"
    assert all(len(digest) == len(sha256().hexdigest()) for _, digest in FILES.values())


def test_the_package_that_holds_them_is_not_imported() -> None:
    words = f"import sys; from badgesite.crypto.contexts import context; context({CREDENTIALS!r}); print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", words], capture_output=True, text=True, check=True).stdout.split()
    assert contexts.PACKAGE not in loaded
