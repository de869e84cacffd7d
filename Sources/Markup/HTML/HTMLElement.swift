/// The elements libxml2 knows, which is what HTML 4 has; the raw value is the number of the name in every ``NameTable``.
enum HTMLElement: NameTable.ID, CaseIterable {
    case a, abbr, acronym, address, applet, area, b, base, basefont, bdo, big, blockquote, body, br, button, caption
    case center, cite, code, col, colgroup, dd, del, dfn, dir, div, dl, dt, em, embed, fieldset, font, form, frame
    case frameset, h1, h2, h3, h4, h5, h6, head, hr, html, i, iframe, img, input, ins, isindex, kbd, label, legend, li
    case link, listing, map, menu, meta, noframes, noscript, object, ol, optgroup, option, p, param, pre, q, s, samp
    case script, select, small, span, strike, strong, style, sub, sup, table, tbody, td, textarea, tfoot, th, thead
    case title, tr, tt, u, ul, `var`, xmp
}

/// The names that have a number of their own.
enum HTMLNames {
    static let elements = HTMLElement.allCases.map { "\($0)" }

    /// Attributes that are met on most pages, and those that mean true by being there.
    static let attributes = """
        id class href src alt title style name content property rel type value data-src itemprop itemscope itemtype \
        width height target lang dir onclick data-id data-type action method colspan rowspan align valign border for \
        placeholder role tabindex aria-label aria-hidden http-equiv charset srcset sizes media data-srcset \
        \(booleans.joined(separator: " "))
        """.split(separator: " ").map(String.init)

    /// Attributes whose value is their name where the page gives none.
    static let booleans = [
        "checked", "compact", "declare", "defer", "disabled", "ismap", "multiple", "nohref", "noresize", "noshade",
        "nowrap", "readonly", "selected",
    ]
}
