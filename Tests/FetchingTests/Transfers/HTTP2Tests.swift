import Fetching
import Testing

@Suite("HTTP/2", .enabled(if: PythonServer.isAvailable, PythonServer.hint))
struct HTTP2Tests {
    @Test("HTTP/2 is spoken where TLS agrees on it, one request at a time on a kept connection")
    func kept() async throws {
        let server = try await PythonServer(.http2)
        defer { server.stop() }
        try await Fetcher.lent(certificateAuthorities: server.certificate) { fetcher async throws in
            for count in 0..<5 {
                let response = try await fetcher.fetch(server.request("hello"))
                #expect(response.protocolVersion == .http2 && response.status == 200 && response.tlsVerified)
                #expect(response.body == Array("hello".utf8))
                #expect(response.newConnections == (count == 0 ? 1 : 0))
            }
            #expect(fetcher.statistics.connections.opened == 1 && fetcher.statistics.connections.reused == 4)
        }
    }

    @Test("the client says that it wants no push")
    func settings() async throws {
        let server = try await PythonServer(.http2)
        defer { server.stop() }
        let response = try await Fetcher.lent(certificateAuthorities: server.certificate) {
            try await $0.fetch(server.request("settings-seen"))
        }
        let settings = String(decoding: response.body, as: UTF8.self).split(separator: " ")
        #expect(settings.contains("2=0"), "\(settings)")
    }
}
