"""An empty record of any form, with every field explained in a comment above it."""

from collections.abc import Iterator, Mapping
from itertools import groupby

from msgspec.structs import replace

from generator.authoring.address import RecordAddress
from generator.load.assemble import markdown_sections
from generator.load.quoting import yaml_text
from generator.model.forms import FormDefinition, FundingLabel
from generator.vocabulary import Place, term_for, term_of

Lines = Iterator[str]

_OBJECTIVE = ("expected", "achieved")
_NAMES = ("level1", "level2", "name")


def format_skeleton(
    form: FormDefinition, title: str, address: RecordAddress, *, names: Mapping[str, str], markdown: bool = False
) -> str:
    """Return the text of a record of this form in which nothing is filled in but what is known.

    `names` holds what the registry knows of the unit, by identifier of the head.
    """
    form = _with_usual_parts(form, title) if form.any_title else form
    lines = [*_heading(form, title, markdown=markdown), *_identity(form, title, address), *_head(form, names)]
    if not markdown:
        lines += _record_prose(form)
    lines += _funding(form)
    if not markdown:
        lines += _objective(form)
    lines += [*_indicators(form), *_weights(form), *_total(form), *_grade(form), *_source()]
    schema = f"# yaml-language-server: $schema=../../../schema/{form.schema}.schema.json"
    if markdown:
        sections = [line for identifier in form.prose for line in ("", f"## {_section(form, identifier)}")]
        return "\n".join(["---", schema, *lines, "---", *sections]).rstrip() + "\n"
    return "\n".join([schema, *lines]) + "\n"


def _heading(form: FormDefinition, title: str, *, markdown: bool) -> Lines:
    yield f"# {title}（版式 {form.layout}）的空表，由 jixiao new 生成。"
    yield '# 照原表逐栏填写：原表空着的就空着；0、-、— 是不同的写法，照原样写；单独的横线要加英文引号，写成 "-"。'
    yield "# 空着的必填栏由 jixiao check 逐行指出；指出的还没有填好之前，这张表不会发布。"
    yield "# 以 # 开头的行是说明，不算内容，填完可以删去；原表没有的行和栏，整行删去。"
    if markdown:
        yield "# 大段文字写在下面第二个 --- 之后，各小节标题之下；其余各栏写在两个 --- 之间。"


def _identity(form: FormDefinition, title: str, address: RecordAddress) -> Lines:
    yield f"表样: {yaml_text(title)}"
    yield f"版式: {yaml_text(form.layout)}"
    yield f"年度: {address.year}"
    label = _label(form, "period")
    period = form.period.format(year=address.year).removeprefix(f"{label}：") or f"({address.year}年度)"
    yield f"# {term_of(Place.RECORD, 'period').description}"
    yield f"{label}: {yaml_text(period)}"


def _head(form: FormDefinition, names: Mapping[str, str]) -> Lines:
    for identifier in form.head:
        if identifier == "grade":
            continue
        label, known = _label(form, identifier), names.get(identifier, "")
        yield _explained(form, label, note="已按登记表填好，请与原表核对。" if known else "")
        yield f"{label}: {yaml_text(known)}" if known else f"{label}:"


def _record_prose(form: FormDefinition) -> Lines:
    for identifier in form.prose:
        if identifier not in _OBJECTIVE:
            label = _label(form, identifier)
            yield f"{_explained(form, label)}{_LONG_TEXT}"
            yield f"{label}:"


_LONG_TEXT = "不止一段的，冒号后空一格写 | ，下一行起各行开头空四格。"


def _funding(form: FormDefinition) -> Lines:
    block = _block_label(form, "funding")
    if not form.funding_columns and block not in form.required:
        return
    yield f"{_explained(form, block)}金额照原表，可以带千位分隔符，不换算、不补零。"
    yield f"{block}:"
    yield "  # 必填。原表的金额单位：元 或 万元；原表没有印单位时，按金额大小判断后写明。"
    yield "  单位:"
    for group, rows in groupby(form.funding_rows, lambda row: row.group):
        indent = "    " if group else "  "
        if group:
            yield f"  {yaml_text(group)}:"
        for row in rows:
            yield from _funding_row(form, row, indent)


def _funding_row(form: FormDefinition, row: FundingLabel, indent: str) -> Lines:
    yield f"{indent}{yaml_text(row.label)}:"
    if tuple(form.funding_columns) != ("amount",):
        for identifier, printed in form.funding_columns.items():
            yield f"{indent}  {_column(Place.FUNDING_ROW, identifier, printed)}:"


def _objective(form: FormDefinition) -> Lines:
    parts = [identifier for identifier in form.prose if identifier in _OBJECTIVE]
    if not parts:
        return
    block = _block_label(form, "objective")
    yield f"{_explained(form, block)}{_LONG_TEXT}"
    yield f"{block}:"
    if len(parts) > 1:
        for identifier in parts:
            yield f"  {_printed_part(form, identifier)}:"


