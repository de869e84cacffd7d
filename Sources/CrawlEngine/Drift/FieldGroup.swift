import CrawlDomain
import Foundation
import WebStandards

/// Watches the fields of one kind of object: of an item, of the objects in one of its fields, of the records of a list.
///
/// All objects of a kind have the fields of their schema in its order, so that a field's meter is found by its place, without a dictionary.
struct FieldGroup {
    private let prefix: String
    private let history: [String: FieldStatistics]
    private let open: [String: OpenField]
    private var slots: [Slot] = []

    private struct Slot {
        let name: String
        /// Nil where the field is no finding.
        var meter: FieldMeter?
        var inner: [FieldGroup] = []
    }

    /// Records of a list that are looked at: enough to see whether they are whole.
    private static let records = 8
    private static let deepest = 3
    /// Fields watched at most; a page does not decide how much is kept of it.
    private static let largest = 100
    private static let ignored: Set<String> = ["_id", "site", "url"]
    private let depth: Int

    init(
        prefix: String = "", history: [String: FieldStatistics], open: [String: OpenField] = [:], depth: Int = 0
    ) {
        self.prefix = prefix
        self.history = history
        self.open = open
        self.depth = depth
    }

    mutating func count(_ object: JSONObject, url: String) {
        var next = 0
        for (name, value) in object {
            guard let index = place(of: name, guess: next) else { continue }
            next = index + 1
            slots[index].meter?.count(value, url: url)
            switch value {
            case .object(let inner): descend(into: index) { $0.count(inner, url: url) }
            case .array(let values):
                for case .object(let inner) in values.prefix(Self.records) {
                    descend(into: index) { $0.count(inner, url: url) }
                }
            default: break
            }
        }
    }

    /// Counts a field that no object has.
    mutating func count(_ name: String, _ value: JSONValue, url: String) {
        guard let index = place(of: name, guess: 0) else { return }
        slots[index].meter?.count(value, url: url)
    }

    mutating func close(
        _ key: StatisticsKey, from began: Date, at now: Date, mayHold: Bool
    ) -> [DriftAlarm] {
        var alarms: [DriftAlarm] = []
        for index in slots.indices {
            if let raised = slots[index].meter?.close(key, from: began, at: now, mayHold: mayHold) { alarms += raised }
            if !slots[index].inner.isEmpty {
                alarms += slots[index].inner[0].close(key, from: began, at: now, mayHold: mayHold)
            }
        }
        return alarms
    }

    /// What was learnt and not stored yet, by field.
    mutating func takeNews() -> [String: FieldStatistics] {
        var news: [String: FieldStatistics] = [:]
        for index in slots.indices {
            if let name = slots[index].meter?.name, let new = slots[index].meter?.takeNews(), new != FieldStatistics() {
                news[name] = new
            }
            if !slots[index].inner.isEmpty { news.merge(slots[index].inner[0].takeNews()) { first, _ in first } }
        }
        return news
    }

    /// How far the watch over each field has come.
    func opened(_ type: ItemType) -> [String: OpenField] {
        var fields: [String: OpenField] = [:]
        for slot in slots {
            if let meter = slot.meter { fields[meter.name] = meter.open(type) }
            if let inner = slot.inner.first { fields.merge(inner.opened(type)) { first, _ in first } }
        }
        return fields
    }

    /// Learns what waits, at the end of a run.
    mutating func settle() {
        for index in slots.indices {
            slots[index].meter?.settle()
            if !slots[index].inner.isEmpty { slots[index].inner[0].settle() }
        }
    }

    /// Begins anew to learn what is usual of a field.
    mutating func forget(_ field: String) {
        for index in slots.indices {
            if slots[index].meter?.name == field {
                slots[index].meter = FieldMeter(name: field, history: FieldStatistics())
            }
            if !slots[index].inner.isEmpty { slots[index].inner[0].forget(field) }
        }
    }

    /// Whether a name can be one of a document's paths: a page may have chosen it.
    private static func isName(_ name: String) -> Bool {
        !name.isEmpty && name.utf8.count <= 64
            && !name.utf8.contains { $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "$") || $0 < 0x20 }
    }

    private mutating func descend(into index: Int, _ body: (inout FieldGroup) -> Void) {
        guard depth < Self.deepest else { return }
        if slots[index].inner.isEmpty {
            slots[index].inner = [
                FieldGroup(
                    prefix: "\(prefix)\(slots[index].name)/", history: history, open: open, depth: depth + 1)
            ]
        }
        body(&slots[index].inner[0])
    }

    private mutating func place(of name: String, guess: Int) -> Int? {
        if guess < slots.count, slots[guess].name == name { return guess }
        if let known = slots.firstIndex(where: { $0.name == name }) { return known }
        guard slots.count < Self.largest else { return nil }
        let path = prefix + name
        let isWatched = !Self.ignored.contains(name) && Self.isName(name)
        let meter =
            !isWatched ? nil : FieldMeter(name: path, history: history[path] ?? .init(), open: open[path] ?? .init())
        slots.append(Slot(name: name, meter: meter))
        return slots.count - 1
    }
}
