import Foundation

/// What this process takes of the machine.
public enum ProcessMemory {
    /// The most memory it has had so far, in bytes; 0 where the system does not say.
    public static var peak: Int {
        // Of no size that could be known before it is read, so it is read as a stream.
        guard let file = FileHandle(forReadingAtPath: "/proc/self/status") else { return 0 }
        let text = String(decoding: (try? file.readToEnd()) ?? Data(), as: UTF8.self)
        let line = text.split(separator: "\n").first { $0.hasPrefix("VmHWM:") } ?? ""
        return (line.split(separator: " ").compactMap { Int($0) }.first ?? 0) * 1024
    }
}
