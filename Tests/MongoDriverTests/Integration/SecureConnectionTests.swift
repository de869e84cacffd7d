import MongoDriver
import Testing

@Suite(.enabled(if: TestServer.isPresent, TestServer.hint)) struct SecureConnectionTests {
    private func write(_ uri: String) async throws(MongoError) -> Int {
        let client = try MongoClient(uri: uri)
        do throws(MongoError) {
            let things = client.database("secure").collection("things")
            try await client.withTransaction { session throws(MongoError) in
                _ = try await things.insert(["a": 1], session: session)
            }
            let count = try await things.count()
            await client.close()
            return count
        } catch {
            await client.close()
            throw error
        }
    }

    private func error(_ uri: String) async -> MongoError? {
        do throws(MongoError) { _ = try await write(uri) } catch { return error }
        return nil
    }

    @Test(
        "TLS, passwords and client certificates work by the connection string alone, and what is wrong is refused and not shown"
    )
    func everyWay() async throws {
        try await SecureServer.with { server async throws in
            let (trusted, password) = (server.authority, "operator:hunter22%2F%C2%A7@")
            #expect(try await write(server.uri(password, authority: trusted)) == 1)
            for (number, mechanism) in ["SCRAM-SHA-1", "SCRAM-SHA-256"].enumerated() {
                let uri = server.uri(password, authority: trusted, more: "&authSource=admin&authMechanism=\(mechanism)")
                #expect(try await write(uri) == 2 + number)
            }
            let certificate =
                "&authMechanism=MONGODB-X509&authSource=$external&tlsCertificateKeyFile=\(server.clientCertificate)"
            #expect(try await write(server.uri(authority: trusted, more: certificate)) == 4)

            let wrongPassword = await error(server.uri("operator:hunter23secret@", authority: trusted))
            #expect(wrongPassword?.code == .authentication)
            let nobody = await error(server.uri(authority: trusted))
            #expect(nobody?.serverCode == 13)
            let strangers = await error(server.uri(password, authority: server.stranger))
            #expect(strangers?.code == .unreachable && strangers?.message.lowercased().contains("certificate") == true)
            let system = await error(server.uri(password, authority: nil))
            #expect(system?.code == .unreachable)
            let plain = await error(
                "mongodb://\(password)127.0.0.1:\(server.port)/?replicaSet=rs0&serverSelectionTimeoutMS=1500")
            #expect(plain?.code == .unreachable)
            // The certificate is for 127.0.0.1 and for no name.
            let otherName = await error(
                "mongodb://\(password)localhost:\(server.port)/?directConnection=true&tls=true&serverSelectionTimeoutMS=1500&tlsCAFile=\(trusted)"
            )
            #expect(otherName?.code == .unreachable)
            for failure in [wrongPassword, nobody, strangers, system, plain, otherName].compactMap(\.self) {
                let text = "\(failure) \(failure.message) \(String(reflecting: failure))"
                #expect(!text.contains("hunter"), "\(text)")
            }
        }
    }
}
