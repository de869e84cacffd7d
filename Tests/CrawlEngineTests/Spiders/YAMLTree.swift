import Foundation
import WebStandards

@testable import CrawlEngine

/// YAML as JSON, to be changed and read again: JSON is YAML too.
enum YAMLTree {
    /// A file of the project's spiders.
    static func spider(_ site: String) throws -> JSONValue {
        let file = SpiderFixtures.root.appendingPathComponent("Spiders/\(site).yaml")
        return try read([UInt8](Data(contentsOf: file)))
    }

    static func read(_ bytes: [UInt8]) throws -> JSONValue {
        value(try YAMLFile(name: "test", bytes: bytes).root)
    }

    private static func value(_ node: YAMLNode) -> JSONValue {
        if node.isMap {
            return .object(JSONObject((node.map()?.entries ?? []).map { ($0.key, value($0.value)) }))
        }
        if node.isList { return .array((node.list() ?? []).map(value)) }
        if node.isNull { return .null }
        if let number = node.int() { return .int(Int64(number)) }
        if let number = node.double() { return .double(number) }
        return node.bool().map(JSONValue.bool) ?? .string(node.string() ?? "")
    }

    /// A step into a tree: a key or an index.
    enum Step: Hashable, Sendable, CustomStringConvertible {
        case key(String), index(Int)

        var description: String {
            switch self {
            case .key(let key): key
            case .index(let index): "[\(index)]"
            }
        }
    }

    /// The ways to all values inside, the outer ones first.
    static func paths(in value: JSONValue, from path: [Step] = []) -> [[Step]] {
        let inner: [(Step, JSONValue)] =
            value.objectValue?.map { (.key($0.key), $0.value) }
            ?? value.arrayValue?.enumerated().map { (.index($0.offset), $0.element) } ?? []
        return inner.flatMap { step, value in [path + [step]] + paths(in: value, from: path + [step]) }
    }

    /// The value at a place.
    static func value(at path: [Step], in value: JSONValue) -> JSONValue? {
        path.reduce(value as JSONValue?) { value, step in
            switch step {
            case .key(let key): value?[key]
            case .index(let index): value?[index]
            }
        }
    }

    /// The tree with the entry at a place put through a function, which may rename its key.
    static func changing(
        _ path: ArraySlice<Step>, in value: JSONValue, _ change: (String, JSONValue) -> (String, JSONValue)
    ) -> JSONValue {
        guard let step = path.first else { return value }
        switch (step, value) {
        case (.key(let key), .object(let object)):
            return .object(
                JSONObject(
                    object.map { name, value in
                        guard name == key else { return (name, value) }
                        return path.count == 1
                            ? change(name, value) : (name, changing(path.dropFirst(), in: value, change))
                    }))
        case (.index(let index), .array(var list)) where list.indices.contains(index):
            list[index] =
                path.count == 1 ? change("", list[index]).1 : changing(path.dropFirst(), in: list[index], change)
            return .array(list)
        default: return value
        }
    }
}
