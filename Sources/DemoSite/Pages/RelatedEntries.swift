/// What belongs to an entry: tiles for the first few, a table for the rest, as the site has it since 2024.
struct RelatedEntries {
    let anime: DemoAnime
    let context: PageContext

    func render() -> HTML {
        guard !anime.relations.isEmpty else { return header }
        let tiles = anime.relations.prefix(4)
        let rest = anime.relations.dropFirst(4)
        return """
            \(header)<div class="related-entries">
            <div class="entries-tile">
            \(each: tiles, { tile($0) })<div class="entry borderClass  hide-entry">&nbsp;</div></div>
            \(if: !rest.isEmpty, table(Array(rest)))
            </div>
            """
    }

    private var header: HTML {
        """
        <div><div class="floatRightHeader"><a href="/dbchanges.php?aid=\(anime.id)&t=relations">Edit</a></div>\
        <h2 id="related_entries">Related Entries</h2></div>
        """
    }

    private func tile(_ relation: DemoRelation) -> HTML {
        """
        <div class="entry borderClass ">
        <div class="image"><a href="\(context.link(relation.targetPath))">\
        <img src="\(context.link("/images/spacer.gif"))" width="50" class="lazyload" alt="\(relation.targetTitle)" border="0"></a></div>
        <div class="content">
        <div class="relation">
        \(relation.kind)
        (\(relation.targetType))
        </div>
        <div class="title">
        <a href="\(context.link(relation.targetPath))">
        \(relation.targetTitle)
        </a>
        </div></div></div>

        """
    }

    private func table(_ relations: [DemoRelation]) -> HTML {
        let kinds = relations.map(\.kind).reduce(into: [String]()) { kinds, kind in
            if !kinds.contains(kind) { kinds.append(kind) }
        }
        return """
            <table class="entries-table">\(each: kinds, { kind in row(kind, relations.filter { $0.kind == kind }) })</table>
            <div class="ar mt4"><a href="javascript:void(0);" class="toggle-related-entries js-toggle-related-entries">\
            More related entries</a></div>
            """
    }

    private func row(_ kind: String, _ relations: [DemoRelation]) -> HTML {
        """
        <tr class=" hide-entry"><td valign="top" class="ar fw-n borderClass nowrap">
        \(kind):
        </td><td width="100%" class="borderClass"><ul class="entries">
        \(each: relations, { item($0) })</ul></td></tr>

        """
    }

    private func item(_ relation: DemoRelation) -> HTML {
        """
        <li class=" hide-entry"><a href="\(context.link(relation.targetPath))">\(relation.targetTitle)</a> (\(relation.targetType))</li>

        """
    }
}
