import CrawlDomain
import WebStandards

extension Spider {
    /// The items that a page of this URL is about, as far as its URL names them; without their other fields.
    ///
    /// Not those that it only adds to: a page of statistics that is gone says nothing of the entry.
    func itemsNamed(by url: WebURL, page: String) -> [Item] {
        guard let kind = pages.first(where: { $0.name == page }), let captures = kind.captures(of: url) else {
            return []
        }
        return kind.items.filter { $0.each == nil && !$0.extent.isAddition }.compactMap { rule in
            let key = rule.key.filled { $0 == "site" ? .string(site) : captures[$0].map(JSONValue.string) }
            guard let key else { return nil }
            var fields: JSONObject = ["_id": .string(key), "site": .string(site)]
            fields["name"] = captures["name"].map(JSONValue.string)
            return Item(type: rule.type, key: key, fields: fields)
        }
    }
}
