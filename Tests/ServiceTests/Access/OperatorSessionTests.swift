import CrawlEngine
import Foundation
import HTTPTypes
import Testing

@testable import Service

@Suite struct OperatorSessionTests {
    private let token = NewToken()
    private let secret = [UInt8](repeating: 7, count: 32)
    private let now: Int64 = 1_800_000_000

    private func begun() -> OperatorSession { OperatorSession(token: token.hash, secret: secret, now: now) }

    private func read(
        _ cookie: String, tokens: [TokenHash]? = nil, secret: [UInt8]? = nil, at time: Int64? = nil
    ) -> OperatorSession? {
        OperatorSession(
            cookie: cookie, tokens: tokens ?? [token.hash], secret: secret ?? self.secret, now: time ?? now)
    }

    @Test("a session is known by its cookie, wherever its token is in the configuration, until it ends")
    func known() {
        let session = begun()
        #expect(read(session.cookie, tokens: [NewToken().hash, token.hash]) == session)
        #expect(read(session.cookie, at: session.end - 1) == session && read(session.cookie, at: session.end) == nil)
        #expect(session.end == now + 8 * 3_600 && begun().id != session.id)
    }

    @Test("no session outlives its token, and nobody signs one without the database's secret")
    func bound() {
        let session = begun()
        #expect(read(session.cookie, tokens: [NewToken().hash]) == nil && read(session.cookie, tokens: []) == nil)
        #expect(read(session.cookie, secret: [UInt8](repeating: 8, count: 32)) == nil)
    }

    @Test("a cookie that was changed anywhere is refused")
    func forged() {
        let cookie = begun().cookie
        for index in cookie.indices {
            var forged = cookie
            forged.replaceSubrange(index...index, with: cookie[index] == "1" ? "2" : "1")
            #expect(read(forged) == nil, "\(forged)")
        }
        let parts = cookie.split(separator: ".").map(String.init)
        for other in [
            "", ".", "..", "\(parts[0]).\(parts[1])", "\(parts[0]).\(parts[1]).", cookie + ".x", "+" + cookie,
            "0" + cookie,
            "\(now + 9 * 3_600).\(parts[1]).\(parts[2])", String(repeating: cookie, count: 3),
        ] { #expect(read(other) == nil, "\(other)") }
    }

    @Test("forms and messages are of one session alone, and stand for nothing else")
    func words() {
        let (own, other) = (begun(), begun())
        #expect(own.accepts(form: own.formWord) && !own.accepts(form: other.formWord) && !own.accepts(form: ""))
        #expect(own.accepts(text: "a", seal: own.seal(of: "a")) && !own.accepts(text: "b", seal: own.seal(of: "a")))
        #expect(!other.accepts(text: "a", seal: own.seal(of: "a")) && !own.accepts(text: "a", seal: ""))
        #expect(!own.accepts(form: own.seal(of: "")) && !own.cookie.contains(own.formWord))
    }

    @Test("who signs out is out, and the memory of it has an end")
    func ended() {
        var ended = EndedSessions()
        let session = begun()
        ended.add(session, now: now)
        #expect(ended.contain(session) && !ended.contain(begun()))
        for _ in 0..<EndedSessions.most { ended.add(begun(), now: now) }
        #expect(ended.count == EndedSessions.most)
        ended.add(begun(), now: now + 9 * 3_600)
        #expect(ended.count == 1)
    }
}

@Suite struct OperatorSessionsTests {
    private func sessions(_ tokens: @escaping @Sendable () -> [TokenHash]) -> OperatorSessions {
        let access = ServiceAccess(listening: "127.0.0.1") {
            var settings = ServiceSettings()
            settings.tokens = tokens()
            return settings
        }
        return OperatorSessions(access: access) { [UInt8](repeating: 1, count: 32) }
    }

    @Test("wrong tokens are answered five times, then wait; the right one does not, whoever else came from its address")
    func guesses() async throws {
        let token = NewToken()
        let sessions = sessions { [token.hash] }
        for _ in 0..<5 {
            await #expect { try await sessions.signIn("am_guess", client: ClientAddress("192.0.2.1")) } throws: {
                if case OperatorSessions.Refusal.wrongToken = $0 { true } else { false }
            }
        }
        await #expect { try await sessions.signIn("am_guess", client: ClientAddress("192.0.2.1")) } throws: {
            guard case OperatorSessions.Refusal.tooMany(let wait) = $0 else { return false }
            return wait > .zero && wait <= .seconds(30)
        }
        _ = try await sessions.signIn(token.text, client: ClientAddress("192.0.2.1"))
    }

    @Test("the right token is never counted")
    func uncounted() async throws {
        let token = NewToken()
        let sessions = sessions { [token.hash] }
        for _ in 0..<20 { _ = try await sessions.signIn(token.text, client: ClientAddress("192.0.2.1")) }
    }

    @Test("without tokens nobody signs in")
    func nobody() async throws {
        let sessions = sessions { [] }
        #expect(!sessions.isPossible)
        await #expect(throws: OperatorSessions.Refusal.self) {
            try await sessions.signIn("", client: ClientAddress(nil))
        }
    }

    @Test("the cookie is out of the reach of scripts and of other sites, and over TLS bound to it and to the host")
    func field() {
        let session = OperatorSession(token: NewToken().hash, secret: [1], now: 0)
        let plain = OperatorSessions.field(session, isSecure: false)
        #expect(
            plain
                == "animematcher_operator=\(session.cookie); Max-Age=28800; Path=/; HttpOnly; SameSite=Strict")
        let secure = OperatorSessions.field(session, isSecure: true)
        #expect(
            secure.hasPrefix("__Host-animematcher_operator=") && secure.hasSuffix("; HttpOnly; SameSite=Strict; Secure")
        )
        #expect(!secure.contains("Domain"))
        #expect(OperatorSessions.field(nil, isSecure: false).hasPrefix("animematcher_operator=; Max-Age=0;"))
    }
}
