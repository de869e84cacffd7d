import CMongoC

extension MongoError {
    /// An error of libmongoc together with the server's reply, if it gave one.
    init(_ reason: bson_error_t, reply: BSONDocument = [:]) {
        let isServers =
            reason.domain == MONGOC_ERROR_SERVER.rawValue || reason.domain == MONGOC_ERROR_WRITE_CONCERN.rawValue
        self.init(Self.code(reason), reason.text, serverCode: isServers ? Int32(bitPattern: reason.code) : nil)
        codeName = reply["codeName"]?.stringValue
        labels = Set(reply["errorLabels"]?.arrayValue?.compactMap(\.stringValue) ?? [])
        details = reply["errInfo"]?.documentValue
    }

    private static func code(_ reason: bson_error_t) -> Code {
        switch reason.domain {
        case MONGOC_ERROR_SERVER.rawValue: Code(serverCode: Int32(bitPattern: reason.code))
        case MONGOC_ERROR_WRITE_CONCERN.rawValue: .writeConcern
        case MONGOC_ERROR_SERVER_SELECTION.rawValue: .unreachable
        case MONGOC_ERROR_STREAM.rawValue: .network
        case MONGOC_ERROR_SASL.rawValue, MONGOC_ERROR_SCRAM.rawValue: .authentication
        case MONGOC_ERROR_CLIENT.rawValue where reason.code == MONGOC_ERROR_CLIENT_AUTHENTICATE.rawValue:
            .authentication
        // "Server does not support sessions": none was found whose description says so, as while the primary changes.
        case MONGOC_ERROR_CLIENT.rawValue where reason.code == MONGOC_ERROR_CLIENT_SESSION_FAILURE.rawValue:
            .unreachable
        case MONGOC_ERROR_BSON.rawValue: .invalidBSON
        case MONGOC_ERROR_COMMAND.rawValue where reason.code == MONGOC_ERROR_COMMAND_INVALID_ARG.rawValue:
            .invalidArgument
        default: .driver
        }
    }
}

extension MongoError.Code {
    /// What a server's error number means to us.
    ///
    /// Source: the server's `error_codes.yml`.
    init(serverCode: Int32) {
        self =
            switch serverCode {
            case 11000, 11001, 12582: .duplicateKey
            case 121: .validation
            case 112: .writeConflict
            case 50, 202, 262: .timeLimit
            case 43, 237: .cursorNotFound
            case 239, 246: .snapshotTooOld
            case 286: .changeStreamHistoryLost
            case 48: .namespaceExists
            case 26: .namespaceNotFound
            case 13, 18, 8000: .authentication
            case 64, 100: .writeConcern
            case 10334, 17280, 17419, 17420, 15: .limitExceeded
            default: .command
            }
    }
}
