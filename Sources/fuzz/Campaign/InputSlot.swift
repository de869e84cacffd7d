import Foundation

/// A file in the memory of two processes, in which one says what it is about to try.
///
/// What is written there stays when the writer traps: no call has to succeed on the way down.
///
/// `@unchecked Sendable`: another process writes while this one reads in any case, and words that are aligned are read whole.
struct InputSlot: @unchecked Sendable {
    private static let header = 24
    private let memory: UnsafeMutableRawPointer
    private let capacity: Int

    /// Opens the file, making it when it is missing.
    init(path: String, capacity: Int = 1 << 20) throws {
        let descriptor = open(path, O_RDWR | O_CREAT, 0o600)
        guard descriptor >= 0, ftruncate(descriptor, off_t(Self.header + capacity)) == 0 else {
            throw Violation("\(path): cannot be opened")
        }
        defer { close(descriptor) }
        let mapped = mmap(nil, Self.header + capacity, PROT_READ | PROT_WRITE, MAP_SHARED, descriptor, 0)
        guard let mapped, mapped != MAP_FAILED else { throw Violation("\(path): cannot be mapped") }
        memory = mapped
        self.capacity = capacity
    }

    /// The iteration that runs.
    var iteration: UInt64 { memory.load(as: UInt64.self) }

    /// How many iterations have ended.
    var ended: UInt64 { memory.load(fromByteOffset: 16, as: UInt64.self) }

    /// The input that runs.
    var input: [UInt8] {
        let count = min(Int(memory.load(fromByteOffset: 8, as: UInt64.self)), capacity)
        return Array(UnsafeRawBufferPointer(start: memory + Self.header, count: count))
    }

    /// Notes what runs next.
    func note(iteration: UInt64, input: [UInt8]) {
        let count = min(input.count, capacity)
        memory.storeBytes(of: iteration, as: UInt64.self)
        memory.storeBytes(of: UInt64(count), toByteOffset: 8, as: UInt64.self)
        input.withUnsafeBytes {
            (memory + Self.header).copyMemory(from: $0.baseAddress ?? UnsafeRawPointer(memory), byteCount: count)
        }
    }

    /// Notes that it has ended well.
    func noteEnd() {
        memory.storeBytes(of: ended + 1, toByteOffset: 16, as: UInt64.self)
    }
}
