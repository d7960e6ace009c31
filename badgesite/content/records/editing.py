"""Records that are there already, edited in place: whatever was meant and nothing else, in several batches as one.

What a record is to say is an `Award`; what differs from the one that was read is written where it stands, in YAML or in
CSV. The text that comes out is read again, and must say what was meant.
"""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from badgesite.content.edits.in_tables import edited_table
from badgesite.content.edits.in_yaml import edited_text
from badgesite.content.records.batches import read_again
from badgesite.content.signed import writing
from badgesite.errors import ContentError, Place, Problem
from badgesite.model.award import Award, Batch
from badgesite.model.catalogue import Catalogue

Wanted = Mapping[str, Award | None]
"""Awards by id: each as its record is to be; None takes the record out."""


def edited(root: Path, catalogue: Catalogue, wanted: Wanted) -> dict[str, bytes]:
    """The files that hold these records, by path from `root`, as they are to be; every other byte is as it was.

    ContentError with every record that is written in a way that cannot be edited in place.
    """
    files: dict[str, bytes] = {}
    problems: list[Problem] = []
    for batch in catalogue.batches.values():
        own = {award.id: wanted[award.id] for award in batch.awards if award.id in wanted}
        if not own:
            continue
        path = batch.table or batch.path
        try:
            files[path] = _edited(catalogue, batch, (root / path).read_bytes().decode(), own).encode()
        except ContentError as error:
            problems += error.problems
    if problems:
        raise ContentError(problems=problems)
    return files


def put_in_place(root: Path, files: Mapping[str, bytes | None]) -> tuple[str, ...]:
    """Put files below content/ in place as one, None for one that goes; gives the paths that differed.

    Only for a run that alone writes content/ (desk.py). Cut off at any moment, it leaves all files as they were, or the
    next run that writes records puts the rest in place.
    """
    return writing.write_records(root, files)


def _edited(catalogue: Catalogue, batch: Batch, text: str, wanted: Wanted) -> str:
    before = {award.id: award for award in batch.awards}
    path = batch.table or batch.path
    done = edited_table(text, before, wanted) if batch.table else edited_text(text, path, before, wanted)
    expected = filter(None, (wanted.get(award.id, award) for award in batch.awards))
    if read_again(batch, done, catalogue.site.languages) != replace(batch, awards=tuple(expected)):
        what = "the records cannot be edited in place, as the file is written"
        raise ContentError(problems=[Problem(Place(path), what, "edit them by hand")])
    return done
