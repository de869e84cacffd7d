import Markup

/// How a site writes labelled values, such as `<span class="dark_text">Type:</span> TV`.
struct LabelRule: Sendable {
    /// Where the value stands, seen from its label.
    enum Place: String, Sendable, CaseIterable {
        /// All of the element around the label, but the label.
        case parent
        /// The next element.
        case next
        /// What follows within the same element, up to the next label.
        case rest
    }

    let label: Selector
    let place: Place
}
