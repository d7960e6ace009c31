"""What a YAML parser says in words of its own is told with the mend."""

import pytest

from badgesite.content.yaml.nodes import parse


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("title: a\nfooter: **University**\n",
         'x.yaml:2:10: no text can begin with this character; put the text in quotes'),
        ("a:\n  - {id: pass, name:{en: pass}}\n",
         'x.yaml:2:20: a ":" stands where none can; write a blank after it, or put the text in quotes'),
        (
            "colours: {accent: #8a1538}\ntitle: a\n",
            'x.yaml:1:19: what follows "#" is a comment, so that the bracket of column 10 stays open; '
            'write it in quotes: "#8a1538"',
        ),
    ],
)  # fmt: skip
def test_what_needs_quotes_is_told_to(text: str, told: str) -> None:
    (problem,) = parse(text, "x.yaml").problems
    assert str(problem) == told
