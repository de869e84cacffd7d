import Foundation

/// What a process holds of the machine.
public struct ProcessUsage: Sendable, Hashable {
    /// Memory that is in RAM.
    public let residentBytes: Int
    /// Open file descriptors.
    public let descriptors: Int

    /// Looks now; nil when there is no such process.
    public init?(of process: Int32) {
        guard let file = FileHandle(forReadingAtPath: "/proc/\(process)/status"),
            let text = try? file.readToEnd().map({ String(decoding: $0, as: UTF8.self) }),
            let kilobytes = text.firstMatch(of: /VmRSS:\s+(\d+) kB/).flatMap({ Int($0.1) }),
            let open = try? FileManager.default.contentsOfDirectory(atPath: "/proc/\(process)/fd")
        else { return nil }
        residentBytes = kilobytes << 10
        descriptors = open.count
    }
}
