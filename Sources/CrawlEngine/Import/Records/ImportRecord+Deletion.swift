public import CrawlDomain
import WebStandards

extension ImportRecord {
    /// The document that an incremental export says is gone, `{"_id": "demo:7", "deleted": true}`; nil where the record says no such thing.
    ///
    /// The record does not say of which collection: that the reader must know.
    public func deletion(of type: ItemType) throws(ImportReject) -> ItemIdentity? {
        guard let object, object.count == 2, object["deleted"] == .bool(true), let id = object["_id"] else {
            return nil
        }
        guard let key = id.stringValue, let colon = key.firstIndex(of: ":"), colon > key.startIndex,
            key.index(after: colon) < key.endIndex
        else {
            throw reject("_id: expected the key of a document of '\(type.collection)' that is gone, as \"demo:7\"")
        }
        return ItemIdentity(type: type, key: key)
    }
}
