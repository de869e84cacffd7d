import Foundation
import TestSupport
import Testing

@Suite struct SecretOutputTests {
    @Test(
        "the password of the database is said nowhere: not in errors, help, doctor, nor in the log at its most talkative"
    )
    func databasePassword() async throws {
        let uri = "mongodb://someone:hunter22@127.0.0.1:1/?replicaSet=rs0&serverSelectionTimeoutMS=300"
        let program = Program("animematcher", environment: ["MONGODB_URI": uri])
        let commands = [
            ["doctor"], ["doctor", "--json"], ["changes", "status"], ["index", "status", "--json"], ["--help"],
            ["help", "crawl"], ["crawl", "demo", "--start", "http://127.0.0.1:1/topanime.php", "--log-level", "trace"],
            ["changes", "status", "--mongodb", uri], ["changes", "status", "--mongodb", "\(uri)&w=1"],
            ["changes", "status", "--mongodb", "mongodb://someone:hunter22@[::1/"], ["schedule", "list"],
        ]
        for command in commands {
            let result = try await program.run(command)
            let said = result.output + result.errors
            #expect(!said.contains("hunter22") && !said.contains("someone:"), "\(command): \(said)")
        }
        let serve = Program("animematcher-serve", environment: ["MONGODB_URI": uri])
        for arguments in [["--help"], ["--port", "0"]] {
            let result = try await serve.run(arguments)
            #expect(!(result.output + result.errors).contains("hunter22"), "\(result.errors)")
        }
    }
}
