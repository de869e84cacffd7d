// swift-tools-version: 6.1
import PackageDescription

/// An import is private unless written `public import`; so no C type can leak through a public signature unnoticed.
let settings: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
]

let arguments = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let lifecycle = Target.Dependency.product(name: "ServiceLifecycle", package: "swift-service-lifecycle")
let signals = Target.Dependency.product(name: "UnixSignals", package: "swift-service-lifecycle")
let yams = Target.Dependency.product(name: "Yams", package: "Yams")
let hummingbird = Target.Dependency.product(name: "Hummingbird", package: "hummingbird")
let nio = Target.Dependency.product(name: "NIOCore", package: "swift-nio")
let nioEmbedded = Target.Dependency.product(name: "NIOEmbedded", package: "swift-nio")
let nioPosix = Target.Dependency.product(name: "NIOPosix", package: "swift-nio")
let nioHTTPTypes = Target.Dependency.product(name: "NIOHTTPTypes", package: "swift-nio-extras")
let httpTypes = Target.Dependency.product(name: "HTTPTypes", package: "swift-http-types")
let mustache = Target.Dependency.product(name: "Mustache", package: "swift-mustache")
let subprocess = Target.Dependency.product(name: "Subprocess", package: "swift-subprocess")
let system = Target.Dependency.product(name: "SystemPackage", package: "swift-system")

/// For what does nothing but walk over bytes or numbers, which without optimisation is fifty times slower: tests and the demo, which are
/// built for debugging, would wait for it.
let optimised = settings + [.unsafeFlags(["-O"], .when(configuration: .debug))]

/// The tests of one target.
func test(_ target: String, _ others: Target.Dependency...) -> Target {
    .testTarget(
        name: "\(target)Tests", dependencies: [.byName(name: target), "TestSupport"] + others, swiftSettings: settings)
}

