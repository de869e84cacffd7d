public import WebStandards

// The JSON and the words that the command line and the HTTP API both answer with.

extension AnimeRecommendation.Reason {
    /// The reason as a person reads it.
    public var sentence: String {
        switch self {
        case .liked(let title, let share, nil): "\(percent(share)) because you liked \(title)"
        case .liked(let title, let share, let between?):
            "\(percent(share)) because you liked \(title), by way of \(between)"
        case .topic(let words, let share): "\(percent(share)) for its story: \(words.joined(separator: ", "))"
        case .popular: "liked by many; nothing that you like is known yet"
        }
    }

    /// The reason as JSON.
    public var value: JSONValue {
        switch self {
        case .liked(let title, let share, nil): .object(["liked": .string(title), "share": .double(share)])
        case .liked(let title, let share, let between?):
            .object(["liked": .string(title), "through": .string(between), "share": .double(share)])
        case .topic(let words, let share):
            .object(["topic": .array(words.map(JSONValue.string)), "share": .double(share)])
        case .popular: .object(["popular": true])
        }
    }

    private func percent(_ share: Double) -> String { "\(Int((share * 100).rounded())) %" }
}

extension AnimeRecommendation {
    /// The recommendation as JSON.
    public var value: JSONValue {
        .object([
            "anime": .string(anime.id), "score": .double(score), "type": anime.type.map(JSONValue.string) ?? .null,
            "year": anime.year.map { .int(Int64($0)) } ?? .null, "genres": .array(anime.genres.map(JSONValue.string)),
            "img_url": .string(anime.imageURL), "reasons": .array(reasons.map(\.value)),
        ])
    }
}

extension [AnimeRecommendation] {
    /// The bytes that ``AnimeRecommendation/value`` of each would be written as, without the values: the answer that is asked for most.
    public var serializedBytes: [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(count * 512)
        bytes.append(UInt8(ascii: "["))
        for (place, recommendation) in enumerated() {
            if place > 0 { bytes.append(UInt8(ascii: ",")) }
            recommendation.append(to: &bytes)
        }
        bytes.append(UInt8(ascii: "]"))
        return bytes
    }
}

extension AnimeRecommendation {
    fileprivate func append(to bytes: inout [UInt8]) {
        bytes.append("{\"anime\":", .string(anime.id))
        bytes.append(",\"score\":", .double(score))
        bytes.append(",\"type\":", anime.type.map(JSONValue.string) ?? .null)
        bytes.append(",\"year\":", anime.year.map { .int(Int64($0)) } ?? .null)
        bytes.append(",\"genres\":", anime.genres)
        bytes.append(",\"img_url\":", .string(anime.imageURL))
        bytes.append(contentsOf: ",\"reasons\":[".utf8)
        for (place, reason) in reasons.enumerated() {
            if place > 0 { bytes.append(UInt8(ascii: ",")) }
            reason.append(to: &bytes)
        }
        bytes.append(contentsOf: "]}".utf8)
    }
}

extension AnimeRecommendation.Reason {
    fileprivate func append(to bytes: inout [UInt8]) {
        switch self {
        case .liked(let title, let share, let between):
            bytes.append("{\"liked\":", .string(title))
            if let between { bytes.append(",\"through\":", .string(between)) }
            bytes.append(",\"share\":", .double(share))
            bytes.append(UInt8(ascii: "}"))
        case .topic(let words, let share):
            bytes.append("{\"topic\":", words)
            bytes.append(",\"share\":", .double(share))
            bytes.append(UInt8(ascii: "}"))
        case .popular: value.appendSerialized(to: &bytes)
        }
    }
}

extension [UInt8] {
    fileprivate mutating func append(_ key: StaticString, _ value: JSONValue) {
        append(key)
        value.appendSerialized(to: &self)
    }

    fileprivate mutating func append(_ key: StaticString, _ texts: [String]) {
        append(key)
        append(UInt8(ascii: "["))
        for (place, text) in texts.enumerated() {
            if place > 0 { append(UInt8(ascii: ",")) }
            JSONValue.string(text).appendSerialized(to: &self)
        }
        append(UInt8(ascii: "]"))
    }

    private mutating func append(_ text: StaticString) { text.withUTF8Buffer { append(contentsOf: $0) } }
}

extension SimilarAnime {
    /// The anime and what makes it similar, as JSON.
    public var value: JSONValue {
        .object([
            "anime": .string(anime.id), "score": .double(score), "liked_together": .double(likedTogether),
            "shared_topic": .array(sharedTopic.map(JSONValue.string)),
            "topic_shares": topicShares.map { .array([.double($0.asked), .double($0.other)]) } ?? .null,
            "shared_words": .array(sharedWords.map(JSONValue.string)),
        ])
    }
}

extension Topic {
    /// The topic as JSON.
    public var value: JSONValue {
        .object([
            "topic": .int(Int64(number)), "words": .array(words.map(JSONValue.string)),
            "anime_count": .int(Int64(animeCount)), "share": .double(share), "coherence": .double(coherence),
            "anime": .array(anime.map { .object(["anime": .string($0.id), "share": .double($0.share)]) }),
        ])
    }
}

extension AnimeCard {
    /// What a list shows of the anime, as JSON.
    public var value: JSONValue {
        .object([
            "anime": .string(id), "titles": .array(titles.map(JSONValue.string)),
            "type": type.map(JSONValue.string) ?? .null, "year": year.map { .int(Int64($0)) } ?? .null,
            "genres": .array(genres.map(JSONValue.string)), "img_url": .string(imageURL),
            "members": .int(Int64(members)),
        ])
    }
}
