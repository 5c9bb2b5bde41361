"""Search over the text of all records and pages: grams of folded text, put together to shards that scripts load.

Everything here is a value made from values; `build.unit_search` and `build.search_building` read and write.

What is found: a query is parted at blanks; all its terms have to stand in one record, each within one of its texts (see
`browse_record.Shown`), folded as `fold` says. A term that may be initials is also looked for in the initials of names.
Candidates come from the shards: records that have all of up to six grams of a term. A term that is a gram itself needs no
more; otherwise the candidate's own file says whether it is a hit, and where most are none, those of the other grams are asked
too that these records lack. Order of hits: by how many terms stand in names (of record, unit, project), then newest year,
then by unit and place in the unit's list.

Files, each a script that hands a value over (`plan.script_data`), below `browse/`:

    directory     see `directory`; the order of its units is their number in the shards
    units/<slug>  [[year, name…]…]: the unit's records in the order of the catalog, which is their number in postings; the id
                  of a record is year/slug/name
    records/<id>  one record, see `browse_record`
    pages/<n>     [title, url, kind, initials, texts]; kind: unit, department, rule, page; texts: labels and texts by turns
    search/<n>    one shard, `n` in hexadecimal: see `shards`, `postings`, `grams`

How a page asks (`generator/browser/src/search_index.ts`):

    const index = await SearchIndex.open(load);           // loads `directory`
    const found = await index.find("党建 培训", {year: "2024", district: "闵行区"});
    found.terms      // the folded terms
    found.total      // candidates among the records, within the filters
    found.isExact    // whether every candidate is a hit, so that `total` is the number of hits; else it is "at most"
    found.facets     // {year, unit, department, district, form}: Map<value, number> of candidates, each counted
                     // with all filters but its own; values are the keys of the directory, "" where a unit has none;
                     // counted when it is first asked for
    await found.next(8)        // Hit[]: the next hits, verified on the text; fewer than asked for only at the end,
                               // or where as many candidates as the second argument says have been read for it
    found.isDone               // whether there are no more
    found.reads                // how many records have been read so far
    found.pageTotal            // candidates among the pages
    await found.places(3)      // PageHit[]: first hits among units and departments whose names may have a term
    await found.pages(5)       // PageHit[]: first hits among units, departments, rules and hand-written pages

    Options  {year?, unit?, department?, district?, form?: string}   // unit and department by slug, form by identifier
    Hit      {id, record: BrowseRecord, inName: boolean, matches: Match[]}
    PageHit  {title, url, kind, matches: Match[]}
    Match    {place, kind, heading, label, text, anchor, marks: [start, end][]}
             // place: title, unit, project, department, heading, text; initials where the title matches by its initials
             // alone; kind as in the record's body, "" for the names; marks are offsets into `text`, which is as printed,
             // of initials character by character; the best match of each term comes first

    fold(text): string     foldMapped(text): {folded, starts, ends}     terms(query): string[]
    marks(text, terms): [start, end][]                     // for highlighting any other text

A query of single characters alone has every record as its candidate, so it is answered, but slowly.
"""
