public import Foundation
public import WebStandards

/// A value that is not believed yet, kept apart from the item that goes on with the old one.
public struct QuarantinedValue: Sendable, Hashable {
    /// What was read.
    public let value: JSONValue
    /// Why it is not believed.
    public let doubt: Plausibility.Doubt
    /// When it was read first.
    public let firstSeen: Date
    /// How many visits have read it.
    public let visits: Int

    /// Makes a value.
    public init(value: JSONValue, doubt: Plausibility.Doubt, firstSeen: Date, visits: Int) {
        self.value = value
        self.doubt = doubt
        self.firstSeen = firstSeen
        self.visits = visits
    }
}

/// The values of one item that are not believed yet, by field.
public struct Quarantine: Sendable, Hashable {
    /// By field.
    public var values: [String: QuarantinedValue]

    /// A value is believed when a visit so long after the first reads it again: jokes last a day, illnesses of a site hours.
    public static let patience: TimeInterval = 36 * 3_600

    /// Makes a quarantine.
    public init(values: [String: QuarantinedValue] = [:]) { self.values = values }

    /// Takes from `new` what is not believed, and puts the stored value back in its place.
    ///
    /// What was doubted before and is read again after ``patience`` is believed; what is read otherwise is forgotten.
    ///
    /// - Parameters:
    ///   - mayBelieve: Whether anything is believed now; not while the site drifts, for then it is the spider that reads the same again.
    ///   - unread: Fields that other pages give; of them this one says nothing.
    /// - Returns: The fields that a value is kept apart of now, with the doubt.
    public mutating func review(
        _ new: inout JSONObject, after stored: JSONObject, type: ItemType, isReread: Bool, mayBelieve: Bool = true,
        unread: Set<String> = [], now: Date
    ) -> [(field: String, doubt: Plausibility.Doubt)] {
        var doubts = Plausibility.doubts(of: new, after: stored, type: type, isReread: isReread)
        if isReread {
            // What a visit doubted is no more true for being read from its stored page again.
            let known = Set(values.keys).subtracting(doubts.map(\.field))
            doubts += Plausibility.doubts(of: new, after: stored, type: type).filter { known.contains($0.field) }
                .filter { doubt in values[doubt.field].map { isSame(doubt.field, new, $0, stored, type) } ?? false }
        }
        var kept = values.filter { unread.contains($0.key) || isReread && $0.value.doubt.isLossOfPage }
        var held: [(field: String, doubt: Plausibility.Doubt)] = []
        let read = new
        for (field, doubt) in doubts {
            if isReread, let known = values[field], known.doubt.isLossOfPage {
                new[field] = stored[field]
                held.append((field, known.doubt))
                continue
            }
            let value = read[field] ?? .null
            var first = now
            var visits = 1
            if let known = values[field], isSame(field, read, known, stored, type) {
                (first, visits) = (known.firstSeen, known.visits + (isReread ? 0 : 1))
                if !isReread, mayBelieve, now.timeIntervalSince(first) >= Self.patience { continue }
            }
            kept[field] = QuarantinedValue(value: value, doubt: doubt, firstSeen: first, visits: visits)
            new[field] = stored[field]
            held.append((field, doubt))
        }
        values = kept
        return held
    }

    /// Takes note of what a page would lose of its item.
    ///
    /// - Parameters:
    ///   - new: What the document would be.
    ///   - read: What the page itself gives.
    ///   - mayBelieve: Whether it may be believed now: not while the site drifts, nor where the page is about as long as it was, for then it
    ///     is the spider that does not find things.
    /// - Returns: Whether it is believed: a visit ``patience`` or longer before has seen the same. Else the page is refused.
    public mutating func confirm(
        _ loss: Completeness.Loss, in new: JSONObject, read: JSONObject, isReread: Bool, mayBelieve: Bool, now: Date
    ) -> Bool {
        // An old page says nothing of what the site has now.
        if isReread { return false }
        var isBelieved = mayBelieve && !loss.isShortForm
        _ = find(JSONObject(read.filter { !loss.fields.contains($0.key) }))
        var kept = values
        for field in loss.fields {
            let value = new[field] ?? .null
            let known = values[field].flatMap { $0.value == value || !$0.value.isFilled && !value.isFilled ? $0 : nil }
            let first = known?.firstSeen ?? now
            let visits = known.map { $0.visits + 1 } ?? 1
            kept[field] = QuarantinedValue(value: value, doubt: loss.doubt, firstSeen: first, visits: visits)
            if known == nil || now.timeIntervalSince(first) < Self.patience { isBelieved = false }
        }
        values = kept
        return isBelieved
    }

    /// Takes note of what a page has again of fields that it had lost.
    ///
    /// - Returns: Whether there was any.
    public mutating func find(_ fields: JSONObject) -> Bool {
        let found = values.filter { $0.value.doubt.isLossOfPage && fields[$0.key]?.isFilled ?? false }
        for field in found.keys { values[field] = nil }
        return !found.isEmpty
    }

    /// Whether something was read so long ago that it may be believed now.
    public func isRipe(at now: Date) -> Bool {
        values.values.contains { now.timeIntervalSince($0.firstSeen) >= Self.patience }
    }

    /// Whether a value could follow the quarantined one without a doubt.
    private func isSame(
        _ field: String, _ new: JSONObject, _ known: QuarantinedValue, _ stored: JSONObject, _ type: ItemType
    ) -> Bool {
        var assumed = stored
        assumed[field] = known.value
        return !Plausibility.doubts(of: new, after: assumed, type: type).contains { $0.field == field }
    }
}

extension Plausibility.Doubt {
    /// Whether the page was refused as a whole for it.
    public var isLossOfPage: Bool { self == .fieldsLost || self == .textCut }
}

extension Quarantine {
    /// As items are stored with it; nil when nothing is kept apart.
    public var json: JSONObject? {
        guard !values.isEmpty else { return nil }
        return JSONObject(
            values.sorted { $0.key < $1.key }.map { field, kept in
                (
                    field,
                    [
                        "value": kept.value, "reason": .string(kept.doubt.rawValue),
                        "first_seen": .string(kept.firstSeen.formatted(.iso8601)), "visits": .int(Int64(kept.visits)),
                    ]
                )
            })
    }

    /// Reads what an item is stored with.
    public init(json: JSONObject?) {
        values = (json ?? [:]).reduce(into: [:]) { values, member in
            guard let reason = member.value["reason"]?.stringValue, let doubt = Plausibility.Doubt(rawValue: reason),
                let text = member.value["first_seen"]?.stringValue, let first = try? Date(text, strategy: .iso8601)
            else { return }
            values[member.key] = QuarantinedValue(
                value: member.value["value"] ?? .null, doubt: doubt, firstSeen: first,
                visits: Int(member.value["visits"]?.intValue ?? 1))
        }
    }
}
