import Foundation

/// A file named on the command line; "-" is standard input.
struct InputFile {
    private let name: String

    init(_ name: String) { self.name = name }

    /// All its bytes.
    func bytes(limit: Int = 64 << 20) throws -> [UInt8] {
        let handle = name == "-" ? FileHandle.standardInput : try open()
        let data: Data
        do { data = try handle.read(upToCount: limit + 1) ?? Data() } catch {
            throw Failure("\(name): cannot be read; expected a file, or - for standard input")
        }
        guard data.count <= limit else { throw Failure("\(name): larger than \(limit >> 20) MiB") }
        return [UInt8](data)
    }

    private func open() throws -> FileHandle {
        guard let handle = FileHandle(forReadingAtPath: name) else {
            throw Failure("\(name): cannot be read; expected the path of a file, or - for standard input")
        }
        return handle
    }
}
