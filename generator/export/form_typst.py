"""The layout of a printed form, for Typst.

What a form says comes as data beside it, never as part of it, so that no text can be taken for a command.
"""

SOURCE = r"""
#let data = json(bytes(sys.inputs.data))

#set document(title: data.title, keywords: data.keywords)
#set page(
  paper: "a4",
  flipped: data.wide,
  margin: (x: 18mm, top: 20mm, bottom: 18mm),
  footer: context align(center, text(size: 9pt, counter(page).display("- 1 -"))),
  footer-descent: 30%,
)
// No blank is put between Chinese and figures: whoever copies a text gets what the record says.
#set text(lang: "zh", region: "cn", size: data.size * 1pt, font: data.fonts, cjk-latin-spacing: none, hyphenate: false)
#set par(leading: 0.5em, spacing: 0.5em, justify: false)
#set table(stroke: 0.5pt, inset: (x: 3pt, y: 4.5pt))

// Typst gives a name to a place only where a heading stands. These are empty, and no reader meets them.
#show heading.where(level: 9): none
#let named(name) = place(pdf.artifact[#heading(level: 9, outlined: false, bookmarked: false)[]#label(name)])

#let lines(texts) = texts.map(line => text(line)).join(linebreak())

#let cell(it) = {
  let words = text(size: it.size * 1pt, lines(it.lines))
  table.cell(
    colspan: it.columns,
    rowspan: it.rows,
    breakable: it.breakable,
    align: if it.align == "left" { left } else if it.align == "right" { right } else { center } + horizon,
    stroke: (
      top: if it.open_above { none } else { 0.5pt },
      bottom: if it.open_below { none } else { 0.5pt },
      left: 0.5pt,
      right: 0.5pt,
    ),
    it.names.map(named).join() + if it.vertical { box(width: 1.15em, words) } else { words },
  )
}

#let grid-table(it) = table(
  columns: it.widths.map(width => width * 1mm),
  ..it.before.map(cell),
  ..if it.head.len() > 0 { (table.header(..it.head.map(cell)),) },
  ..it.after.map(cell),
  ..if it.foot.len() > 0 { (table.footer(repeat: false, ..it.foot.map(cell)),) },
)

#let body(form) = {
  align(center, {
    set par(spacing: 0.9em)
    show heading: it => par(text(size: 16pt, weight: "bold", font: data.title_fonts, it.body))
    [#heading(level: 1, lines(form.title))#label(form.name)]
    if form.period.len() > 0 { par(text(size: 10.5pt, lines(form.period))) }
  })
  for it in form.grids {
    for line in it.above { par(lines(line)) }
    if it.widths.len() > 0 { block(above: 0.9em, below: 0.9em, grid-table(it)) }
    for line in it.below { par(lines(line)) }
  }
}

// Rows stand closer together where that keeps a form on one page.
#let tight(form) = {
  set table(inset: (x: 3pt, y: 3pt))
  body(form)
}
#let room = if data.wide { (width: 261mm, height: 172mm) } else { (width: 174mm, height: 259mm) }
#let fits(content) = measure(block(width: room.width, content)).height <= room.height

#for (number, form) in data.forms.enumerate() {
  if number > 0 { pagebreak() }
  if form.is_short { context if not fits(body(form)) and fits(tight(form)) { tight(form) } else { body(form) } } else { body(form) }
}
"""
