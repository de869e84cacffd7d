import Markup
import WebStandards

/// The place a rule looks from: the page, one of its nodes, or a JSON value; and the fields found there so far.
final class Scope {
    let node: MarkupNode?
    let json: JSONValue?
    private let outer: Scope?
    private(set) var fields = JSONObject()
    private var values: [String: JSONValue] = [:]

    init(node: MarkupNode? = nil, json: JSONValue? = nil, outer: Scope? = nil) {
        self.node = node
        self.json = json
        self.outer = outer
    }

    /// The same place for an inner record.
    func inner() -> Scope { Scope(node: node, json: json, outer: self) }

    /// A place found from here.
    func inner(_ found: Finding) -> Scope {
        switch found {
        case .node(let node, _): Scope(node: node, outer: self)
        case .value(let value): Scope(json: value, outer: self)
        }
    }

    /// Makes room for so many fields.
    func reserve(_ count: Int) { fields.reserveCapacity(count) }

    func set(_ name: String, _ value: JSONValue) { fields[name] = value }

    /// Names a value that is no field.
    func define(_ name: String, _ value: JSONValue) { values[name] = value }

    /// A field found here or further out.
    func value(named name: String) -> JSONValue? {
        if let value = fields[name] ?? values[name], value != .null { return value }
        return outer?.value(named: name)
    }
}

/// Something a source found.
enum Finding {
    /// A node, with the nodes inside that do not count.
    case node(MarkupNode, except: Set<MarkupNode>)
    case value(JSONValue)
}
