import Fetching
import Foundation

/// How this process fares, by the names that Prometheus' own libraries use.
enum ProcessMetrics {
    static var families: [MetricFamily] {
        let fields = stat
        let ticks = Double(sysconf(Int32(_SC_CLK_TCK)))
        return [
            gauge("process_resident_memory_bytes", "Memory that is in use.", pages.map { $0 * Double(getpagesize()) }),
            gauge("process_open_fds", "Open files and connections.", openFiles.map(Double.init)),
            gauge("process_max_fds", "Files and connections that may be open.", Double(DescriptorLimit.open)),
            gauge("process_threads", "Threads.", fields.count > 17 ? Double(fields[17]) : nil),
            .init(
                "process_cpu_seconds_total", "Time on processors.", .counter,
                fields.count > 12 ? [.init(value: (Double(fields[11] + fields[12])) / ticks)] : []),
            gauge("process_start_time_seconds", "When the process began.", startTime),
        ]
    }

    /// From how long the machine has been up, and had been when the process began.
    private static let startTime: Double? = {
        let words = (try? String(contentsOfFile: "/proc/uptime", encoding: .utf8))?.split(separator: " ")
        guard let up = words?.first.flatMap({ Double($0) }), stat.count > 19 else { return nil }
        return Date().timeIntervalSince1970 - up + Double(stat[19]) / Double(sysconf(Int32(_SC_CLK_TCK)))
    }()

    private static func gauge(_ name: String, _ help: String, _ value: Double?) -> MetricFamily {
        .init(name, help, .gauge, value.map { [.init(value: $0)] } ?? [])
    }

    private static func text(_ file: String) -> String {
        FileManager.default.contents(atPath: "/proc/self/\(file)").map { String(decoding: $0, as: UTF8.self) } ?? ""
    }

    /// The numbers of proc(5)'s `stat` behind the program's name, from the third field on; words are 0.
    private static var stat: [Int] {
        text("stat").split(separator: ")").last.map { $0.split(separator: " ").map { Int($0) ?? 0 } } ?? []
    }

    private static var pages: Double? {
        let words = text("statm").split(separator: " ")
        return words.count > 1 ? Double(words[1]) : nil
    }

    private static var openFiles: Int? {
        (try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd"))?.count
    }
}
