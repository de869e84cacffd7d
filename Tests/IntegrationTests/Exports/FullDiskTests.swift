import Foundation
import TestSupport
import Testing

@Suite(.enabled(if: TemporaryDatabase.isAvailable, TemporaryDatabase.hint))
struct FullDiskTests {
    private func names(_ folder: URL) throws -> Set<String> {
        Set(try FileManager.default.contentsOfDirectory(atPath: folder.path))
    }

    @Test("where the disk is full the last good file stays as it was, and nothing lies beside it")
    func exports() async throws {
        let library = try await PreloadedLibrary.environment("full-disk")
        try await ExportRig.with { rig in
            let full = library.merging(["FULL_DISK_AFTER": "2000"]) { $1 }
            let program = Program("animematcher", environment: rig.rig.environment.merging(full) { $1 })
            for (subject, name) in [("anime", "anime.jsonl"), ("users", "users.csv"), ("pages", "pages.warc.gz")] {
                try await rig.export(subject, name)
                let good = try Data(contentsOf: URL(fileURLWithPath: rig.path(name)))
                let before = try names(rig.folder)
                #expect(good.count > 2_000)
                let failed = try await program.run(["export", subject, rig.path(name), "--force"])
                #expect(failed.status == 1, "\(failed.output)")
                #expect(failed.errors.contains(name) && failed.errors.contains("No space left"), "\(failed.errors)")
                #expect(try Data(contentsOf: URL(fileURLWithPath: rig.path(name))) == good)
                #expect(try names(rig.folder) == before)
            }
            // A backup that did not come to its end is none, and is not taken for one.
            let backup = try await program.run(["backup", rig.path("backup")])
            #expect(backup.status == 1 && backup.errors.contains("No space left"), "\(backup.errors)")
            let restore = try await rig.rig.animematcher("restore", rig.path("backup"), "--replace")
            #expect(restore.status == 1 && restore.errors.contains("backup that came to its end"), "\(restore.errors)")
        }
    }
}
