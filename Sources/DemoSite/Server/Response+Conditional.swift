extension Response {
    /// With an entity tag that stands for the body; "not modified" to a request that names it.
    ///
    /// Source: RFC 9110, sections 8.8.3 and 13.1.2.
    func conditional(on request: Request) -> Response {
        guard status == 200 else { return self }
        var response = self
        response.fields.append(("ETag", entityTag))
        guard let known = request.ifNoneMatch?.split(separator: ",").map({ $0.filter { $0 != " " } }),
            known.contains(where: { $0 == "*" || $0 == entityTag || $0 == "W/\(entityTag)" })
        else { return response }
        response.status = 304
        response.body = []
        return response
    }

    /// The FNV-1a hash of the body.
    private var entityTag: String {
        let hash = body.reduce(0xCBF2_9CE4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
        return "\"\(String(hash, radix: 16))\""
    }
}
