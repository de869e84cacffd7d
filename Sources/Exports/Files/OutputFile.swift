import Foundation
import Storage

/// A file that appears whole or not at all: written beside its place, forced to the disk, and moved there.
///
/// Not for two tasks at once. A program that is killed leaves a file named `.NAME.…​.part` at most.
public final class OutputFile {
    /// Bytes that are gathered before they are compressed and written.
    private static let pieceBytes = 1 << 18

    /// Its name; "-" for standard output.
    public let name: String
    /// Bytes before compression.
    public private(set) var bytes = 0
    private let mayReplace: Bool
    private var part: String?
    private var descriptor: Int32
    private let compression: FileCompression?
    private var compress: (([UInt8], Bool, inout [UInt8]) -> Bool)?
    private var pending: [UInt8] = []
    private var output: [UInt8] = []

    /// Opens one; an ending `.gz` or `.zst` says that it is compressed.
    ///
    /// - Parameters:
    ///   - name: Its path; "-" for standard output, which is written as it comes.
    ///   - mayReplace: Whether a file of this name may be replaced; it is there until the new one is whole.
    ///   - isPrivate: Whether nobody but its owner may read it, whatever the umask.
    ///   - makesFolder: Whether the folder it is to be in is made where it is missing.
    public init(
        _ name: String, mayReplace: Bool, isPrivate: Bool = false, makesFolder: Bool = false
    ) throws(ExportError) {
        self.name = name
        self.mayReplace = mayReplace
        compression = FileCompression.split(name).compression
        compress = try Self.stream(compression, name)
        guard name != "-" else {
            descriptor = STDOUT_FILENO
            return
        }
        var status = stat()
        if lstat(name, &status) == 0 {
            guard mayReplace else { throw Self.exists(name) }
            // A device or a pipe would be replaced by a file, and a folder cannot be.
            guard status.st_mode & S_IFMT == S_IFREG || status.st_mode & S_IFMT == S_IFLNK else {
                throw ExportError(.file, "\(name): is no file; expected one, or a name that is free")
            }
        }
        let url = URL(fileURLWithPath: name)
        if makesFolder { try Self.makeFolder(of: url, name) }
        let suffix = String(UInt64.random(in: .min ... .max), radix: 36)
        let part = url.deletingLastPathComponent().appendingPathComponent(".\(url.lastPathComponent).\(suffix).part")
            .path
        descriptor = open(part, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, isPrivate ? 0o600 : 0o666)
        guard descriptor >= 0 else { throw Self.failure(name, "cannot be written") }
        self.part = part
    }

    deinit {
        guard let part else { return }
        close(descriptor)
        unlink(part)
    }

    /// Adds bytes.
    public func write(_ bytes: some Collection<UInt8>) throws(ExportError) {
        pending += bytes
        if pending.count >= Self.pieceBytes { try flush(isLast: false) }
    }

    /// Adds text.
    public func write(_ text: String) throws(ExportError) { try write(Array(text.utf8)) }

    /// Ends what can be decompressed by itself, as each record of a web archive is; does nothing to a file that is not compressed.
    public func endMember() throws(ExportError) {
        guard compression != nil else { return }
        try flush(isLast: true)
        compress = nil
    }

    /// Puts the file in its place.
    public func commit() throws(ExportError) {
        // An empty file is compressed too; behind a member that has ended there is nothing.
        if compression == nil || compress != nil || !pending.isEmpty { try flush(isLast: true) }
        guard let part else { return }
        guard fsync(descriptor) == 0 else { throw Self.failure(name, "cannot be written") }
        if mayReplace {
            guard rename(part, name) == 0 else { throw Self.failure(name, "cannot be written") }
        } else {
            // Unlike renaming, it fails where somebody else has made such a file meanwhile.
            guard link(part, name) == 0 else {
                throw errno == EEXIST ? Self.exists(name) : Self.failure(name, "cannot be written")
            }
            unlink(part)
        }
        close(descriptor)
        self.part = nil
        let folder = open(
            URL(fileURLWithPath: name).deletingLastPathComponent().path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard folder >= 0 else { return }
        fsync(folder)
        close(folder)
    }

    private func flush(isLast: Bool) throws(ExportError) {
        bytes += pending.count
        if compress == nil { compress = try Self.stream(compression, name) }
        if let compress {
            output.removeAll(keepingCapacity: true)
            guard compress(pending, isLast, &output) else { throw ExportError(.file, "\(name): cannot be compressed") }
            try writeAll(output)
        } else {
            try writeAll(pending)
        }
        pending.removeAll(keepingCapacity: true)
    }

    private static func stream(
        _ compression: FileCompression?, _ name: String
    ) throws(ExportError) -> (([UInt8], Bool, inout [UInt8]) -> Bool)? {
        switch compression {
        case .gzip: if let stream = GzipStream() { return { stream.compress($0, isLast: $1, into: &$2) } }
        case .zstandard: if let stream = ZstandardStream() { return { stream.compress($0, isLast: $1, into: &$2) } }
        case nil: return nil
        }
        throw ExportError(.file, "\(name): no memory to compress")
    }

    private func writeAll(_ bytes: [UInt8]) throws(ExportError) {
        var done = 0
        while done < bytes.count {
            let count = bytes.withUnsafeBytes {
                Foundation.write(descriptor, $0.baseAddress?.advanced(by: done), $0.count - done)
            }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw Self.failure(name, "cannot be written") }
            done += count
        }
    }

    private static func makeFolder(of url: URL, _ name: String) throws(ExportError) {
        do {
            try FileManager.default.createDirectory(
                at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        } catch {
            throw ExportError(.file, "\(name): its folder cannot be made; expected one that may be written to")
        }
    }

    private static func exists(_ name: String) -> ExportError {
        ExportError(.exists, "\(name): is there already; name another file, or replace it with --force")
    }

    private static func failure(_ name: String, _ what: String) -> ExportError {
        ExportError(.file, "\(name): \(what): \(String(cString: strerror(errno)))")
    }
}
