"""Which indicators the goal and the account of a record give a number for."""

from collections.abc import Iterator

from generator.check.rows.row_groups import row_groups
from generator.check.subject import Subject
from generator.check.wording.text_matching import Mention, Pair, core, mentions, pairs, same_unit
from generator.finding import Related
from generator.model.records import Prose
from generator.model.values import Quantity
from generator.origin import Origin


def target_pairs(subject: Subject, prose: Prose) -> Iterator[Pair]:
    """Yield the rows with a numeric target with the number that a text gives for the same thing."""
    found = mentions(prose.text)
    units = {mention.unit for mention in found}
    rows = (
        (row, core(row.name), unit)
        for row in row_groups(subject).numbers
        if isinstance(row.target, Quantity)
        and (unit := same_unit(row.target.normalised_unit)) in units
        and row.is_readable
        and row.indicator.horizon == "annual"
    )
    return pairs(rows, found)


def actual_pairs(subject: Subject, prose: Prose) -> Iterator[Pair]:
    """Yield the rows with a numeric result with the number that a text gives for the same thing."""
    found = mentions(prose.text)
    units = {mention.unit for mention in found}
    rows = (
        (row, core(row.name), unit)
        for row in subject.scored
        if isinstance(row.actual, Quantity)
        and (unit := same_unit(row.actual.normalised_unit or _unit(row.target))) in units
        and row.is_readable
    )
    return pairs(rows, found)


def worded_pairs(subject: Subject, prose: Prose) -> Iterator[tuple[Pair, Mention]]:
    """Yield the rows whose target is a sentence with one number, with the number of a text for the same thing."""
    mentioned = mentions(prose.text)
    if not mentioned:
        return
    wanted = {}
    for row in subject.scored:
        found = () if isinstance(row.target, Quantity) or not row.is_readable else mentions(row.target_cell.text)
        if len(found) == 1:
            wanted[row.position] = (row, found[0])
    rows = ((row, mention.phrases[0], mention.unit) for row, mention in wanted.values())
    for pair in pairs(rows, mentioned):
        yield pair, wanted[pair.row.position][1]


def _unit(value: object) -> str:
    return value.normalised_unit if isinstance(value, Quantity) else ""


def quoted(subject: Subject, prose: Prose, mention: Mention, label: str) -> tuple[Related, ...]:
    """Return the place and the words of a text as something a finding is also about."""
    place = prose.place_of(mention.start)
    return (Related(Origin(subject.record.path, *place), f"{label}：{mention.quote}", subject.id),)
