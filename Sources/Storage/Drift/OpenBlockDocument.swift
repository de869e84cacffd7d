import CrawlDomain
import MongoDriver

/// Blocks that runs have begun, as `open_blocks` holds them.
enum OpenBlockDocument {
    static func id(_ key: StatisticsKey, site: String) -> BSONValue {
        .string("\(site)|\(key.page)|\(key.type.rawValue)")
    }

    static func document(_ block: OpenBlock, site: String, spider: String) -> BSONDocument {
        [
            "_id": id(block.key, site: site), "site": .string(site), "page": .string(block.key.page),
            "type": .string(block.key.type.rawValue), "spider": .string(spider),
            "items": .int64(Int64(block.items)), "revisited": .int64(Int64(block.revisited)),
            "began": block.began.map(BSONValue.date) ?? .null,
            "fields": .document(
                BSONDocument(block.fields.sorted { $0.key < $1.key }.map { ($0.key, .document(field($0.value))) })),
        ]
    }

    static func block(_ document: BSONDocument) -> OpenBlock? {
        guard let page = document["page"]?.stringValue,
            let type = document["type"]?.stringValue.flatMap(ItemType.init(rawValue:))
        else { return nil }
        var fields: [String: OpenField] = [:]
        for (name, value) in document["fields"]?.documentValue ?? [:] {
            if let open = value.documentValue { fields[name] = field(open) }
        }
        return OpenBlock(
            key: StatisticsKey(page: page, type: type), items: document["items"]?.intValue ?? 0,
            revisited: document["revisited"]?.intValue ?? 0, began: document["began"]?.dateValue, fields: fields)
    }

    private static func field(_ open: OpenField) -> BSONDocument {
        [
            "items": .double(open.items), "filled": .double(open.filled), "compared": .double(open.compared),
            "repeated": .double(open.repeated), "lacking": .array(open.lacking.map(BSONValue.string)),
            "found": samples(open.found), "alike": samples(open.alike),
            "before": open.before.map { .document(AlarmDocument.document($0)) } ?? .null,
            "filling": .document(chart(open.filling)), "repetition": .document(chart(open.repetition)),
            "window": .document(StatisticsDocument.document(open.window)),
            "window_began": open.windowBegan.map(BSONValue.date) ?? .null,
        ]
    }

    private static func field(_ document: BSONDocument) -> OpenField {
        var open = OpenField()
        open.items = document["items"]?.doubleValue ?? 0
        open.filled = document["filled"]?.doubleValue ?? 0
        open.compared = document["compared"]?.doubleValue ?? 0
        open.repeated = document["repeated"]?.doubleValue ?? 0
        open.lacking = (document["lacking"]?.arrayValue ?? []).compactMap(\.stringValue)
        open.found = samples(document["found"])
        open.alike = samples(document["alike"])
        open.before = document["before"]?.documentValue.flatMap(AlarmDocument.sample)
        open.filling = chart(document["filling"]?.documentValue)
        open.repetition = chart(document["repetition"]?.documentValue)
        open.window = StatisticsDocument.histogram(document["window"]?.documentValue)
        open.windowBegan = document["window_began"]?.dateValue
        return open
    }

    private static func samples(_ samples: [DriftSample]) -> BSONValue {
        .array(samples.map { .document(AlarmDocument.document($0)) })
    }

    private static func samples(_ value: BSONValue?) -> [DriftSample] {
        (value?.arrayValue ?? []).compactMap { $0.documentValue.flatMap(AlarmDocument.sample) }
    }

    private static func chart(_ open: OpenChart) -> BSONDocument {
        [
            "deviation": .double(open.deviation), "forgotten": .double(open.forgotten),
            "seen": open.seen.map(BSONValue.double) ?? .null,
            "waiting": .array(open.waiting.map { ["hits": .double($0.hits), "items": .double($0.items)] }),
        ]
    }

    private static func chart(_ document: BSONDocument?) -> OpenChart {
        var open = OpenChart()
        open.deviation = document?["deviation"]?.doubleValue ?? 0
        open.forgotten = document?["forgotten"]?.doubleValue ?? 1
        open.seen = document?["seen"]?.doubleValue
        open.waiting = (document?["waiting"]?.arrayValue ?? []).compactMap { block in
            guard let block = block.documentValue, let hits = block["hits"]?.doubleValue,
                let items = block["items"]?.doubleValue
            else { return nil }
            return OpenChart.Block(hits: hits, items: items)
        }
        return open
    }
}
