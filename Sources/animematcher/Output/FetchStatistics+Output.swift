import Fetching
import WebStandards

extension FetchStatistics {
    /// For people: connections, bytes, and where the time went.
    var lines: [String] {
        guard transfers > 0 else { return [] }
        let parts = timing.parts.map { "\($0.name) \(($0.seconds * 10).rounded() / 10)" }
        return [
            "  network  connections: \(connections.opened) opened, \(connections.reused) times reused; "
                + "\(wireBytes >> 10) KiB received, \(decodedBytes >> 10) KiB decoded",
            "  seconds  \(parts.joined(separator: ", "))",
        ]
    }

    /// For programs; times in seconds, summed over all transfers.
    var value: JSONValue {
        .object([
            "transfers": .int(Int64(transfers)), "connections_opened": .int(Int64(connections.opened)),
            "connections_reused": .int(Int64(connections.reused)), "wire_bytes": .int(Int64(wireBytes)),
            "decoded_bytes": .int(Int64(decodedBytes)),
            "seconds": .object(
                JSONObject(
                    timing.parts.map { ($0.name.replacing(" ", with: "_"), .double($0.seconds)) })),
            "hosts": .object(
                JSONObject(
                    hosts.sorted { $0.key < $1.key }.map { host, connections in
                        (
                            host,
                            .object([
                                "opened": .int(Int64(connections.opened)), "reused": .int(Int64(connections.reused)),
                            ])
                        )
                    })),
        ])
    }
}

extension FetchTiming {
    fileprivate var parts: [(name: String, seconds: Double)] {
        [
            ("queue", queued), ("name lookup", nameLookup), ("connect", connect), ("tls", tls),
            ("first byte", firstByte), ("total", total),
        ].map { ($0.0, $0.1 / .seconds(1)) }
    }
}
