import Foundation

/// What the kernel says of this process.
enum ProcessState {
    static var residentKiB: Int { status("VmRSS:") }
    static var peakKiB: Int { status("VmHWM:") }

    static var sockets: Int {
        entries("/proc/self/fd").count {
            (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/fd/\($0)"))?.hasPrefix("socket:")
                ?? false
        }
    }

    static var threads: Set<String> { Set(entries("/proc/self/task")) }

    private static func status(_ name: String) -> Int {
        let lines = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8))?.split(separator: "\n") ?? []
        return lines.first { $0.hasPrefix(name) }?.split(whereSeparator: \.isWhitespace).dropFirst().first
            .flatMap { Int($0) } ?? 0
    }

    private static func entries(_ folder: String) -> [String] {
        (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    }
}
