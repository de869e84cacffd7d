import Foundation
import TestSupport
import Testing

/// The unit files of `docs/systemd`, checked by systemd itself.
@Suite(.enabled(if: Systemd.isThere, "systemd-analyze is not here: docs/systemd was NOT checked"))
struct SystemdUnitTests {
    private static let folder = Program.project.appendingPathComponent("docs/systemd")

    private func files() throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: Self.folder.path).sorted()
    }

    private func text(_ file: String) throws -> String {
        try String(contentsOf: Self.folder.appendingPathComponent(file), encoding: .utf8)
    }

    /// Runs the analyzer on copies that name the programs of this build, which are there.
    private func analyze(_ arguments: [String], _ change: (String) -> String = { $0 }) async throws -> (Int32, String) {
        let copies = FileManager.default.temporaryDirectory.appendingPathComponent("units-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: copies, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: copies) }
        for file in try files() {
            let program = Program.folder.appendingPathComponent("animematcher").path
            let text = change(try text(file).replacing("/usr/local/bin/animematcher", with: program))
            try Data(text.utf8).write(to: copies.appendingPathComponent(file))
        }
        let result = try await Command(Systemd.analyzer, arguments, folder: copies.path).run()
        return (result.status, result.output + result.errors)
    }

    @Test("systemd has nothing to say against the units")
    func verified() async throws {
        let units = try files().map { "./\($0)" }
        #expect(units.count == 3)
        let (status, said) = try await analyze(["verify", "--man=no"] + units)
        #expect(status == 0)
        #expect(said.isEmpty, "\(said)")
        // It would say so: what it does not know it only mentions.
        let (_, complaint) = try await analyze(["verify", "--man=no"] + units) {
            $0.replacing("NoNewPrivileges", with: "NoNewPrivilegs")
        }
        #expect(complaint.contains("NoNewPrivilegs"))
    }

    @Test(
        "the services may do little besides what they need",
        arguments: ["animematcher.service", "animematcher-schedule@.service"])
    func hardened(unit: String) async throws {
        // Exposure from 0 to 10, times ten.
        let (status, said) = try await analyze([
            "security", "--offline=true", "--threshold=15", "--no-pager", "./\(unit)",
        ])
        #expect(status == 0, "\(said.suffix(300))")
        let text = try text(unit)
        for key in [
            "NoNewPrivileges=yes", "ProtectSystem=strict", "PrivateTmp=yes", "DynamicUser=yes",
            "RestrictAddressFamilies=",
            "MemoryMax=", "KillMode=mixed", "LimitNOFILE=", "MemoryDenyWriteExecute=yes", "SystemCallFilter=",
        ] { #expect(text.contains("\n\(key)"), "\(key)") }
    }

    @Test("the commands in the units are commands of the program")
    func commands() async throws {
        for file in try files() {
            for line in try text(file).split(separator: "\n") where line.hasPrefix("ExecStart=") {
                let words = line.split(separator: " ").dropFirst().prefix { !$0.hasPrefix("-") && $0 != "%i" }
                #expect(!words.isEmpty)
                let help = try await Program("animematcher").run(words.map(String.init) + ["--help"])
                #expect(help.status == 0, "\(line)")
            }
        }
    }
}

/// systemd on this machine.
private enum Systemd {
    static let analyzer = "/usr/bin/systemd-analyze"
    /// Also in CI, where a silent skip would lie.
    static let isThere =
        FileManager.default.isExecutableFile(atPath: analyzer) || ProcessInfo.processInfo.environment["CI"] != nil
}
