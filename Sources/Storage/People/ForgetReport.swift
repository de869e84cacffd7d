/// What was removed, or would be, when somebody was forgotten on one site.
public struct ForgetReport: Sendable, Hashable {
    /// The site.
    public let site: String
    /// Lists of anime.
    public var lists = 0
    /// Reviews by the person.
    public var reviews = 0
    /// Raw pages at the person's addresses, or that name the person.
    public var pages = 0
    /// URLs of the frontier that name the person.
    public var urls = 0
    /// Samples of pages and values that were kept to watch over fields.
    public var samples = 0
    /// Older rows of the change log, in which the name was written over.
    public var changes = 0

    /// Records of imported lists whose file is called after the person.
    public var imports = 0

    /// Nothing so far.
    public init(site: String) { self.site = site }

    /// Whether there was nothing of the person.
    public var isEmpty: Bool { self == ForgetReport(site: site) }
}
