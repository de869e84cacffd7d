import WebStandards

/// Which links of a page are wanted, by their address and text.
public struct LinkFilter: Sendable, Hashable {
    /// Expressions of which one must be found in the URL; none allows all.
    public var allow: [Pattern] = []
    /// Expressions of which none may be found in the URL.
    public var deny: [Pattern] = []
    /// Domains of which the host must be one, or below one; none allows all.
    public var allowDomains: [String] = []
    /// Domains of which the host may be none, nor below one.
    public var denyDomains: [String] = []
    /// Endings of paths that are left out, in lower case and without the dot: files that hold no links.
    public var denyExtensions: Set<String> = FileExtensions.withoutLinks
    /// Expressions of which one must be found in the text; none allows all.
    public var restrictText: [Pattern] = []

    /// Wants every link but those to files that hold none.
    public init() {}

    /// Whether a link is wanted.
    public func allows(_ link: PageLink) -> Bool {
        let href = link.url.href
        guard
            allow.isEmpty || allow.contains(where: { $0.isFound(in: href) }),
            !deny.contains(where: { $0.isFound(in: href) })
        else { return false }
        guard let host = link.url.host, allowDomains.isEmpty || allowDomains.contains(where: { Self.is(host, in: $0) }),
            !denyDomains.contains(where: { Self.is(host, in: $0) })
        else { return false }
        guard !hasDeniedExtension(link.url.path) else { return false }
        return restrictText.isEmpty || restrictText.contains { $0.isFound(in: link.text) }
    }

    private static func `is`(_ host: String, in domain: String) -> Bool {
        let domain = domain.lowercased()
        return host == domain || host.hasSuffix(".\(domain)")
    }

    /// Looks at everything behind each dot of the last segment, as in `.tar.gz`.
    private func hasDeniedExtension(_ path: String) -> Bool {
        guard !denyExtensions.isEmpty else { return false }
        let name = path[(path.lastIndex(of: "/") ?? path.startIndex)...].lowercased()
        return name.indices.contains {
            name[$0] == "." && denyExtensions.contains(String(name[name.index(after: $0)...]))
        }
    }
}

/// Endings of file names.
public enum FileExtensions {
    /// Archives, pictures, sounds, films, office documents and programs: what a crawler for links need not ask for.
    public static let withoutLinks: Set<String> = Set(
        """
        7z 7zip bz2 rar tar tar.gz xz zip mng pct bmp gif jpg jpeg png pst psp tif tiff ai drw dxf eps ps svg cdr ico webp mp3 wma ogg wav
        ra aac mid au aiff 3gp asf asx avi mov mp4 mpg qt rm swf wmv m4a m4v flv webm xls xlsm xlsx xltm xltx potm potx ppt pptm pptx pps
        doc docb docm docx dotm dotx odt ods odg odp css pdf exe bin rss dmg iso apk jar sh rb js hta bat cpl msi msp py
        """.split(whereSeparator: \.isWhitespace).map(String.init))
}
