public import CrawlDomain
public import WebStandards

/// Makes a valid item of raw fields: clean → convert → validate. What fails leaves as a drop with its reason.
public struct ItemPipeline: Sendable {
    /// What became of raw fields.
    public enum Outcome: Sendable, Hashable {
        case item(Item)
        case drop(Drop)
    }

    /// Fields that storing adds; a spider neither gives nor misses them.
    static let bookkeeping: Set<String> = [
        "fetched_at", "content_hash", "change", "spider", "run", "quarantine", "absence",
    ]

    /// What items must look like.
    public let schemas: ItemSchemas
    /// How large they may be.
    public let limits: ItemLimits

    /// Makes a pipeline.
    public init(schemas: ItemSchemas, limits: ItemLimits = .init()) {
        self.schemas = schemas
        self.limits = limits
    }

    /// Makes an item of raw fields, which must hold `_id`.
    ///
    /// Every field of the schema is in the item, in the schema's order: null or an empty list where the page had none. Left out are
    /// supplements that `raw` does not name; of an addition, all fields that `raw` does not name.
    public func process(_ raw: JSONObject, type: ItemType, extent: ItemExtent = .whole) -> Outcome {
        let schema = schemas.schema(of: type, naming: raw, isAddition: extent.isAddition)
        let key = raw["_id"]?.stringValue
        func drop(_ reason: DropReason, _ detail: String) -> Outcome {
            .drop(Drop(reason, type: type, key: key, detail: detail))
        }
        guard ItemSize.depth(of: .object(raw), within: limits.maximumDepth) else {
            return drop(.tooLarge, "more than \(limits.maximumDepth) levels of lists and objects")
        }
        let value = SchemaConversion.convert(.object(raw), to: schema)
        guard case .object(let fields) = value, let key = fields["_id"]?.stringValue, !key.isEmpty else {
            return drop(.missingField, "_id: expected a text that identifies the item")
        }
        let size = ItemSize.bytes(of: value)
        guard size <= limits.maximumBytes else {
            return drop(.tooLarge, "\(size) bytes; at most \(limits.maximumBytes) are stored")
        }
        let violations = schema.violations(of: value)
        guard let first = violations.first else {
            return .item(Item(type: type, key: key, fields: fields, extent: extent))
        }
        return drop(first.isMissing(in: fields) ? .missingField : .schemaViolation, violations.summary)
    }
}

extension SchemaViolation {
    /// Whether the field is empty rather than wrong.
    fileprivate func isMissing(in fields: JSONObject) -> Bool {
        rule == "required" || (rule == "bsonType" && fields[path] == .null)
    }
}

extension [SchemaViolation] {
    fileprivate var summary: String { map(\.description).joined(separator: "; ") }
}
