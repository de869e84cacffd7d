import Foundation
import MongoDriver
import TestSupport
import Testing

/// Everything that is asked of one database, as its server's profiler records it, and how the server goes about each kind of question.
struct QueryProfile {
    /// One kind of question: the command without its values.
    struct Question: Sendable, Hashable {
        let collection: String
        let operation: String
        let shape: String

        var description: String { "\(collection).\(operation) \(shape)" }
    }

    /// How the server goes about it.
    struct Plan: Sendable {
        var stages: Set<String> = []
        var examples = 0
        /// Documents that were looked at, at most.
        var examined = 0
    }

    private let database: MongoDatabase

    /// Begins to record.
    init(_ temporary: TemporaryDatabase) async throws {
        database = temporary.client.database(temporary.name)
        try await database.createCollection("system.profile", options: ["capped": true, "size": .int64(512 << 20)])
        try await database.runCommand(["profile": 2])
    }

    /// Ends recording; each kind of question with the plan that was used and the one that `explain` tells.
    func plans() async throws -> [Question: Plan] {
        try await database.runCommand(["profile": 0])
        var plans: [Question: Plan] = [:]
        for try await row in try await database.collection("system.profile").find(
            // libmongoc names the level of a snapshot's reads twice, which is no document to us.
            ["appName": "animematcher"], FindOptions(projection: ["command.readConcern": 0]))
        {
            guard let command = row["command"]?.documentValue, let question = Self.question(row, command) else {
                continue
            }
            var plan = plans[question] ?? Plan()
            let isNew = plan.examples == 0
            plan.examples += 1
            plan.examined = max(plan.examined, row["docsExamined"]?.intValue ?? 0)
            if let summary = row["planSummary"]?.stringValue {
                plan.stages.formUnion(
                    summary.split { !$0.isLetter && $0 != "_" }.map(String.init).filter { $0 == $0.uppercased() })
            }
            if row["hasSortStage"]?.boolValue == true { plan.stages.insert("SORT") }
            if isNew {
                if let explained = Self.explainable(question, command) {
                    // What cannot be explained (cut off by the profiler) has been recorded all the same.
                    let answer = try? await database.runCommand(
                        ["explain": .document(explained), "verbosity": "queryPlanner"])
                    if let answer { Self.collect(.document(answer), into: &plan.stages) }
                }
            }
            plans[question] = plan
        }
        return plans
    }

    private static func question(_ row: BSONDocument, _ command: BSONDocument) -> Question? {
        guard let namespace = row["ns"]?.stringValue, let operation = row["op"]?.stringValue else { return nil }
        let collection = namespace.split(separator: ".", maxSplits: 1).dropFirst().joined()
        guard !collection.hasPrefix("system."), collection != "$cmd" else { return nil }
        let name = operation == "command" || operation == "query" ? command.keys.first ?? "" : operation
        guard
            ["find", "aggregate", "update", "remove", "findAndModify", "findandmodify", "count", "distinct"].contains(
                name)
        else { return nil }
        let kept = kept(command)
        return Question(collection: collection, operation: name, shape: shape(.document(kept)))
    }

    /// Without what drivers add, and what is written.
    private static func kept(_ command: BSONDocument) -> BSONDocument {
        let names: Set<String> = [
            "filter", "query", "q", "sort", "pipeline", "hint", "limit", "key", "collation", "$truncated",
        ]
        return BSONDocument(zip(command.keys, command.values).filter { names.contains($0.0) })
    }

    private static func shape(_ value: BSONValue) -> String {
        switch value {
        case .document(let document):
            "{" + zip(document.keys, document.values).map { "\($0): \(shape($1))" }.joined(separator: ", ") + "}"
        case .array(let values):
            // Lists of values are of any length; lists of stages and alternatives are the question itself.
            values.contains { $0.documentValue != nil }
                ? "[" + values.map(shape).joined(separator: ", ") + "]" : "[…]"
        case .regex: "/…/"
        default: "?"
        }
    }

    private static func explainable(_ question: Question, _ command: BSONDocument) -> BSONDocument? {
        var kept = BSONDocument(
            zip(command.keys, command.values).filter { name, _ in
                ![
                    "lsid", "$db", "$clusterTime", "txnNumber", "autocommit", "startTransaction", "readConcern",
                    "writeConcern", "maxTimeMS", "$readPreference", "cursor", "stmtId", "stmtIds",
                    "bypassDocumentValidation",
                ].contains(name)
            })
        switch question.operation {
        case "update": kept = ["update": .string(question.collection), "updates": [.document(kept)]]
        case "remove": kept = ["delete": .string(question.collection), "deletes": [.document(kept)]]
        case "aggregate": kept["cursor"] = [:]
        default: break
        }
        return command["$truncated"] == nil ? kept : nil
    }

    /// The stages of winning plans, wherever they stand; refused plans do not count.
    private static func collect(_ value: BSONValue, into stages: inout Set<String>) {
        switch value {
        case .document(let document):
            for (name, value) in zip(document.keys, document.values) where name != "rejectedPlans" && name != "command"
            {
                if name == "stage", let stage = value.stringValue { stages.insert(stage) }
                if name == "$sort" { stages.insert("SORT") }
                collect(value, into: &stages)
            }
        case .array(let values): for value in values { collect(value, into: &stages) }
        default: break
        }
    }
}
