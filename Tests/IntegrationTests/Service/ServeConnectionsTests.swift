import Foundation
import TestSupport
import Testing

@Suite(.enabled(if: TemporaryDatabase.isAvailable, TemporaryDatabase.hint))
struct ServeConnectionsTests {
    /// Holds 400 connections with half a request each, and asks for `/healthz` beside them; prints what it answers and how many files the
    /// service had open at most.
    private static let hold = """
        import http.client, os, socket, sys, time
        host, port, pid = "127.0.0.1", int(sys.argv[1]), sys.argv[2]
        held = []
        for number in range(400):
            s = socket.socket(); s.setblocking(False)
            try: s.connect((host, port))
            except BlockingIOError: pass
            held.append(s)
        def poke():
            for s in held:
                try: s.send(b"GET /healthz HTTP/1.1\\r\\nHost: x\\r\\nX-")
                except OSError: pass
        most, end = 0, time.time() + 60
        status = 0
        while status != 200 and time.time() < end:
            poke()
            most = max(most, len(os.listdir(f"/proc/{pid}/fd")))
            try:
                c = http.client.HTTPConnection(host, port, timeout=5); c.request("GET", "/healthz"); status = c.getresponse().status
            except OSError: pass
        print(status, most)
        """

    @Test(
        "with 128 descriptors and 400 clients that keep it waiting the service lives and answers, and keeps its reserve"
    )
    func starved() async throws {
        try await ServeRig.with(
            started: { $0.limited(descriptors: 128) }, arguments: ["--idle-seconds", "1"]
        ) { rig in
            let port = rig.origin.split(separator: ":").last.map(String.init) ?? ""
            guard let output = try await ForeignPython.run(Self.hold, [port, "\(rig.serve.id)"]) else { return }
            let numbers = output.split(whereSeparator: \.isWhitespace).compactMap { Int($0) }
            #expect(numbers.first == 200, "\(output) \(rig.serve.errors.suffix(2_000))")
            #expect(try #require(numbers.last) < 128 - 8)
            #expect(rig.serve.isRunning)
        }
    }
}
