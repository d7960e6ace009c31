import os
from pathlib import Path

import pytest

from badgesite.content.signed import credential_files
from badgesite.content.signed.credential_files import batch_of, changes, file_texts, path_of
from badgesite.content.signed.lines import line_of
from tests.content.signed.samples import CREDENTIALS, credential, lines
from tests.sites import AWARDS, BATCH_PATH, write_site


@pytest.mark.parametrize("number", [1, 2, 10, 21])
def test_a_file_is_named_after_its_batch(number: int) -> None:
    assert batch_of(path_of(BATCH_PATH, number)) == BATCH_PATH


@pytest.mark.parametrize(
    "name",
    ["b.jsonl", "b.credentials", "b.credentials.json", "b.credentials-1.jsonl", "b.credentials-02.jsonl", "b.yaml"],
)
def test_other_names_are_of_no_batch(name: str) -> None:
    assert batch_of(f"content/awards/{name}") is None


def test_the_first_file_has_no_number() -> None:
    assert path_of("content/awards/x.yaml") == "content/awards/x.credentials.jsonl"
    assert path_of("content/awards/x.yaml", 2) == "content/awards/x.credentials-2.jsonl"


def test_credentials_are_written_in_their_order_so_many_to_a_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(credential_files, "LINES", 2)
    signed = [credential(AWARDS[0], number) for number in range(5)]
    texts = file_texts(BATCH_PATH, signed)
    assert list(texts) == [path_of(BATCH_PATH, number) for number in (1, 2, 3)]
    assert b"".join(texts.values()) == b"".join(map(line_of, signed))
    assert [text.count(b"\n") for text in texts.values()] == [2, 2, 1]
    assert file_texts(BATCH_PATH, []) == {}


def test_files_that_are_no_longer_needed_go(tmp_path: Path) -> None:
    second, stranger = path_of(BATCH_PATH, 2), path_of(BATCH_PATH.replace("07-14", "07-15"))
    root = write_site(tmp_path, {CREDENTIALS: "", second: "", stranger: ""})
    signed = credential(AWARDS[0])
    assert changes(root, {BATCH_PATH: [signed]}) == {CREDENTIALS: lines(signed), second: None}
    assert changes(root, {BATCH_PATH: []}) == {CREDENTIALS: None, second: None}
    assert changes(root, {"content/awards/2031/x.yaml": []}) == {}


def test_a_folder_is_listed_once_for_all_its_batches(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    listed: list[Path] = []

    def noted(folder: Path) -> list[str]:
        listed.append(folder)
        return []

    monkeypatch.setattr(os, "listdir", noted)
    (tmp_path / "content/awards/2023").mkdir(parents=True)
    batches = [f"content/awards/2023/{number}.yaml" for number in range(9)]
    assert changes(tmp_path, dict.fromkeys(batches, (credential(AWARDS[0]),))).keys() == set(map(path_of, batches))
    assert listed == [tmp_path / "content/awards/2023"]
