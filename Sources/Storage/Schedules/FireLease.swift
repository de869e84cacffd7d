public import CrawlDomain

/// The exclusive right to run a fire, until its lease ends.
public struct FireLease: Sendable, Hashable {
    /// The fire as it was when it was claimed.
    public let fire: Fire
    /// Who holds it: machine, process and a random part.
    public let owner: String

    /// What is written under it carries this number.
    public var token: Int { fire.token }
}

/// What became of an attempt to claim a fire.
public enum FireClaim: Sendable, Hashable {
    /// It is ours.
    case claimed(FireLease)
    /// Another fire of the same site is being run.
    case siteIsBusy
    /// Somebody else has it, or it is not due any more.
    case gone
}
