import Logging
import Synchronization
import Testing

@testable import Service

@Suite
struct LiveValueTests {
    private struct Broken: Error, CustomStringConvertible { let description: String }

    /// A file in memory.
    private final class File: Sendable {
        let text: Mutex<String>
        let reads = Mutex(0)
        init(_ text: String) { self.text = Mutex(text) }
        func write(_ new: String) { text.withLock { $0 = new } }
    }

    private func live(_ file: File) throws -> LiveValue<Int> {
        try LiveValue(
            fingerprint: { file.text.withLock { $0 } }, log: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        ) {
            file.reads.withLock { $0 += 1 }
            let text = file.text.withLock { $0 }
            guard let value = Int(text) else { throw Broken(description: "'\(text)' is no number") }
            return value
        }
    }

    @Test("a changed file is read once, and who listens is told")
    func changed() async throws {
        let file = File("1")
        let value = try live(file)
        var changes = value.changes().makeAsyncIterator()
        value.reload()
        #expect(file.reads.withLock { $0 } == 1)
        file.write("2")
        value.reload()
        value.reload()
        #expect(value.value == 2)
        #expect(file.reads.withLock { $0 } == 2)
        #expect(await changes.next() != nil)
    }

    @Test("what cannot be read leaves the value as it was, and says why until it is put right")
    func broken() throws {
        let file = File("1")
        let value = try live(file)
        file.write("one")
        value.reload()
        value.reload()
        #expect(value.value == 1)
        #expect(value.problem == "'one' is no number")
        #expect(file.reads.withLock { $0 } == 2)
        file.write("3")
        value.reload()
        #expect(value.value == 3)
        #expect(value.problem == nil)
    }

    @Test("a signal reads it again although it looks as before")
    func always() throws {
        let file = File("1")
        let value = try live(file)
        value.reload(always: true)
        #expect(file.reads.withLock { $0 } == 2)
    }

    @Test("without a first value there is nothing to stand on")
    func first() {
        #expect(throws: Broken.self) { try live(File("")) }
    }
}
