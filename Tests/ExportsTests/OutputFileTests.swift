import Exports
import Foundation
import Testing

@Suite struct OutputFileTests {
    private func inFolder(_ body: (URL) throws -> Void) throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("output-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try body(folder)
    }

    private func names(_ folder: URL) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
    }

    @Test("it is there when it is whole, and nothing is left of one that is given up")
    func atomic() throws {
        try inFolder { folder in
            let path = folder.appendingPathComponent("a.txt").path
            do {
                let file = try OutputFile(path, mayReplace: false)
                try file.write("half")
                #expect(try !names(folder).contains("a.txt") && names(folder).count == 1)
            }
            #expect(try names(folder).isEmpty)
            let file = try OutputFile(path, mayReplace: false)
            try file.write("whole")
            try file.commit()
            #expect(try names(folder) == ["a.txt"])
            #expect(try String(contentsOfFile: path, encoding: .utf8) == "whole")
        }
    }

    @Test("one that came meanwhile is not replaced; one that may be is, and a folder never")
    func replacing() throws {
        try inFolder { folder in
            let path = folder.appendingPathComponent("a.txt").path
            let file = try OutputFile(path, mayReplace: false)
            try file.write("late")
            try Data("early".utf8).write(to: URL(fileURLWithPath: path))
            let error = #expect(throws: ExportError.self) { try file.commit() }
            #expect(error?.code == .exists)
            #expect(throws: ExportError.self) { try OutputFile(path, mayReplace: false) }
            let other = try OutputFile(path, mayReplace: true)
            try other.write("new")
            try other.commit()
            #expect(try String(contentsOfFile: path, encoding: .utf8) == "new")
            #expect(throws: ExportError.self) { try OutputFile(folder.path, mayReplace: true) }
        }
    }
}
