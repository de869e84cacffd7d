import CrawlDomain
import CrawlEngine
import Fetching
import Foundation
import Reports
import Storage

/// What can be looked at without a database.
struct MachineCheck {
    let configuration: ConfigurationOptions
    /// Where the service should answer; nil where nobody said.
    let servicePort: Int?

    /// Fewer open files than this are soon used up by a crawl of many hosts or a service with many clients.
    private static let fewFiles = 1_024

    var findings: [Finding] {
        [
            .of("project folder", remedy: "set ANIMEMATCHER_HOME") { try ProjectFolder.locate().path },
            .of("spiders", remedy: "animematcher spider check") {
                try ProjectFolder.spiders().loadAll().map(\.site).joined(separator: ", ")
            },
            file("WordNet", "/usr/share/wordnet/index.noun", package: "wordnet-base"),
            file("time zones", "/usr/share/zoneinfo/Europe/Berlin", package: "tzdata"),
            file("public suffixes", "/usr/share/publicsuffix/public_suffix_list.dat", package: "publicsuffix"),
            files, contact,
        ] + permissions + sites + service
    }

    private func file(_ name: String, _ path: String, package: String) -> Finding {
        FileManager.default.fileExists(atPath: path)
            ? .good(name, path) : .bad(name, "\(path) is not there", remedy: "run: apt-get install \(package)")
    }

    private var files: Finding {
        let limit = DescriptorLimit.open
        return limit >= Self.fewFiles
            ? .good("open files", "\(limit) at most")
            : .bad("open files", "\(limit) at most", remedy: "ulimit -n 16384, or LimitNOFILE=16384 in the unit")
    }

    private var contact: Finding {
        .of("configuration") {
            let configuration = try configuration.load()
            return configuration.contact.map { "contact \($0)" } ?? "no contact: only this machine may be crawled"
        }
    }

    /// Others must not write the configuration, nor read one with secrets in it.
    private var permissions: [Finding] {
        guard let path = configuration.config ?? ProjectHome.configurationFile,
            let attributes = try? FileManager.default.attributesOfItem(atPath: path),
            let mode = attributes[.posixPermissions] as? Int, let loaded = try? configuration.load()
        else { return [] }
        let hasSecrets =
            !loaded.service.tokens.isEmpty || loaded.mongodb.contains("@")
            || loaded.sites.values.contains { !$0.proxies.isEmpty }
        if mode & 0o022 != 0 {
            return [.bad("configuration file", "\(path) can be written by others", remedy: "chmod go-w '\(path)'")]
        }
        if hasSecrets, mode & 0o004 != 0 {
            return [
                .bad(
                    "configuration file", "\(path) holds secrets and can be read by everybody",
                    remedy: "chmod o-r '\(path)', and chgrp animematcher where a service of that group reads it")
            ]
        }
        return [.good("configuration file", path)]
    }

    /// Whether the sites that the operator means to crawl may be: those that stand in the configuration or have a schedule.
    private var sites: [Finding] {
        guard let loaded = try? configuration.load(), let spiders = try? ProjectFolder.spiders() else { return [] }
        let file = configuration.config ?? ProjectHome.configurationFile
        let schedules = ScheduleSources(configurationFile: file, spiders: spiders).load().schedules
        let meant = Set(loaded.sites.keys).union(schedules.filter(\.isEnabled).map(\.site))
        return meant.sorted().map { site in
            .of("site \(site)") {
                _ = try CrawlProfile(
                    spider: try spiders.load(site: site), configuration: loaded, starts: [], run: "doctor",
                    version: AnimeMatcher.version, userKey: UserNaming.environmentKey)
                return "may be crawled"
            }
        }
    }

    private var service: [Finding] {
        guard let servicePort else { return [] }
        switch ServiceProbe.ask(port: servicePort, path: "/readyz") {
        case .status(200, _): return [.good("service", "ready on port \(servicePort)")]
        case .status(let status, let body):
            return [.bad("service", "port \(servicePort) answers \(status): \(body)", remedy: "its log says more")]
        case .silent:
            return [
                .bad(
                    "service", "nobody answers on port \(servicePort)",
                    remedy: "animematcher serve --port \(servicePort)")
            ]
        }
    }
}
