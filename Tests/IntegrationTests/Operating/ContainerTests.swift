import Foundation
import TestSupport
import Testing

/// What a linter cannot know of `deploy/`.
@Suite("The container's files")
struct ContainerTests {
    private func text(_ file: String) throws -> String {
        try String(contentsOf: Program.project.appendingPathComponent(file), encoding: .utf8)
    }

    private func run(_ program: String, _ arguments: [String]) async throws -> String {
        try await Command.named(program, arguments).run().output
    }

    @Test("the image installs the package of every library of Debian's that the programs are linked with")
    func libraries() async throws {
        let dockerfile = try text("deploy/Dockerfile")
        let runtime = try #require(dockerfile.components(separatedBy: "\nFROM ").last)
        let installed = Set(
            runtime.split { !($0.isLetter || $0.isNumber || $0 == "-" || $0 == "." || $0 == "+") }.map(String.init))
        var needed: Set<String> = []
        for program in ["animematcher", "animematcher-serve"] {
            let file = Program.folder.appendingPathComponent(program).path
            let names = try await run("readelf", ["-d", file]).matches(of: /\(NEEDED\).*\[(.+)\]/).map { String($0.1) }
            #expect(names.count > 5, "readelf tells nothing of \(file)")
            for line in try await run("ldd", [file]).split(separator: "\n") {
                let words = line.split(separator: " ")
                guard words.count > 2, names.contains(String(words[0]).trimmingCharacters(in: .whitespaces)) else {
                    continue
                }
                // The package's database knows files by their place before /usr was merged, or after.
                let path = String(words[2])
                for candidate in [path, "/usr" + path] {
                    let owner = try await run("dpkg-query", ["-S", candidate])
                    if let package = owner.split(separator: ":").first { needed.insert(String(package)) }
                }
            }
        }
        // Every Debian with Swift's image has these.
        needed.subtract(["libc6", "libgcc-s1", "libstdc++6", "libgcc-12-dev", "libstdc++-12-dev"])
        #expect(needed.count > 4)
        #expect(needed.subtracting(installed).sorted() == [])
    }

    @Test("it runs without rights, asks itself how it is, and names no registry")
    func confined() throws {
        let dockerfile = try text("deploy/Dockerfile")
        for line in ["USER 10001", "HEALTHCHECK ", "ENTRYPOINT [\"animematcher-serve\"]"] {
            #expect(dockerfile.contains("\n\(line)"), "\(line)")
        }
        for image in dockerfile.matches(of: /(?m)^FROM (\S+)/) {
            #expect(image.1.contains(":") && !image.1.contains("/") && !image.1.hasSuffix(":latest"), "\(image.1)")
        }
        let compose = try text("deploy/compose.yaml")
        let ports = compose.matches(of: /ports: \[(.*)\]/).map { String($0.1) }
        #expect(ports == ["\"127.0.0.1:8080:8080\""])
        #expect(compose.ranges(of: "<<: *confined").count == 2 && compose.contains("cap_drop: [ALL]"))
        #expect(compose.contains("database: {internal: true}"))
    }

    @Test("its configuration is one that the program reads")
    func configuration() async throws {
        let file = Program.project.appendingPathComponent("deploy/config/animematcher.yaml").path
        let result = try await Program("animematcher").run(["schedule", "next", "--config", file])
        #expect(result.status == 0, "\(result.errors)")
    }
}
