"""What private/ knows of holders is found wherever an office keeps the row, and put right there."""

from pathlib import Path

from badgesite.content.records import people, private
from badgesite.content.records.private import Person
from badgesite.model.award import Recipient, hashed

ADA = Person("a1", "ada@example.org", "=Ada", "B2", "https://x.example/a1/")
BO = Person("b1", "bo@example.org", None, "B2", "https://x.example/b1/")


def write(folder: Path) -> None:
    private.write_people(folder, {"one": [ADA], "two": [BO]}, {}, set())


def test_a_holder_is_known_by_the_award_in_whatever_file(tmp_path: Path) -> None:
    write(tmp_path)
    (tmp_path / "one.csv").rename(tmp_path / "all of July.csv")
    assert people.known(tmp_path, {"a1", "b1", "c1"}) == {"a1": ADA, "b1": BO}


def holder(address: str) -> Recipient:
    return Recipient(identity=hashed(address, "5a" * 16), salt="5a" * 16)


def addresses(folder: Path, name: str) -> list[str]:
    return [row[0] for row in private.read_rows(folder / name) or ()]


def test_what_is_new_takes_the_place_of_what_was_and_who_is_new_joins(tmp_path: Path) -> None:
    write(tmp_path)
    new = Person("a1", "new@example.org", "Ada", "B2", ADA.link)
    other = Person("c1", "", "Cy", "B2", "https://x.example/c1/")
    people.put_right(tmp_path, {"one": [new], "three": [other]})
    assert addresses(tmp_path, "one.csv") == [ADA.email, new.email]
    assert private.read_index(tmp_path) == {
        address: frozenset((award,))
        for address, award in ((ADA.email, "a1"), (BO.email, "b1"), ("new@example.org", "a1"))
    }
    people.settle(tmp_path, {"a1": holder("new@example.org"), "b1": holder("b"), "c1": holder("c")})
    assert people.known(tmp_path, {"a1", "b1", "c1"}) == {"a1": new, "b1": BO, "c1": other}
    assert addresses(tmp_path, "one.csv") == [new.email]
    assert set(private.read_index(tmp_path)) == {"new@example.org", BO.email}
    assert (tmp_path / "three.csv").exists()
    assert not (tmp_path / "_changing.tsv").exists()


def test_a_new_address_that_no_record_has_goes_again(tmp_path: Path) -> None:
    write(tmp_path)
    fresh = [Person(award, "new@example.org", "Ada", "B2", ADA.link) for award in ("a1", "d1")]
    people.put_right(tmp_path, {"one": fresh[:1], "four": fresh[1:]})
    people.settle(tmp_path, {"a1": holder(ADA.email)})
    assert people.known(tmp_path, {"a1"}) == {"a1": ADA}
    assert private.read_index(tmp_path)["new@example.org"] == {"d1"}, "its record is on another branch"
    people.settle(tmp_path, {"d1": holder("d@example.org")})
    assert set(private.read_index(tmp_path)) == {ADA.email, BO.email}
    assert addresses(tmp_path, "four.csv") == ["new@example.org"], "there was no other row before"
    assert not (tmp_path / "_changing.tsv").exists()


def test_a_row_with_the_same_address_is_written_over_even_if_no_record_has_it(tmp_path: Path) -> None:
    write(tmp_path)
    named = Person("b1", "BO@example.org", "Bo", "B2", BO.link)
    people.put_right(tmp_path, {"two": [named]})
    people.settle(tmp_path, {"b1": holder("another@example.org")})
    assert people.known(tmp_path, {"b1"}) == {"b1": named}


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


def test_who_is_forgotten_goes_from_what_is_under_way_too(tmp_path: Path) -> None:
    write(tmp_path)
    people.put_right(tmp_path, {"one": [Person("a1", "new@example.org", None, "B2", ADA.link)]})
    assert "_changing.tsv" in people.forget(tmp_path, {"a1"})
    assert people.mentions(tmp_path, ["new@example.org", ADA.email]) == ()


def test_files_that_are_not_ours_are_told_if_they_mention_somebody(tmp_path: Path) -> None:
    (tmp_path / "mail").mkdir()
    (tmp_path / "mail/merge.txt").write_text("ADA@example.org\n", encoding="utf-16")
    (tmp_path / "other.txt").write_text("nobody\n")
    assert people.mentions(tmp_path, [ADA.email, ""]) == ("mail/merge.txt",)
    assert people.mentions(tmp_path, []) == ()
