// swift-tools-version: 6.1
import PackageDescription

let settings: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"), .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
]

/// A package of its own, so that building the library never builds or resolves it.
let package = Package(
    name: "Benchmarks",
    dependencies: [.package(name: "AnimeMatcher", path: "..")],
    targets: [
        .executableTarget(
            name: "benchmarks",
            dependencies: ["WebStandards", "CrawlDomain", "Markup", "Fetching", "CrawlEngine", "Recommender"].map {
                .product(name: $0, package: "AnimeMatcher")
            },
            swiftSettings: settings),
        .executableTarget(
            name: "frontier",
            dependencies: ["WebStandards", "CrawlDomain", "CrawlEngine", "MongoDriver", "Storage"].map {
                .product(name: $0, package: "AnimeMatcher")
            },
            swiftSettings: settings),
        .executableTarget(
            name: "scale",
            dependencies: ["WebStandards", "CrawlDomain", "Indexing", "MongoDriver", "Storage"].map {
                .product(name: $0, package: "AnimeMatcher")
            },
            swiftSettings: settings),
        // Bulk writes beside PyMongo's, and every kind of operation over and over.
        .executableTarget(
            name: "driver", dependencies: [.product(name: "MongoDriver", package: "AnimeMatcher")],
            swiftSettings: settings),
    ],
    swiftLanguageModes: [.v6]
)
