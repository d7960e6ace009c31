"""What private/ knows of holders is found wherever an office keeps the row, and put right there."""

from pathlib import Path

from badgesite.content.records import people, private
from badgesite.content.records.private import Person

ADA = Person("a1", "ada@example.org", "=Ada", "B2", "https://x.example/a1/")
BO = Person("b1", "bo@example.org", None, "B2", "https://x.example/b1/")


def write(folder: Path) -> None:
    private.write_people(folder, {"one": [ADA], "two": [BO]}, {}, set())


def test_a_holder_is_known_by_the_award_in_whatever_file(tmp_path: Path) -> None:
    write(tmp_path)
    (tmp_path / "one.csv").rename(tmp_path / "all of July.csv")
    assert people.known(tmp_path, {"a1", "b1", "c1"}) == {"a1": ADA, "b1": BO}


def test_what_is_new_takes_the_place_of_what_was_and_who_is_new_joins(tmp_path: Path) -> None:
    write(tmp_path)
    new = Person("a1", "new@example.org", "Ada", "B2", ADA.link)
    other = Person("c1", "", "Cy", "B2", "https://x.example/c1/")
    people.put_right(tmp_path, {"one": [new], "three": [other]})
    assert people.known(tmp_path, {"a1", "b1", "c1"}) == {"a1": new, "b1": BO, "c1": other}
    assert private.read_index(tmp_path) == {
        address: frozenset((award,))
        for address, award in ((ADA.email, "a1"), (BO.email, "b1"), ("new@example.org", "a1"))
    }
    people.settle(tmp_path, {"a1": "new@example.org"})
    assert set(private.read_index(tmp_path)) == {"new@example.org", BO.email}
    assert (tmp_path / "three.csv").exists()


def test_a_file_that_is_not_ours_is_moved_aside(tmp_path: Path) -> None:
    (tmp_path / "one.csv").write_text("my own notes\n")
    people.put_right(tmp_path, {"one": [ADA]})
    assert people.known(tmp_path, {"a1"}) == {"a1": ADA}
    assert (tmp_path / "_one-1.csv").read_text() == "my own notes\n"


def test_who_is_forgotten_goes_from_every_file_by_award_or_by_address(tmp_path: Path) -> None:
    write(tmp_path)
    private.write_people(
        tmp_path, {"one": [Person("a2", ADA.email, None, "B1", "x")]}, {ADA.email: frozenset({"a1"})}, {"a1"}
    )
    assert people.forget(tmp_path, {"b1"}) == ("two.csv",)
    assert set(people.known(tmp_path, {"a1", "a2", "b1"})) == {"a1", "a2"}
    assert people.forget(tmp_path, {"a1"}) == ("one.csv", "_index.tsv")
    assert people.forget(tmp_path, (), {ADA.email}) == ("one.csv", "_index.tsv")
    assert not list(tmp_path.glob("*.csv"))
    assert private.read_index(tmp_path) == {}
    assert people.forget(tmp_path, {"a1"}, {ADA.email}) == ()


def test_files_that_are_not_ours_are_told_if_they_mention_somebody(tmp_path: Path) -> None:
    (tmp_path / "mail").mkdir()
    (tmp_path / "mail/merge.txt").write_text("ADA@example.org\n", encoding="utf-16")
    (tmp_path / "other.txt").write_text("nobody\n")
    assert people.mentions(tmp_path, [ADA.email, ""]) == ("mail/merge.txt",)
    assert people.mentions(tmp_path, []) == ()
