/// What libxml2 2.9.14 does with each element: which have no content, and which end because another begins or ends.
///
/// A value, so that no tag costs a look at whether the globals are there yet; what it points to lives as long as the process.
struct HTMLElementRules {
    static var standard: Self { HTMLElementRules() }

    private let empty = Self.empty.buffer
    private let ranks = Self.ranks.buffer
    private let closing = Self.closing.buffer

    /// Whether an element of this name never has content.
    @inline(__always)
    func isEmpty(_ name: NameTable.ID) -> Bool { isKnown(name) && empty[Int(name)] }

    /// Whether an element of the one name ends where one of the other begins.
    @inline(__always)
    func begins(_ new: NameTable.ID, closes old: NameTable.ID) -> Bool {
        isKnown(new) && isKnown(old) && closing[Int(old) * empty.count + Int(new)]
    }

    /// An end tag ends no element of a higher rank than its own.
    func rank(_ name: NameTable.ID) -> UInt8 { isKnown(name) ? ranks[Int(name)] : 100 }

    @inline(__always)
    private func isKnown(_ name: NameTable.ID) -> Bool { UInt32(bitPattern: name) < UInt32(empty.count) }

    private static let empty = {
        let names: Set<HTMLElement> = [
            .area, .base, .basefont, .br, .col, .frame, .hr, .img, .input, .isindex, .link, .meta, .param,
        ]
        return FrozenArray(HTMLElement.allCases.map(names.contains))
    }()

    private static let ranks = FrozenArray(
        HTMLElement.allCases.map { element -> UInt8 in
            switch element {
            case .div: 150
            case .td, .th: 160
            case .tr: 170
            case .thead, .tbody, .tfoot: 180
            case .table: 190
            case .head, .body: 200
            case .html: 220
            default: 100
            }
        })

    /// By old name times the number of names, plus new name.
    private static let closing = {
        let count = HTMLElement.allCases.count
        let numbers = Dictionary(uniqueKeysWithValues: zip(HTMLNames.elements, HTMLElement.allCases.map(\.rawValue)))
        var closing = Array(repeating: false, count: count * count)
        for line in closingList.split(separator: "\n") {
            let sides = line.split(separator: ":").map { $0.split(separator: " ").compactMap { numbers[String($0)] } }
            guard sides.count == 2 else { continue }
            for old in sides[0] { for new in sides[1] { closing[Int(old) * count + Int(new)] = true } }
        }
        return FrozenArray(closing)
    }()

    /// Elements: those whose start tag ends them.
    private static let closingList = """
        a: a fieldset table td th
        address: dd dl dt form li ul
        b i: center p td th
        big s small strike tt: p
        caption col: col colgroup tbody tfoot thead tr
        colgroup: colgroup tbody tfoot thead tr
        dd: dt
        dir menu: dd dl dt form ul
        dl: form li
        dt: dd dl
        font: center td th
        form hr: form
        h1 h2 h3 h4 h5 h6: fieldset form li p table
        head: a abbr acronym address b bdo big blockquote body br center cite code dd dfn dir div dl dt em fieldset font \
        form frameset h1 h2 h3 h4 h5 h6 hr i iframe img kbd li listing map menu ol p pre q s samp small span strike \
        strong sub sup table tt u ul var xmp
        legend: fieldset
        li: li
        link style title: body frameset
        listing pre xmp: dd dl dt fieldset form li table ul
        ol: form ul
        option: optgroup option
        p: address blockquote body caption center col colgroup dd dir div dl dt fieldset form frameset h1 h2 h3 h4 h5 h6 \
        head hr li listing menu ol p pre table tbody td tfoot th title tr ul xmp
        script: noscript
        span: td th
        tbody thead: tbody tfoot
        td th: tbody td tfoot th tr
        tfoot: tbody
        tr: tbody tfoot tr
        u: p td th
        ul: address form menu ol pre
        """
}
