import CrawlEngine
import Fetching
import Foundation
import Logging
import Service
import Synchronization

/// Makes the cache of covers when it is needed first: an operator who wants none has no folder and no thread for it.
final class CoverStore: Sendable {
    private struct Made {
        var settings: ImageSettings?
        var cache: ImageCache?
    }

    private let configuration: LiveValue<Configuration>
    private let version: String
    private let log: Logger
    private let made = Mutex(Made())

    init(_ configuration: LiveValue<Configuration>, version: String, log: Logger) {
        (self.configuration, self.version, self.log) = (configuration, version, log)
    }

    /// Nil where the configuration wants none, or none can be made, which is told once.
    func cache() -> ImageCache? {
        let configuration = configuration.value
        let settings = configuration.service.images
        guard settings.mode == .cache else { return nil }
        return made.withLock { made in
            guard made.settings != settings else { return made.cache }
            made.settings = settings
            made.cache = nil
            do {
                made.cache = try ImageCache(
                    folder: Self.folder, mostBytes: settings.cacheBytes, fetcher: try fetcher(configuration),
                    allowedAddresses: AddressRules(allowing: configuration.allowedAddresses),
                    pause: settings.areOfThisMachine ? .zero : .seconds(1))
            } catch {
                log.error("covers cannot be kept in \(Self.folder.path): \(error)")
            }
            return made.cache
        }
    }

    private func fetcher(_ configuration: Configuration) throws -> Fetcher {
        let contact = configuration.contact.map { " (+\($0))" } ?? ""
        var fetching = FetcherConfiguration(userAgent: "\(CrawlProfile.productToken)-Covers/\(version)\(contact)")
        fetching.certificateAuthorities = configuration.certificateAuthorities
        return try Fetcher(configuration: fetching)
    }

    /// Where systemd says, else where caches of a user are.
    private static var folder: URL {
        let environment = ProcessInfo.processInfo.environment
        if let own = environment["CACHE_DIRECTORY"] {
            return URL(fileURLWithPath: own).appendingPathComponent("images")
        }
        let caches = environment["XDG_CACHE_HOME"] ?? "\(environment["HOME"] ?? "/var/tmp")/.cache"
        return URL(fileURLWithPath: caches).appendingPathComponent("animematcher/images")
    }
}
