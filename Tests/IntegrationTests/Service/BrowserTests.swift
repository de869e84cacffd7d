import Foundation
import Storage
import TestSupport
import Testing
import WebStandards

/// The pages in a real browser: the scripts of `Tests/Browser`, which say what they look at.
@Suite(.enabled(if: TemporaryDatabase.isAvailable, TemporaryDatabase.hint))
struct BrowserTests {
    private static let folder = Program.project.appendingPathComponent("Tests/Browser")

    /// Runs a script of the folder, which ends with "ok" when everything is as it should be.
    static func run(_ script: String, _ arguments: [String]) async throws {
        let runner = """
            import runpy, sys
            sys.argv = sys.argv[1:]
            sys.path.insert(0, sys.argv[0].rsplit("/", 1)[0])
            sys.dont_write_bytecode = True
            try: runpy.run_path(sys.argv[0], run_name="__main__")
            except Exception as error:
                import traceback
                print(traceback.format_exc(limit=-3)[-1500:])
                raise SystemExit(1)
            """
        let file = folder.appendingPathComponent(script).path
        guard let output = try await ForeignPython.run(runner, [file] + arguments) else { return }
        #expect(output.hasSuffix("ok\n"), "\(output)")
    }

    @Test(
        "Find and the pages of anime: with script, without, by keys alone; for everybody, light and dark, wide and narrow"
    )
    func find() async throws {
        try await ServeRig.with { rig in
            let user = try #require(try await rig.rig.database.users.largestList()?["_id"]?.stringValue)
            try await Self.run("find.py", [rig.origin, user])
        }
    }
}
