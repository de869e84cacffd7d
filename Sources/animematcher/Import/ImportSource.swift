import CrawlDomain
import CrawlEngine
import Fetching
import Foundation

/// The file to import, or standard input: unpacked and piece by piece.
final class ImportSource {
    private static let pieceBytes = 256 << 10

    /// The file's name as it was given; "-" is standard input.
    let name: String
    /// Its size as it is stored; nil for what is no plain file.
    let size: Int?
    /// How it is compressed; nil when it is not.
    let coding: ContentCoding?
    /// Bytes of the stored file that were read so far.
    private(set) var bytesRead = 0
    /// Bytes that came of them.
    private(set) var bytesUnpacked = 0

    private let handle: FileHandle
    private let decoder: StreamDecoder?
    private let stamp: String?
    private var raw: [[UInt8]] = []
    private var pieces: [[UInt8]] = []
    private var isAtEnd = false

    init(_ name: String) throws {
        self.name = name
        handle = try name == "-" ? FileHandle.standardInput : Self.open(name)
        let attributes = name == "-" ? [:] : (try? FileManager.default.attributesOfItem(atPath: name)) ?? [:]
        let isFile = attributes[.type] as? FileAttributeType == .typeRegular
        size = isFile ? (attributes[.size] as? NSNumber)?.intValue : nil
        let changed = (attributes[.modificationDate] as? Date)?.timeIntervalSince1970
        let first = try Self.read(handle, name)
        if let first { raw = [first] }
        if let reason = Self.unreadable(first ?? []) { throw Failure("\(name): \(reason)") }
        coding = StreamDecoder.coding(of: first ?? [])
        decoder = try coding.map { coding in
            guard let decoder = StreamDecoder(coding) else {
                throw Failure("\(name): \(coding.rawValue) cannot be read")
            }
            return decoder
        }
        stamp = size.map { "\(ContentHash(ofBytes: first ?? []).hex)|\($0)|\(changed ?? 0)" }
    }

    private static func open(_ name: String) throws -> FileHandle {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: name, isDirectory: &isFolder), !isFolder.boolValue,
            let handle = FileHandle(forReadingAtPath: name)
        else { throw Failure("\(name): cannot be read; expected the path of a file, or - for standard input") }
        return handle
    }

    /// What makes the same content imported in the same way the same; nil where it cannot be known beforehand.
    func identity(_ options: String) -> String? {
        stamp.map { ContentHash(ofBytes: Array("\($0)|\(options)".utf8)).hex }
    }

    /// The beginning of the file, unpacked; reading goes on with it.
    func head(_ count: Int) throws -> [UInt8] {
        while pieces.reduce(0, { $0 + $1.count }) < count, let piece = try unpacked() { pieces.append(piece) }
        return Array(pieces.joined().prefix(count))
    }

    /// The next piece; nil at the end.
    func next() throws -> [UInt8]? {
        if !pieces.isEmpty { return pieces.removeFirst() }
        return try unpacked()
    }

    /// Everything that is left.
    func all(limit: Int) throws -> [UInt8] {
        var bytes: [UInt8] = []
        while let piece = try next() {
            bytes += piece
            guard bytes.count <= limit else {
                throw Failure("\(name): larger than \(limit >> 20) MiB unpacked, which is the limit")
            }
        }
        return bytes
    }

    private func unpacked() throws -> [UInt8]? {
        let piece: [UInt8]?
        do { piece = try decoder.map { try $0.next(stored) } ?? stored() } catch let error as FetchError {
            throw Failure("\(name): \(error.cause)")
        }
        bytesUnpacked += piece?.count ?? 0
        guard bytesUnpacked <= max(ImportLimits.harmlessBytes, bytesRead * ImportLimits.expansion) else {
            throw Failure(
                "\(name): unpacks to more than \(ImportLimits.expansion) times its size, which is the limit; unpack it yourself if it is meant so"
            )
        }
        return piece
    }

    private func stored() throws -> [UInt8]? {
        guard !isAtEnd else { return nil }
        let piece = try raw.isEmpty ? Self.read(handle, name) : raw.removeFirst()
        isAtEnd = piece == nil
        bytesRead += piece?.count ?? 0
        return piece
    }

    private static func read(_ handle: FileHandle, _ name: String) throws -> [UInt8]? {
        do {
            guard let piece = try handle.read(upToCount: pieceBytes), !piece.isEmpty else { return nil }
            return [UInt8](piece)
        } catch { throw Failure("\(name): cannot be read; expected a file") }
    }

    /// Why a file that begins so cannot be read, and what to do about it.
    private static func unreadable(_ bytes: [UInt8]) -> String? {
        if bytes.starts(with: [0x50, 0x4B, 0x03, 0x04]) {
            return "is a zip archive; name the file in it: unzip -p ARCHIVE anime.csv | animematcher import entries -"
        }
        // Without a mark every other byte of ASCII is zero.
        let hasZeros = StreamDecoder.coding(of: bytes) == nil && bytes.prefix(4).contains(0)
        if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) || hasZeros {
            return "is UTF-16 or no text; expected UTF-8: iconv -f UTF-16 -t UTF-8 FILE | animematcher import … -"
        }
        return nil
    }
}
