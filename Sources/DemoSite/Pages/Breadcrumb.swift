/// The path of links above a page's content.
struct Breadcrumb {
    let steps: [(name: String, path: String)]

    func render(_ context: PageContext) -> HTML {
        let all = [("Top", "/")] + steps
        return """
            <div class="breadcrumb " itemscope itemtype="http://schema.org/BreadcrumbList">\
            \(each: all.indices, separator: "&nbsp; &gt; &nbsp;", { step(all[$0].0, context.link(all[$0].1), place: $0 + 1) })</div>
            """
    }

    private func step(_ name: String, _ link: String, place: Int) -> HTML {
        """
        <div class="di-ib" itemprop="itemListElement" itemscope itemtype="http://schema.org/ListItem">\
        <a href="\(link)" itemprop="item"><span itemprop="name">
        \(name)
        </span></a><meta itemprop="position" content="\(place)"></div>
        """
    }
}
