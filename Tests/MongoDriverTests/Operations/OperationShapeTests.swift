import Testing

@testable import MongoDriver

@Suite("What a log may keep of a question")
struct OperationShapeTests {
    @Test("fields and operators stay, values go")
    func values() {
        let command: BSONDocument = [
            "find": "users",
            "filter": ["name": "Mira", "$or": [["score": ["$gt": 7]], ["list.title": ["$in": ["a", "b"]]]]],
            "lsid": ["id": "x"], "$db": "anime",
        ]
        let shape = OperationShape(command: command, database: "anime")
        #expect(shape.name == "find" && shape.namespace == "anime.users")
        #expect(shape.text == "{filter: {name: ?, $or: [{score: {$gt: ?}}, {list.title: {$in: […]}}]}}")
    }

    @Test("a cursor that waits for what comes is told from one that takes long")
    func waiting() {
        let wait: BSONDocument = ["getMore": 1, "collection": "changes", "maxTimeMS": 1_000]
        let shape = OperationShape(command: wait, database: "anime")
        #expect(shape.isWait && shape.namespace == "anime.changes")
        let slow: BSONDocument = ["find": "changes", "filter": [:], "maxTimeMS": 1_000]
        #expect(!OperationShape(command: slow, database: "anime").isWait)
    }

    @Test("keys that are values go too, and length and depth are bounded")
    func hostile() {
        #expect(
            OperationShape(name: "a", namespace: "b", document: ["hosts": ["http://mira@example.org": 1]]).text
                == "{hosts: {?: ?}}")
        var deep: BSONValue = 1
        for _ in 0..<90 { deep = ["a": deep] }
        let wide = BSONDocument((0..<5_000).map { ("field\($0)", BSONValue.document(["x": deep])) })
        #expect(OperationShape(name: "a", namespace: "b", document: wide).text.utf8.count <= 600)
    }
}
