import WebStandards

/// The schemas of answers (JSON Schema 2020-12), by name.
enum APISchemas {
    static let all: JSONObject = [
        "Problem": object(
            ["type": string, "title": string, "status": integer, "detail": string],
            required: ["title", "status", "detail"]),
        "Done": object(["done": string]),
        "Recommendations": array(
            object([
                "anime": string, "score": number, "type": nullable("string"), "year": nullable("integer"),
                "genres": array(string), "img_url": string,
                "reasons": array([
                    "oneOf": [
                        object(["liked": string, "through": string, "share": share], required: ["liked", "share"]),
                        object(["topic": array(string), "share": share]),
                        object(["popular": ["const": true]]),
                    ]
                ]),
            ])),
        "SimilarList": array(open(["anime": string, "score": number])),
        "Topics": array(open(["topic": integer, "words": array(string)])),
        "StoryMap": object([
            "anime": array(
                object([
                    "anime": string, "x": share, "y": share, "topic": integer, "share": share, "cluster": integer,
                ])),
            "topics": array(object(["topic": integer, "words": array(string), "anime_count": integer])),
            "clusters": array(object(["cluster": integer, "words": array(string), "anime_count": integer])),
        ]),
        "SearchResults": array(
            object([
                "anime": string, "titles": array(string), "type": nullable("string"), "year": nullable("integer"),
                "genres": array(string), "img_url": string, "members": integer,
            ])),
        "IndexStatus": object([
            "version": integer, "change": integer, "lag": integer, "anime": integer, "users": integer,
        ]),
        "Anime": open(["_id": string]),
        "Entry": open(["_id": string, "site": string]),
        "Sites": array(
            object([
                "site": string, "running": array(open(["run": string])), "held": boolean, "paused": nullable("object"),
            ])),
        "Site": open([
            "site": string, "held": boolean, "queue": open([:]), "running": array(open([:])), "hosts": array(open([:])),
            "ended": array(open([:])), "left_seconds": number,
        ]),
        "Run": open(["run": string, "site": string]),
        "Schedules": array(
            object([
                "name": string, "site": string, "when": string, "zone": string, "enabled": boolean, "paused": boolean,
                "next": nullable("string"), "last": nullable("object"),
            ])),
        "Changes": object([
            "changes": array(open(["number": integer, "key": string])), "newest": integer, "next": integer,
        ]),
    ]

    private static let string: JSONValue = ["type": "string"]
    private static let integer: JSONValue = ["type": "integer"]
    private static let number: JSONValue = ["type": "number"]
    private static let boolean: JSONValue = ["type": "boolean"]
    private static let share: JSONValue = ["type": "number", "minimum": 0, "maximum": 1]

    private static func nullable(_ type: String) -> JSONValue { ["type": [.string(type), "null"]] }

    private static func array(_ items: JSONValue) -> JSONValue { ["type": "array", "items": items] }

    /// An object with exactly these properties, or with those that are required at least.
    private static func object(_ properties: JSONObject, required: [String]? = nil) -> JSONValue {
        [
            "type": "object", "additionalProperties": false, "properties": .object(properties),
            "required": .array((required ?? properties.map(\.key)).map(JSONValue.string)),
        ]
    }

    /// An object with at least these properties.
    private static func open(_ properties: JSONObject) -> JSONValue {
        [
            "type": "object", "properties": .object(properties),
            "required": .array(properties.map(\.key).map(JSONValue.string)),
        ]
    }
}
