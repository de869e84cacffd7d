import CMongoC

/// A parsed MongoDB connection string with our limits and concerns set on it. Never printed: it may hold a password.
final class ConnectionString {
    let pointer: OpaquePointer
    private let secret: String?

    /// - Throws: `.invalidURI`; the message repeats no credentials.
    init(_ text: String, options: MongoClientOptions) throws(MongoError) {
        LibMongoC.start()
        secret = Self.userInformation(of: text)
        var reason = bson_error_t()
        guard !text.utf8.contains(0), let parsed = mongoc_uri_new_with_error(text, &reason) else {
            throw MongoError(
                .invalidURI, Self.redacted(reason.text.isEmpty ? "not a connection string" : reason.text, secret))
        }
        pointer = parsed
        try refuseWeakerConcerns()
        set(MONGOC_URI_SERVERSELECTIONTIMEOUTMS, options.serverSelectionTimeout)
        set(MONGOC_URI_CONNECTTIMEOUTMS, options.connectTimeout)
        set(MONGOC_URI_SOCKETTIMEOUTMS, options.socketTimeout)
        mongoc_uri_set_option_as_bool(pointer, MONGOC_URI_RETRYWRITES, true)
        mongoc_uri_set_option_as_bool(pointer, MONGOC_URI_RETRYREADS, true)
        if mongoc_uri_get_appname(pointer) == nil { mongoc_uri_set_appname(pointer, options.applicationName) }
        Concerns.withMajorityWrite(timeout: options.writeConcernTimeout) { mongoc_uri_set_write_concern(pointer, $0) }
        Concerns.withRead("majority") { mongoc_uri_set_read_concern(pointer, $0) }
    }

    deinit { mongoc_uri_destroy(pointer) }

    /// A message of libmongoc's with the user name and password taken out.
    func withoutCredentials(_ message: String) -> String { Self.redacted(message, secret) }

    /// `host:port` of every server named.
    var hosts: [String] {
        var hosts: [String] = []
        var next = mongoc_uri_get_hosts(pointer)
        while let host = next {
            hosts.append(
                withUnsafeBytes(of: host.pointee.host_and_port) {
                    String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
                })
            next = UnsafePointer(host.pointee.next)
        }
        return hosts
    }

    private func set(_ option: String, _ duration: Duration) {
        guard !mongoc_uri_has_option(pointer, option) else { return }
        mongoc_uri_set_option_as_int32(pointer, option, Int32(clamping: duration.milliseconds))
    }

    /// What is acknowledged must stay: a string that asks for less is a mistake to be told, not to be silently overruled.
    private func refuseWeakerConcerns() throws(MongoError) {
        if let concern = mongoc_uri_get_write_concern(pointer), !mongoc_write_concern_is_default(concern),
            !mongoc_write_concern_get_wmajority(concern)
        {
            throw MongoError(.invalidURI, "w must be majority, or absent: writes have to survive the loss of a server")
        }
        if let preference = mongoc_uri_get_read_prefs_t(pointer),
            mongoc_read_prefs_get_mode(preference) != MONGOC_READ_PRIMARY
        {
            throw MongoError(
                .invalidURI, "readPreference must be primary, or absent: others may answer with older data")
        }
    }

    private static func userInformation(of text: String) -> String? {
        let parts = text.split(separator: "://", maxSplits: 1)
        guard parts.count == 2 else { return nil }
        let authority = parts[1].prefix { $0 != "?" }
        return authority.lastIndex(of: "@").map { String(authority[..<$0]) }
    }

    private static func redacted(_ message: String, _ secret: String?) -> String {
        guard let secret, !secret.isEmpty else { return message }
        let parts = [secret] + secret.split(separator: ":", maxSplits: 1).map(String.init)
        // Whatever libmongoc quotes of it, decoded or not, is longer than three letters or not worth hiding.
        return parts.contains { $0.count > 2 && message.contains($0) } ? "the credentials are not well formed" : message
    }
}

extension Duration {
    /// Whole milliseconds, rounded towards zero.
    var milliseconds: Int64 { components.seconds &* 1000 &+ components.attoseconds / 1_000_000_000_000_000 }
}
