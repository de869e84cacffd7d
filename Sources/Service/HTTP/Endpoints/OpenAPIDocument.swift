import HTTPTypes
import WebStandards

/// The description of the API, made from its endpoints (OpenAPI 3.1).
struct OpenAPIDocument {
    let endpoints: [Endpoint]
    /// Schemas by name.
    let schemas: JSONObject
    let version: String

    /// The whole description.
    var value: JSONValue {
        var paths: [(String, [Endpoint])] = []
        for endpoint in endpoints {
            if let index = paths.firstIndex(where: { $0.0 == endpoint.path }) {
                paths[index].1.append(endpoint)
            } else {
                paths.append((endpoint.path, [endpoint]))
            }
        }
        return [
            "openapi": "3.1.0",
            "info": [
                "title": "AnimeMatcher", "version": .string(version),
                "description":
                    "What to watch next and why, similar anime, topics of stories, and the crawl behind it all. Errors are problem+json (RFC 9457).",
            ],
            "servers": [["url": "/api/v1"]],
            "paths": .object(
                JSONObject(paths.map { ($0.0, .object(JSONObject($0.1.map { ($0.key, operation($0)) }))) })),
            "components": [
                "schemas": .object(schemas),
                "securitySchemes": ["token": ["type": "http", "scheme": "bearer"]],
            ],
        ]
    }

    private func operation(_ endpoint: Endpoint) -> JSONValue {
        var operation: JSONObject = [
            "operationId": .string(endpoint.identifier), "summary": .string(endpoint.summary),
            "tags": [.string(endpoint.group)],
            "parameters": .array(endpoint.parameters.map(\.description)), "responses": responses(of: endpoint),
        ]
        if endpoint.permission == .tokenHolders { operation["security"] = [["token": []]] }
        if let body = endpoint.body {
            operation["requestBody"] = ["required": false, "content": ["application/json": ["schema": body]]]
        }
        return .object(operation)
    }

    private func responses(of endpoint: Endpoint) -> JSONValue {
        var problems = endpoint.problems
        problems[400] = "A parameter or the body is not as described."
        problems[429] = "Too many requests from this address; Retry-After says when to ask again."
        if endpoint.permission == .tokenHolders {
            problems[401] = "The token is missing or wrong."
            problems[403] = "Nobody can steer here, or the request comes from another site's page."
        }
        if endpoint.method != .get { problems[413] = "The body is too large." }
        let good: JSONValue = [
            "description": "As asked.",
            "content": ["application/json": ["schema": ["$ref": .string("#/components/schemas/\(endpoint.answer)")]]],
        ]
        var responses = [("200", good)]
        if endpoint.method == .get { responses.append(("304", ["description": "The client has it already."])) }
        for (status, about) in problems.sorted(by: { $0.key < $1.key }) {
            responses.append(
                (
                    "\(status)",
                    [
                        "description": .string(about),
                        "content": ["application/problem+json": ["schema": ["$ref": "#/components/schemas/Problem"]]],
                    ]
                ))
        }
        return .object(JSONObject(responses))
    }
}

extension Endpoint {
    fileprivate var key: String { method.rawValue.lowercased() }

    /// "getAnimeById" for instance.
    fileprivate var identifier: String {
        let words = path.split { !$0.isLetter }.map { $0.prefix(1).uppercased() + $0.dropFirst() }
        return key + words.joined()
    }
}
