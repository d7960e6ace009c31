from itertools import count

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from badgesite.content.yaml.nodes import Mapping, Parsed, Scalar, Sequence, parse, plain
from badgesite.errors import Place
from badgesite.model.scalars import Quoted

LOADERS = [yaml.SafeLoader, *([yaml.CSafeLoader] if yaml.__with_libyaml__ else [])]
both = pytest.mark.parametrize("loader", LOADERS, ids=lambda loader: loader.__name__)


def said(parsed: Parsed) -> list[str]:
    return [str(problem) for problem in parsed.problems]


@both
def test_every_value_knows_its_place(loader: type) -> None:
    parsed = parse("a: 1\nè: [x, {y: z}]\n", "f.yaml", loader)
    assert not parsed.problems
    node = parsed.node
    assert isinstance(node, Mapping)
    key, value = node.entries["è"]
    assert key == Place("f.yaml", 2, 1)
    assert isinstance(value, Sequence)
    assert [item.place for item in value.items] == [Place("f.yaml", 2, 5), Place("f.yaml", 2, 8)]


@both
def test_scalars_keep_their_characters_and_whether_they_were_quoted(loader: type) -> None:
    parsed = parse("[no, 012, 5e01, 2019-01-01, 'x', \"y\", null, ~]", "f.yaml", loader)
    assert isinstance(parsed.node, Sequence)
    assert plain(parsed.node) == ["no", "012", "5e01", "2019-01-01", "x", "y", "null", "~"]
    quoted = [isinstance(item.text, Quoted) for item in parsed.node.items if isinstance(item, Scalar)]
    assert quoted == [False, False, False, False, True, True, False, False]


@both
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ["f:1:1: the file is empty; write its fields, or remove it"]),
        ("# only words\n", ["f:1:1: the file is empty; write its fields, or remove it"]),
        ("---\n", ["f:1:1: the file is empty; write its fields, or remove it"]),
        ("a: 1\nb: 2\na: 3", ['f:3:1: "a" stands here a second time, first in line 1; keep one']),
        (
            "a: &x 1\nb: *x",
            [
                'f:1:4: "&x" is an anchor, which is not read here; remove it',
                'f:2:4: "*x" is an alias, which is not read here; write the value out',
            ],
        ),
        ("a: !!str 1", ['f:1:4: "!!str" is a tag, which is not read here; remove it: the field decides the type']),
        ("a: 1\n---\nb: 2", ["f:2:1: a second document begins here; keep one in a file, without a line ---"]),
        ("? [a]\n: b", ["f:1:3: a map or list stands where a key is meant; write a single word before the :"]),
        ("<<: {a: 1}", ['f:1:1: "<<" is a merge key, which is not read here; write the lines out']),
        ("a:\nb: 1", ['f:1:1: "a" has no value; write one, or remove the line']),
        ("a:\n- 1\n-\n", ["f:3:2: this item of the list has no value; write one, or remove the line"]),
        ("'': 1", ["f:1:1: a : without a key before it; write the key, or put the text in quotes"]),
        ("a: b: c", ['f:1:5: a second ": " stands in this line; put the text after the first one in quotes']),
        (
            "name: A\n  url: b",
            [
                "f:2:6: this line stands further right than the one above, which has its value already; "
                "align the two; or, if it goes on with the text above, put all of that in quotes"
            ],
        ),
        ("name:A\nurl: b", ['f:1:6: a blank is missing after the ":"; write key: value']),
        ("m:\n  - url: b\n    name:A\n    x: c", ['f:3:10: a blank is missing after the ":"; write key: value']),
        ("a: b\nname\nx: c", ['f:2:1: a line without a ": " stands where a key is meant; write key: value']),
        (
            "a: b\nc: 'Uso dell'arte'\n",
            ["f:2:14: the text goes on after its closing quote; put it in double quotes, or write each ' in it twice"],
        ),
        (
            "{it: 'l'arte', en: art}",
            ["f:1:9: the text goes on after its closing quote; put it in double quotes, or write each ' in it twice"],
        ),
        ('a: "x" y', ['f:1:8: the text goes on after its closing quote; write \\" for each quote inside it']),
        ('a: "x\nb: "y"\nc: d', ["f:2:5: the quote opened in line 1 ends here only; close it in line 1"]),
        ('a: b\nc: "d\ne: f\n', ["f:2:4: the quote that opens here is never closed; close it where the text ends"]),
        (
            "a: [b, c\nd: e",
            [
                "f:2:2: a comma or a closing bracket is missing: one was opened in line 1; "
                "close it, or put the text in quotes"
            ],
        ),
        ("\ta: 1", ["f:1:1: a tab stands at the beginning; indent with spaces"]),
        ("a:\n\t- b", ["f:2:1: a tab stands at the beginning; indent with spaces"]),
        ("a: 'x", ["f:1:4: the quote that opens here is never closed; close it where the text ends"]),
        ("a: 1\nb: [", ["f:2:5: a value is missing; write one, or close the brackets"]),
        ("a: {b: 1", ["f:1:9: a comma or a closing bracket is missing; close what was opened, or use quotes"]),
        ("- a\nb: 1", ["f:2:1: this line does not fit where it stands; align it with the lines above"]),
        ("a: @x", ["f:1:4: no value can begin with this character; put the text in quotes"]),
        ("a: -", ['f:1:4: a "-" stands where no list can begin; begin the list on a line of its own']),
        ("[" * 100_000, ["f:1:65: the nesting goes deeper than 64; make it flatter"]),
        ("{a: " * 100_000, ["f:1:254: the nesting goes deeper than 64; make it flatter"]),
        ("- " * 100_000, ["f:1:129: the nesting goes deeper than 64; make it flatter"]),
    ],
    ids=count(),
)
def test_what_we_do_without_ends_in_a_message(loader: type, text: str, expected: list[str]) -> None:
    assert said(parse(text, "f", loader)) == expected


@both
def test_all_faults_of_a_file_are_told_in_one_run(loader: type) -> None:
    text = "a: !x 1\na: 2\nb:\nc: &d e\n"
    assert len(said(parse(text, "f", loader))) == 4


@given(st.text(st.sampled_from("ab:-[]{}'\"#&*!|>%@?,. \n\t~<"), max_size=40))
@settings(max_examples=300)
def test_any_text_ends_in_a_node_or_in_problems(text: str) -> None:
    for loader in LOADERS:
        parsed = parse(text, "f", loader)
        assert parsed.node is not None or parsed.problems
