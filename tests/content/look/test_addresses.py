"""Addresses in themes stop a build at the theme's own file."""

from pathlib import Path

import pytest

from badgesite.cli import run
from tests.sites import write_site

FOOTER = "themes/prova/templates/parts/footer.html"
WORDS = (
    '{% extends "parent/parts/footer.html" %}\n{% block more %}\n<p>Anna: anna.rossi@prova.example</p>\n{% endblock %}'
)


@pytest.mark.parametrize("verb", ["check", "build"])
def test_an_address_in_a_template_is_one_error_at_its_line(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], verb: str
) -> None:
    root = write_site(tmp_path, {FOOTER: WORDS}, theme="prova")
    assert run(["-C", str(root), verb]) == 1
    told = "".join(capfd.readouterr())
    assert f"{FOOTER}:3:10: " in told
    assert told.count("is an e-mail address") == 1
    assert "anna.rossi" not in told


def test_an_address_that_the_content_has_as_well_is_meant(tmp_path: Path) -> None:
    root = write_site(tmp_path, {FOOTER: WORDS}, theme="prova", contact="{email: anna.rossi@prova.example}")
    assert run(["-C", str(root), "build"]) == 0


def test_an_address_is_found_in_a_parent_theme(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    files = {FOOTER: WORDS, "themes/child/theme.yaml": "parent: prova\n"}
    assert run(["-C", str(write_site(tmp_path, files, theme="child")), "build"]) == 1
    assert f"{FOOTER}:3:10: " in capfd.readouterr().err
