import Foundation

/// Images on disk, by fingerprint: the one that was not looked at for longest goes when there is no more room.
///
/// Reads and writes small files and waits for them: used by ``ImageCache`` on a queue of its own.
struct ImageShelf {
    private let folder: URL
    private let mostBytes: Int
    private var files: [String: (bytes: Int, used: Int, written: Date)] = [:]
    /// Its site may have another one under the same address by then.
    private static let lifetime: TimeInterval = 30 * 86_400
    private var total = 0
    private var clock = 0

    /// Takes over what is there; files of other names are not ours and stay.
    init(folder: URL, mostBytes: Int) throws {
        self.folder = folder
        self.mostBytes = mostBytes
        try FileManager.default.createDirectory(
            at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        let keys: Set<URLResourceKey> = [.fileSizeKey, .contentModificationDateKey, .isRegularFileKey]
        let found = try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: Array(keys))
            .compactMap { url -> (name: String, bytes: Int, date: Date)? in
                guard let values = try? url.resourceValues(forKeys: keys), values.isRegularFile == true,
                    Self.isName(url.lastPathComponent)
                else { return nil }
                return (url.lastPathComponent, values.fileSize ?? 0, values.contentModificationDate ?? .distantPast)
            }.sorted { $0.date < $1.date }
        for file in found { note(file.name, file.bytes, file.date) }
        makeRoom()
    }

    var bytes: Int { total }
    var names: Set<String> { Set(files.keys) }

    /// Whether a name can be one of an image: 32 hexadecimal digits, so that no path is made of it.
    static func isName(_ name: String) -> Bool {
        name.utf8.count == 32 && name.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
    }

    /// An image; nil when it is not here, or was written too long ago.
    mutating func read(_ name: String, now: Date = Date()) -> [UInt8]? {
        guard let file = files[name], now.timeIntervalSince(file.written) < Self.lifetime else { return nil }
        guard let data = try? Data(contentsOf: folder.appendingPathComponent(name)) else {
            forget(name)
            return nil
        }
        note(name, file.bytes, file.written)
        return Array(data)
    }

    /// Keeps an image; a disk that is full keeps none, and nothing else happens.
    mutating func write(_ bytes: [UInt8], as name: String) {
        guard Self.isName(name), bytes.count <= mostBytes,
            (try? Data(bytes).write(to: folder.appendingPathComponent(name), options: .atomic)) != nil
        else { return }
        note(name, bytes.count, Date())
        makeRoom()
    }

    private mutating func note(_ name: String, _ bytes: Int, _ written: Date) {
        clock += 1
        total += bytes - (files[name]?.bytes ?? 0)
        files[name] = (bytes, clock, written)
    }

    private mutating func forget(_ name: String) { total -= files.removeValue(forKey: name)?.bytes ?? 0 }

    private mutating func makeRoom() {
        guard total > mostBytes else { return }
        // A tenth more than needed, so that not every image sorts them all.
        for (name, _) in files.sorted(by: { $0.value.used < $1.value.used }) where total > mostBytes / 10 * 9 {
            try? FileManager.default.removeItem(at: folder.appendingPathComponent(name))
            forget(name)
        }
    }
}
