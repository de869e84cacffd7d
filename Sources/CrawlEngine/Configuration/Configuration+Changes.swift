import CrawlDomain
import Fetching
import WebStandards

extension Configuration {
    /// The change log's history, and who is told of changes.
    mutating func readChanges(_ map: YAMLMap) {
        if let changes = map.take("changes")?.map() {
            if let node = changes.take("keep") { changeRetention.keep = node.keptTime(changeRetention.keep) }
            if let wait = changes.take("wait_for_consumers")?.duration() { changeRetention.waitForConsumers = wait }
            changes.close()
        }
        for node in map.take("webhooks")?.list() ?? [] {
            guard let entry = node.map() else { continue }
            let webhook = Webhook(entry)
            entry.close()
            guard let webhook else { continue }
            if webhooks.contains(where: { $0.name == webhook.name }) {
                node.report("there is a webhook '\(webhook.name)' already")
            } else {
                webhooks.append(webhook)
            }
        }
    }
}

extension Webhook {
    /// Reads one of `webhooks:`; nil where it has mistakes, which are reported.
    fileprivate init?(_ map: YAMLMap) {
        let name = map.require("name")?.plainName()
        let url = map.require("url")?.webhookURL()
        let variable = map.require("secret")?.environmentVariable()
        let subjects = (map.take("subjects")?.atLeastOne() ?? []).compactMap { $0.choice(of: ChangeSubject.self) }
        let batch = map.take("batch")?.int(in: 1...1_000)
        let includesDocuments = map.take("documents")?.bool()
        guard let name, let url, let variable else { return nil }
        self.init(name: name, url: url, secretVariable: variable)
        if !subjects.isEmpty { self.subjects = Set(subjects) }
        self.batch = batch ?? self.batch
        self.includesDocuments = includesDocuments ?? false
    }
}

extension WebURL {
    /// Whether it names this machine, or an address that is not public.
    fileprivate var isOwnNetwork: Bool {
        host == "localhost" || host.flatMap(IPAddress.init).map { AddressClass(of: $0) != .global } == true
    }
}

extension YAMLNode {
    /// A time, or `forever`.
    fileprivate func keptTime(_ fallback: Duration?) -> Duration? {
        if plainText == "forever" { return nil }
        guard let text = plainText, let time = Duration(spiderText: text) else {
            return refuse("expected a time with its unit such as 30d, or forever") ?? fallback
        }
        return time
    }

    fileprivate func plainName() -> String? {
        guard let name = string() else { return nil }
        let isName =
            (1...64).contains(name.utf8.count)
            && name.utf8.allSatisfy { $0 == 0x2D || (0x30...0x39).contains($0) || (0x61...0x7A).contains($0) }
        return isName
            ? name : refuse("a webhook's name has small letters, digits and '-'; found '\(name.prefix(80))'")
    }

    /// Where changes are sent; over TLS, or to this machine.
    fileprivate func webhookURL() -> WebURL? {
        guard let text = string() else { return nil }
        // What was written is not repeated: it may hold a password.
        guard let url = WebURL(text), url.isHTTP, url.host?.isEmpty == false, url.fragment == nil else {
            return refuse("expected an address like https://example.org/changes")
        }
        guard !url.hasCredentials else {
            return refuse("a name or password in the address would be shown; the signature says who sends")
        }
        guard url.scheme == "https" || url.isOwnNetwork else {
            return refuse("expected https; http only to this machine or to an address of your own network")
        }
        return url
    }

    /// The name of an environment variable in the form `"{env:NAME}"`.
    fileprivate func environmentVariable() -> String? {
        guard let text = string() else { return nil }
        let name = text.hasPrefix("{env:") && text.hasSuffix("}") ? text.dropFirst(5).dropLast() : ""
        let isName =
            !name.isEmpty && name.utf8.first.map { !(0x30...0x39).contains($0) } == true
            && name.utf8.allSatisfy {
                $0 == 0x5F || (0x30...0x39).contains($0) || (0x41...0x5A).contains($0) || (0x61...0x7A).contains($0)
            }
        // It may be the secret itself, so it is not repeated.
        return isName ? String(name) : refuse(#"expected the variable that holds the secret: "{env:NAME}""#)
    }
}
