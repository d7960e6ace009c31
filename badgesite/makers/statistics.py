"""What was awarded, in numbers: a page in every language, and the same as CSV and JSON; counted once."""

from collections.abc import Iterator

from badgesite.artifact import Artifact, text_artifact
from badgesite.makers.context import Context
from badgesite.pages.statistics.page import statistics_pages
from badgesite.plan import STATISTICS_CSV, STATISTICS_JSON
from badgesite.statistics.counting import statistics_of
from badgesite.statistics.document import json_of
from badgesite.statistics.tidy import csv_of


def statistics(context: Context) -> Iterator[Artifact]:
    """/statistics/ in every language, statistics.csv and statistics.json."""
    catalogue = context.catalogue
    found = statistics_of(catalogue)
    yield from statistics_pages(context.theme, catalogue, context.plan, context.as_of, found)
    yield text_artifact(STATISTICS_CSV, csv_of(catalogue, found))
    yield text_artifact(STATISTICS_JSON, json_of(catalogue, found))