let package = Package(
    name: "AnimeMatcher",
    products: [
        .executable(name: "animematcher", targets: ["animematcher"]),
        .executable(name: "animematcher-serve", targets: ["animematcher-serve"]),
        .executable(name: "demo-site", targets: ["demo-site"]),
        // For Benchmarks/, which is a package of its own.
        .library(name: "WebStandards", targets: ["WebStandards"]),
        .library(name: "CrawlDomain", targets: ["CrawlDomain"]),
        .library(name: "Markup", targets: ["Markup"]),
        .library(name: "Fetching", targets: ["Fetching"]),
        .library(name: "CrawlEngine", targets: ["CrawlEngine"]),
        .library(name: "MongoDriver", targets: ["MongoDriver"]),
        .library(name: "Storage", targets: ["Storage"]),
        .library(name: "Indexing", targets: ["Indexing"]),
        .library(name: "Recommender", targets: ["Recommender"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
        .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.1"),
        // Hummingbird's own; named because we use their types.
        .package(url: "https://github.com/apple/swift-nio", from: "2.80.0"),
        .package(url: "https://github.com/apple/swift-nio-extras", from: "1.29.0"),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.3.0"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
        .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.2"),
        // Subprocess's own; named because it takes paths and descriptors as their types.
        .package(url: "https://github.com/apple/swift-system", from: "1.5.0"),
    ],
    targets: [
        // C libraries of Debian, behind module maps.
        .systemLibrary(name: "CCurl", pkgConfig: "libcurl", providers: [.apt(["libcurl4-openssl-dev", "libssl-dev"])]),
        .systemLibrary(name: "CLibXML2", pkgConfig: "libxml-2.0", providers: [.apt(["libxml2-dev"])]),
        .systemLibrary(name: "CMongoC", pkgConfig: "libmongoc-1.0", providers: [.apt(["libmongoc-dev"])]),
        .systemLibrary(
            name: "CCompression", providers: [.apt(["libdeflate-dev", "libbrotli-dev", "libzstd-dev"])]),
        .systemLibrary(name: "CZstd", pkgConfig: "libzstd", providers: [.apt(["libzstd-dev"])]),
        .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
        .systemLibrary(name: "CMalloc"),
        .systemLibrary(name: "CScheduling"),
        .systemLibrary(name: "CCrypto", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"])]),
        // What must be done to libmongoc while a program is loaded.
        .target(name: "CMongoCLoading", dependencies: ["CMongoC"]),

        // URLs, robots.txt, sitemaps, HTTP headers, cron, JSON: pure functions of text.
        .target(name: "WebStandards", swiftSettings: settings),
        // Values without I/O, and the ports the crawl engine needs.
        .target(name: "CrawlDomain", dependencies: ["WebStandards", "CCrypto"], swiftSettings: settings),
        // HTML and XML trees, CSS and XPath selectors, character encodings.
        .target(name: "Markup", dependencies: ["CLibXML2"], swiftSettings: optimised),
        // BSON, connections, operations, change streams; knows nothing of crawling.
        .target(name: "MongoDriver", dependencies: ["CMongoC", "CMongoCLoading"], swiftSettings: settings),
        // libcurl: one thread drives the multi handle.
        .target(
            name: "Fetching", dependencies: ["WebStandards", "CCurl", "CCompression"], swiftSettings: settings),
        // Frontier policy, politeness, spiders, item pipeline.
        .target(
            name: "CrawlEngine",
            dependencies: ["CrawlDomain", "WebStandards", "Markup", "Fetching", yams, logging],
            swiftSettings: settings),
        // Our collections: schemas, indexes, queries, change log, frontier, leases.
        .target(
            name: "Storage", dependencies: ["CrawlDomain", "WebStandards", "MongoDriver", "CZstd"],
            swiftSettings: settings),
        // What is taken out and brought back as files: JSON lines, CSV, BSON, matrices, WARC.
        .target(
            name: "Exports",
            dependencies: ["CrawlDomain", "WebStandards", "Fetching", "MongoDriver", "Storage", "CZlib"],
            swiftSettings: settings),
        // Which entries are one anime, and the merged document.
        .target(name: "Catalog", dependencies: ["CrawlDomain", "WebStandards"], swiftSettings: settings),
        // Text, topics, Gram matrices, ranking, evaluation; numbers in, numbers out.
        .target(name: "Recommender", swiftSettings: optimised),
        // Follows the change log and keeps the index equal to a rebuild.
        .target(
            name: "Indexing",
            dependencies: ["Catalog", "CrawlDomain", "WebStandards", "Recommender", "Storage", "CScheduling", logging],
            swiftSettings: settings),
        // Tells others of changes: signed messages, at least once, in order.
        .target(
            name: "Webhooks", dependencies: ["CrawlDomain", "CrawlEngine", "Fetching", "Storage", "WebStandards"],
            swiftSettings: settings),
        // What the command line prints and the service answers of crawls and changes.
        .target(
            name: "Reports",
            dependencies: ["CrawlDomain", "CrawlEngine", "MongoDriver", "Storage", "WebStandards", logging],
            swiftSettings: settings),
        // HTTP API and the loops of `serve`.
        .target(
            name: "Service",
            dependencies: [
                "CrawlDomain", "CrawlEngine", "Fetching", "WebStandards", "Indexing", "Exports", "Reports", "Storage",
                "Webhooks", "CMalloc", "CScheduling",
                hummingbird, mustache, nio, nioHTTPTypes, httpTypes, lifecycle, logging, subprocess, system,
            ],
            // In the program itself, so that it can be copied.
            resources: [.embedInCode("Pages/Files")],
            swiftSettings: settings),

        // What programs print and log, safe to show on a terminal.
        .target(name: "Terminal", dependencies: ["WebStandards", logging], swiftSettings: settings),
        .executableTarget(
            name: "animematcher",
            dependencies: [
                "Catalog", "CrawlDomain", "CrawlEngine", "Exports", "Fetching", "Indexing", "Markup", "MongoDriver",
                "Recommender", "Reports", "Storage", "Terminal", "WebStandards", "Webhooks", "CMalloc", arguments,
                logging,
            ],
            swiftSettings: settings),
        .executableTarget(
            name: "animematcher-serve",
            dependencies: [
                "CrawlDomain", "CrawlEngine", "Fetching", "Service", "MongoDriver", "Reports", "Storage", "Terminal",
                "Webhooks",
                arguments, logging, lifecycle, signals,
            ],
            swiftSettings: settings),

        // A fictional catalogue served in the real site's layouts, to crawl without asking anybody.
        .target(name: "DemoSite", swiftSettings: settings),
        .executableTarget(name: "demo-site", dependencies: ["DemoSite", arguments], swiftSettings: settings),
        // Speaks the protocol of other projects' test suites; not shipped.
        .executableTarget(
            name: "conformance", dependencies: ["CrawlEngine", "Markup", "Recommender", "WebStandards"],
            swiftSettings: settings),
        // Feeds parsers with mutated inputs; not shipped.
        .executableTarget(
            name: "fuzz",
            dependencies: ["CrawlEngine", "Markup", "WebStandards", arguments, subprocess, system],
            swiftSettings: settings),

        // What tests share: recorded material, a database of their own, the built programs.
        .target(
            name: "TestSupport",
            dependencies: ["DemoSite", "MongoDriver", "Storage", "WebStandards", subprocess, system],
            path: "Tests/TestSupport",
            swiftSettings: settings),
        test("WebStandards"),
        .testTarget(
            name: "TerminalTests", dependencies: ["Terminal", "WebStandards", logging], swiftSettings: settings),
        test("CrawlDomain", "WebStandards"),
        test("Markup"),
        test("MongoDriver"),
        test("Fetching", "WebStandards", "fetch-probe"),
        // Fetches and reads as told, to be run by tests with an environment, limits and memory of its own.
        .executableTarget(
            name: "fetch-probe", dependencies: ["CrawlDomain", "CrawlEngine", "Fetching", "WebStandards"],
            path: "Tests/FetchProbe",
            swiftSettings: settings),
        test("CrawlEngine", "Catalog", "CrawlDomain", "Fetching", "Markup", "WebStandards", logging),
        test("Storage", "CrawlDomain", "CrawlEngine", "MongoDriver", "WebStandards"),
        test("Webhooks", "CrawlDomain", "CrawlEngine", "Fetching", "MongoDriver", "Storage", "WebStandards"),
        test("Exports", "CrawlDomain", "CrawlEngine", "Fetching", "MongoDriver", "Storage", "WebStandards"),
        test("Catalog", "WebStandards"),
        test("Recommender"),
        test("Indexing", "Catalog", "CrawlDomain", "MongoDriver", "Recommender", "Storage", "WebStandards"),
        test(
            "Service", "CrawlDomain", "CrawlEngine", "Fetching", "Indexing", "MongoDriver", "Reports", "Storage",
            "WebStandards", nio, nioEmbedded, nioPosix, nioHTTPTypes, httpTypes, hummingbird, lifecycle, logging),
        test("DemoSite"),
        // The whole, with real parts: the built programs, a mongod, the demo site.
        .testTarget(
            name: "IntegrationTests",
            dependencies: [
                "animematcher", "animematcher-serve", "demo-site", "conformance", "fuzz", "fetch-probe", "CrawlDomain",
                "CrawlEngine", "DemoSite",
                "Indexing",
                "MongoDriver", "Storage", "TestSupport", "WebStandards",
            ],
            swiftSettings: settings),
    ],
    swiftLanguageModes: [.v6]
)