def _indicators(form: FormDefinition) -> Lines:
    if not form.indicator_columns:
        return
    block = _block_label(form, "indicators")
    columns = {
        identifier: _column(Place.INDICATOR, identifier, printed)
        for identifier, printed in form.indicator_columns.items()
        if identifier not in _NAMES
    }
    name = _column(Place.INDICATOR, "name", form.indicator_columns.get("name", ""))
    yield f"{_explained(form, block)}一个指标不止一行时，把“- {name}:”起的几行复制一份；没有的指标整段删去。"
    for identifier, label in columns.items():
        yield f"#   {label}：{term_of(Place.INDICATOR, identifier).description}{_EXAMPLES.get(identifier, '')}"
    yield f"{block}:"
    for level1, level2_labels in form.indicator_levels.items():
        yield f"  {yaml_text(level1)}:"
        for level2 in level2_labels:
            yield f"    {yaml_text(level2)}:"
            yield f"      - {name}:"
            yield from (f"        {label}:" for label in columns.values())


_EXAMPLES = {
    "target": '例如 ≥80.00(元/人)、=100%、及时；以 > 或 < 开头的加英文引号，写成 ">80"。',
    "actual": "例如 78.50(元/人)、100%、达成指标。",
}


def _weights(form: FormDefinition) -> Lines:
    if "level1_weights" in form.labels:
        label = _label(form, "level1_weights")
        yield _explained(form, label)
        yield f"{label}:"
        yield from (f"  {yaml_text(level1)}:" for level1 in (*form.indicator_levels, "合计"))


def _total(form: FormDefinition) -> Lines:
    if "points" in form.indicator_columns:
        label = (
            form.total_label if term_for(Place.RECORD, form.total_label) == term_of(Place.RECORD, "total") else "总分"
        )
        yield _explained(form, label)
        yield f"{label}:"
        for identifier in ("points", "score"):
            yield f"  {term_of(Place.TOTAL, identifier).label}:"


def _grade(form: FormDefinition) -> Lines:
    if "grade" in form.head:
        label = _label(form, "grade")
        yield _explained(form, label)
        yield f"{label}:"


def _source() -> Lines:
    yield f"# {term_of(Place.RECORD, 'source').description}要写时，去掉下面各行开头的井号和一个空格。"
    yield "# 来源:"
    for identifier in ("document", "publisher", "published", "address", "transcription"):
        yield f"#   {term_of(Place.SOURCE, identifier).label}:"


def _explained(form: FormDefinition, label: str, *, note: str = "") -> str:
    """Return the comment that stands above a field of the record."""
    term = term_for(Place.RECORD, label)
    required = term is not None and any(term_for(Place.RECORD, known) == term for known in form.required)
    return f"# {'必填。' if required else ''}{term.description if term else ''}{note}"


def _label(form: FormDefinition, identifier: str) -> str:
    """Return the key for a field: as this form prints it where the reader knows that, else the vocabulary's."""
    term, printed = term_of(Place.RECORD, identifier), form.label(identifier)
    return printed if term_for(Place.RECORD, printed) == term else term.label


def _block_label(form: FormDefinition, identifier: str) -> str:
    term = term_of(Place.RECORD, identifier)
    return next((label for label in form.required if term_for(Place.RECORD, label) == term), term.label)


def _column(place: Place, identifier: str, printed: str) -> str:
    term = term_of(place, identifier)
    return printed if term_for(place, printed) == term and yaml_text(printed) == printed else term.label


def _printed_part(form: FormDefinition, identifier: str) -> str:
    return _column(Place.OBJECTIVE, identifier, form.label(identifier))


def _section(form: FormDefinition, identifier: str) -> str:
    """Return the heading under which a Markdown record has a text."""
    printed = form.label(identifier)
    place = Place.OBJECTIVE if identifier in _OBJECTIVE else Place.RECORD
    term = term_of(place, identifier)
    return printed if printed in markdown_sections() and term_for(place, printed) == term else term.label


def _with_usual_parts(form: FormDefinition, title: str) -> FormDefinition:
    """Give the form that lays out any title the parts such tables usually have; what is not needed is deleted."""
    is_plan = "目标" in title and "自评" not in title
    reached = () if is_plan else ("actual", "points", "score", "deviation_reason")
    money = ("initial_budget",) if is_plan else ("initial_budget", "adjusted_budget", "executed", "execution_rate")
    heads = ("project_name", "competent_department", "implementing_unit")
    return replace(
        form,
        head=form.head or heads,
        prose=form.prose or (_OBJECTIVE[:1] if is_plan else _OBJECTIVE),
        funding_columns=form.funding_columns or {name: term_of(Place.FUNDING_ROW, name).label for name in money},
        funding_rows=form.funding_rows
        or tuple(FundingLabel(label, label) for label in ("年度资金总额", "当年财政拨款", "上年结转资金", "其他资金")),
        indicator_columns=form.indicator_columns
        or {name: term_of(Place.INDICATOR, name).label for name in (*_NAMES, "target", *reached)},
        indicator_levels=form.indicator_levels
        or {
            "产出指标": ("数量指标", "质量指标", "时效指标"),
            "效益指标": ("社会效益指标", "可持续影响指标"),
            "满意度指标": ("服务对象满意度指标",),
        },
    )
