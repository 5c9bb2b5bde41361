"""What is wrong with a record that was joined from two, and with neither of those: each right, the two together not.

Only the record itself is looked at, by the rules that hold everywhere: whoever joins asks no `mkdocs.yml`.
"""

from generator.build.today import this_day
from generator.check.packs.pack_choice import PackChoice
from generator.check.packs.pack_library import packaged_packs
from generator.check.registry import all_rules
from generator.check.runner import conclude, decide, make_subject
from generator.check.selection import fails, new_since
from generator.check.waivers import Codes
from generator.exchange.existing import read_again
from generator.exchange.merging import Sides
from generator.finding import Finding, Severity
from generator.load.assemble import with_unregistered
from generator.load.discover import SourceFile
from generator.model.catalog import Registry, make_catalog
from generator.model.forms import FormLibrary


def new_errors(sides: Sides, text: str, file: SourceFile, forms: FormLibrary) -> tuple[Finding, ...]:
    """Return the errors of a joined text that neither of the two sides has."""
    if text in sides:
        return ()
    found = tuple(one for one in _findings(text, file, forms) if fails([one], Severity.ERROR))
    for side in (sides.ours, sides.theirs):
        if found:
            found = new_since(found, _findings(side, file, forms))
    return found


def _findings(text: str, file: SourceFile, forms: FormLibrary) -> tuple[Finding, ...]:
    record, findings = read_again(text, file, forms)
    if record is None or not record.layout:
        return findings
    catalog = make_catalog((record,), with_unregistered(Registry({}, {}), (record,)), forms)
    subject = make_subject(record, catalog, PackChoice(packaged_packs(), (), catalog))
    rules = all_rules()
    return (*findings, *conclude(subject, decide(subject, rules), Codes(rules, rules), this_day()).findings)
