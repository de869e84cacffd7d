public import Foundation
import Synchronization

/// A program that was started and can be signalled, with what it prints.
public final class RunningProgram: Sendable {
    private let process: Process
    private let folder: URL
    private let end = Mutex<Ending>(.pending([]))

    private enum Ending {
        case pending([CheckedContinuation<Int32, Never>])
        case ended(Int32)
    }

    /// Starts one of the built programs.
    public convenience init(_ program: Program, _ arguments: [String]) throws {
        try self.init(program.makeProcess(arguments))
    }

    /// Starts a process that is ready to be.
    public init(_ process: Process) throws {
        self.process = process
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("running-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        for name in ["out", "err"] { try Data().write(to: folder.appendingPathComponent(name)) }
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = try FileHandle(forWritingTo: folder.appendingPathComponent("out"))
        process.standardError = try FileHandle(forWritingTo: folder.appendingPathComponent("err"))
        process.terminationHandler = { [weak self] in self?.ended($0.terminationStatus) }
        try process.run()
    }

    deinit {
        signal(SIGKILL)
        try? FileManager.default.removeItem(at: folder)
    }

    /// The process' number.
    public var id: Int32 { process.processIdentifier }

    /// Whether it has not ended.
    public var isRunning: Bool {
        end.withLock { if case .pending = $0 { true } else { false } }
    }

    /// What it has said on standard error so far.
    public var errors: String { text("err") }

    /// What it has printed so far.
    public var output: String { text("out") }

    /// Sends a signal, unless it has ended.
    public func signal(_ number: Int32) {
        // Until the exit was taken note of, the number belongs to nobody else.
        if isRunning, process.isRunning { kill(id, number) }
    }

    /// Its exit status, or the signal it died of, once it has ended.
    public func exit() async -> Int32 {
        await withCheckedContinuation { continuation in
            let status: Int32? = end.withLock { end in
                switch end {
                case .pending(let waiting):
                    end = .pending(waiting + [continuation])
                    return nil
                case .ended(let status): return status
                }
            }
            if let status { continuation.resume(returning: status) }
        }
    }

    private func ended(_ status: Int32) {
        let waiting = end.withLock { end -> [CheckedContinuation<Int32, Never>] in
            defer { end = .ended(status) }
            if case .pending(let waiting) = end { return waiting }
            return []
        }
        for continuation in waiting { continuation.resume(returning: status) }
    }

    private func text(_ name: String) -> String {
        String(decoding: (try? Data(contentsOf: folder.appendingPathComponent(name))) ?? Data(), as: UTF8.self)
    }
}
