/// How many URLs a command has made due, in words.
struct DueURLs {
    let text: String

    init(_ count: Int) { text = count == 1 ? "1 URL is due" : "\(count) URLs are due" }
}
