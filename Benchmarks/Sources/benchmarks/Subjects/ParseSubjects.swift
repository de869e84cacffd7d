import Markup

/// A page's bytes → tree → sixteen things.
enum ParseSubjects {
    static func all(_ workload: Workload) throws -> [Subject] {
        var subjects: [Subject] = []
        for (name, list) in [("parse+16", "pages.txt"), ("parse+16, all pages", "all-pages.txt")] {
            let pages = try workload.pages(list)
            for (who, selectors) in [
                ("ours, CSS", try SixteenSelectors.css()), ("ours, XPath", try SixteenSelectors.xpath()),
            ] {
                subjects.append(
                    Subject(name, who, unit: "pages") {
                        var round = Subject.Round(operations: pages.count)
                        for page in pages {
                            round.result += try SixteenSelectors.read(try MarkupDocument(html: page), selectors)
                        }
                        return round
                    })
            }
        }
        let pages = try workload.pages("pages.txt")
        subjects.append(
            Subject("parse", unit: "pages") {
                var round = Subject.Round(operations: pages.count)
                for page in pages { round.result += try MarkupDocument(html: page).root.childElements.count }
                return round
            })
        return subjects
    }
}
