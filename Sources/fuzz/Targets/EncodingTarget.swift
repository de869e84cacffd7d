import Markup

/// Finding the encoding of a page and decoding it; the first line is the Content-Type.
struct EncodingTarget: FuzzTarget {
    static let name = "encoding"
    let seeds = [
        "\n<meta charset=windows-1251>\u{E9}", "text/html; charset=shift_jis\n\u{83}\u{65}",
        "text/html;charset=\"gb18030\"\nabc",
        "\n<meta http-equiv=content-type content='text/html; charset=euc-jp'>", "\n\u{FEFF}<p>é",
        "\n<!-- <meta charset=x> -->",
        "text/html; charset=utf-16le\na\u{0}b\u{0}", "text/html; charset=iso-2022-jp\n\u{1B}$B$\"\u{1B}(B",
        "text/html; charset=big5\n\u{A4}\u{40}",
    ]
    let dictionary = [
        "<meta ", "charset=", "utf-8", "utf-16", "utf-16be", "windows-1252", "iso-8859-2", "shift_jis", "euc-jp",
        "euc-kr", "big5",
        "gbk", "gb18030", "iso-2022-jp", "x-user-defined", "replacement", "macintosh", "koi8-r",
        "http-equiv=content-type",
        "content='text/html;charset=", "'", "\"", ">", "<!--", "-->", "</", "\u{1B}$B", "\u{1B}(J", "\u{1B}(I",
        "\u{FEFF}", "\u{0}",
        "<", ";", "\n", "<a b=c>", "\u{81}\u{30}\u{81}\u{30}",
    ]
    let fileNames = [".html"]
    let members: Set<String> = ["data", "content_type"]
    let maximumLength = 2_048

    func check(_ input: [UInt8]) throws {
        let end = input.prefix(200).firstIndex(of: UInt8(ascii: "\n")) ?? input.startIndex
        let header = end > input.startIndex ? String(decoding: input[..<end], as: UTF8.self) : nil
        let bytes = Array(input[end...])
        let sniffed = CharacterEncoding.sniff(bytes, contentType: header)
        let decoded = CharacterEncoding.decode(bytes, contentType: header)
        try require(decoded.encoding == sniffed.encoding && decoded.source == sniffed.source, "sniffed two encodings")
        try require(
            String(validating: decoded.bytes, as: UTF8.self) != nil, "\(decoded.encoding.name) decoded to bad UTF-8")
        // A byte of any encoding stands for at most one character of four bytes, but for a pair in Big5.
        try require(decoded.bytes.count <= bytes.count * 4 + 4, "\(bytes.count) bytes became \(decoded.bytes.count)")
        try require(CharacterEncoding(label: decoded.encoding.name) != nil, "no label for \(decoded.encoding.name)")
        let again = CharacterEncoding.decode(decoded.bytes, contentType: "text/html; charset=utf-8")
        if again.encoding.name.lowercased() == "utf-8" {
            try require(!again.hadErrors, "errors in what was decoded")
        }
    }
}
