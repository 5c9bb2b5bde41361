"""What the columns of the published tables hold, in English, for readers of the Data Package, SQLite and Parquet."""

from collections.abc import Mapping

from generator.export.words import english

_ANY = ""
_YUAN = "_yuan"

_PARTS = {
    "kind": "What kind of value its wording makes it; the JSON Schema lists the kinds.",
    "comparator": "Comparison sign; empty where none is printed.",
    "number": "The number, not multiplied by the magnitude; empty where it is not a quantity.",
    "magnitude": "Magnitude printed behind the number, such as 万 (ten thousand).",
    "unit": "Unit of measure in its usual spelling.",
}
"""By part of a parsed value."""

_DESCRIPTIONS: Mapping[str, Mapping[str, str]] = {
    _ANY: {
        "id": "Identifier of the record: the path of its file without ending, part of its address, never changed.",
        "fiscal_year": "Budget year, four digits.",
        "form": "Title of the official form as printed.",
        "record_type": "SelfEvaluation (project), DepartmentEvaluation (whole unit), TargetDeclaration (promise) or Other.",
        "form_definition": "Identifier of the definition that lays out the form.",
        "layout": "Which layout of the form, where forms of the same title have several.",
        "unit_name": "Unit as registered on this site, by the folder of the record.",
        "department_name": "Competent department registered for the unit; empty where none is.",
        "project_key": "The same for the forms of one project of a unit in all years and stages.",
        "period": "Year or period as printed below the title.",
        "project_name": "Full name of the project as printed.",
        "project_code": "Code of the project in the fiscal system as printed; text, may start with zeros.",
        "competent_department": "Department that answers for the project, as printed.",
        "competent_department_code": "Budget code of the competent department; text, may start with zeros.",
        "implementing_unit": "Unit that spends the money and carries out the project, as printed.",
        "unit_code": "Budget code of the unit; text, may start with zeros.",
        "town_name": "Subdistrict or town in the head of a form about a whole unit.",
        "evaluated_department": "Department or unit that a form about a whole unit evaluates.",
        "subordinate_units": "Number of units below the department, as printed.",
        "project_nature": "Nature of the project as printed, such as new or continued.",
        "project_category": "Category of the project as printed.",
        "funding_purpose": "Purpose of the money as printed.",
        "person_in_charge": "Person in charge of the project, as printed.",
        "contact_person": "Who filled in the form or is to be asked, as printed.",
        "contact_phone": "Telephone as printed.",
        "finance_officer": "Finance officer as printed.",
        "reporting_unit": "Unit that filled in the form, as printed.",
        "grade": "Printed grade: 优 excellent, 良 good, 中 fair, 差 poor.",
        "planned_start": "Planned start, as printed.",
        "planned_end": "Planned end, as printed.",
        "report_date": "Date of the report as printed.",
        "money_unit": "Unit of the amounts: 元 yuan, 万元 ten thousand yuan and so on; empty for a form without money.",
        "initial_budget": "Budget at the start of the year, as printed.",
        "adjusted_budget": "Budget of the whole year after adjustment, as printed.",
        "executed": "Spent in the whole year, as printed.",
        "requested": "Amount applied for, as printed.",
        "computed_adjustment": "Adjusted less initial budget in yuan; empty where one is missing.",
        "execution_rate": "Execution rate as printed, with or without percent sign.",
        "computed_execution_rate": "Executed over adjusted budget in percent, not rounded, at most 28 significant digits.",
        "total_points": "Sum of the points as printed.",
        "total_score": "Total score as printed.",
        "total_review_score": "Total score of the review as printed.",
        "computed_points_lost": "Points less score; of a record the sum over its rows, budget execution among them.",
        "computed_deviations": "Number of indicators that lost points or missed their target.",
        "computed_findings": "Number of published findings that are not waived.",
        "computed_contradictions": "Number of those that say that the form contradicts itself.",
        "objective_expected": "Objective set at the start of the year (Markdown).",
        "objective_achieved": "What was achieved in the year (Markdown).",
        "unreadable": "Which cells cannot be read in the original, and why.",
        "extra": "Columns of the form that the vocabulary has no word for, each with its printed title.",
        "url": "Web page of the row or record.",
        "json_url": "JSON of the single record.",
        "number": "Position of the row within the record, from 1.",
        "parent": "Number of the row that this one is a part of; empty where it is part of none.",
        "review_score": "Score of the review as printed.",
        "horizon": "annual, or long_term for indicators of the medium and long term.",
        "level1": "First level of the indicator.",
        "level2": "Second level of the indicator.",
        "levels": "All levels above the indicator's name, from the top.",
        "name": "Name of the indicator as printed.",
        "nature": "Comparison sign or “qualitative” in a column of its own, as printed.",
        "initial_target": "Target before adjustment, as printed.",
        "target": "Target of the year, as printed.",
        "adjusted_target": "Target after adjustment, as printed.",
        "target_unit": "Unit of measure in a column of its own, as printed.",
        "actual": "Value achieved, as printed.",
        "actual_to_date": "Value achieved by the date of monitoring, as printed.",
        "review_value": "Value found by the review, as printed.",
        "points": "Points the indicator is worth, as printed.",
        "coefficient": "Share of the points that the score is, as printed.",
        "score": "Score the unit gave itself, as printed.",
        "deviation": "Difference between target and value achieved, as printed.",
        "deviation_reason": "Reason given for lost points or a missed target.",
        "improvement_measures": "Measures against the deviation, as printed.",
        "likelihood": "Whether the target will be met, as judged when monitored.",
        "description": "Explanation of the indicator, as printed.",
        "standard": "Standard of scoring, as printed.",
        "core_mark": "Mark of a core indicator, as printed.",
        "indicator_code": "Code of the indicator; text, may start with zeros.",
        "remark": "Remark on the row, as printed.",
        "computed_outcome": "Printed target against printed value: met, missed, or undecided where the print does not tell.",
        "finding_code": "Code of the rule; rules.json has the rules.",
        "finding_severity": "error, warning or note.",
        "finding_outcome": "fail, waived, or error where the rule broke down.",
        "finding_message": "What does not fit, in one sentence.",
        "finding_field": "Where, by the printed titles from the outside in.",
        "finding_found": "What is printed.",
        "finding_expected": "What the rule expects.",
        "finding_reason": "Reason of the waiver; empty where there is none.",
        "rule_url": "Web page of the rule.",
    },
    "records": {
        "initial_budget": "Initial budget in the row of the total, as printed; empty where this site added up the sources.",
        "adjusted_budget": "Adjusted budget in the row of the total, as printed; empty where this site added up the sources.",
        "executed": "Executed amount in the row of the total, as printed; empty where this site added up the sources.",
        "requested": "Requested amount in the row of the total, as printed; empty where this site added up the sources.",
    },
    "funding": {
        "group": "Which breakdown the row belongs to, such as by source or by structure; empty where there is one only.",
        "label": "Name of the row of money, as printed.",
        "amount": "Amount in a form with a single column of money, as printed.",
        "prior_year": "Amount of the year before, as printed.",
        "prior_year_budget": "Budget of the year before, as printed.",
        "prior_year_executed": "Spent in the year before, as printed.",
        "approved": "Amount approved, as printed.",
        "budget": "Budget in a form with a single column of budget, as printed.",
        "executed_to_date": "Spent by the date of monitoring, as printed.",
        "forecast": "Expected spending of the whole year, as printed.",
        "points": "Points for budget execution, as printed.",
        "score": "Score for budget execution, as printed.",
        "adjustment_reason": "Reason of the adjustment or of the deviation, as printed.",
        "printed_cells": "Figures in printed order whose columns cannot be told.",
    },
    "indicators": {"forecast": "Value expected for the whole year, as printed."},
}
"""By name of the table and identifier of the column; what holds for any table stands under the empty name."""


def english_description(table: str, identifier: str) -> str:
    """Return what a column of a table holds."""
    if identifier.endswith(_YUAN):
        return f"{english(identifier.removesuffix(_YUAN))} in yuan, not rounded; empty where no number is printed."
    whole, parsed, part = identifier.partition("_parsed_")
    if parsed:
        return f"{english(whole)} as parsed. {_PARTS[part]}"
    own = _DESCRIPTIONS.get(table, {})
    return own[identifier] if identifier in own else _DESCRIPTIONS[_ANY][identifier]
