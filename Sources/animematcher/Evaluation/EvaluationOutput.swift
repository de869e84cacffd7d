import Foundation
import Recommender

/// Writes what an evaluation recommends or predicts, for others to score.
struct EvaluationOutput {
    let data: EvaluationData

    /// `user,item,rank`, the best item's rank 1.
    func write(recommendations lists: [[Int32]], to file: String) throws {
        try write(to: file, header: "user,item,rank") { add in
            for (user, list) in zip(data.evaluation.users, lists) {
                for (rank, item) in list.enumerated() {
                    add("\(cell(data.users[user])),\(cell(data.items[Int(item)])),\(rank + 1)\n")
                }
            }
        }
    }

    /// `user,item,prediction`, in the order of people and items.
    func write(predictions: [Double], to file: String) throws {
        let test = data.evaluation.test
        try write(to: file, header: "user,item,prediction") { add in
            for user in 0..<test.userCount {
                for place in test.starts[user]..<test.starts[user + 1] {
                    add("\(cell(data.users[user])),\(cell(data.items[Int(test.items[place])])),\(predictions[place])\n")
                }
            }
        }
    }

    private func cell(_ identifier: Identifier) -> String {
        let text = identifier.description
        guard text.contains(where: { ",\"\r\n".contains($0) }) else { return text }
        return "\"" + text.replacingOccurrences(of: "\"", with: "\"\"") + "\""
    }

    private func write(to file: String, header: String, _ body: (_ add: (String) -> Void) -> Void) throws {
        var bytes = Array("\(header)\n".utf8)
        body { bytes.append(contentsOf: $0.utf8) }
        do { try Data(bytes).write(to: URL(fileURLWithPath: file), options: .atomic) } catch {
            throw Failure("\(file): cannot be written; expected a path in a folder that exists and may be written to")
        }
    }
}
