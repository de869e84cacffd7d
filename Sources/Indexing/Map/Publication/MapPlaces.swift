import Recommender

/// Where a published map has its anime: what is stored of it, and what the next one starts from.
struct MapPlaces: Sendable, Equatable {
    /// One anime's place.
    struct Place: Sendable, Equatable {
        let id: String
        /// Of 65,535 parts of the side, from left to right and from top to bottom.
        let x: UInt16
        let y: UInt16
        let cluster: UInt16
        /// Tells whether the story has changed since.
        let mark: UInt32

        var point: PlanePoint { PlanePoint(x: Double(x) / 65_535, y: Double(y) / 65_535) }
    }

    /// How many units of the embedding the side is long.
    let scale: Double
    let places: [Place]
    /// Words of each cluster.
    let clusters: [[String]]

    /// How the bytes are written.
    private static let format: UInt32 = 0x4D50_0001
    private static let most = 1 << 20

    init(scale: Double, places: [Place], clusters: [[String]]) {
        (self.scale, self.places, self.clusters) = (scale, places, clusters)
    }

    /// A number of what a story is about: another one when the description is another.
    static func mark(of shares: [Double]) -> UInt32 {
        shares.reduce(0x811C_9DC5) { ($0 ^ UInt32(($1 * 255).rounded())) &* 0x0100_0193 }
    }

    var bytes: [UInt8] {
        var bytes = PackedBytes()
        bytes.write(Self.format)
        bytes.write(scale.bitPattern)
        bytes.write(UInt32(clusters.count))
        for words in clusters { bytes.write(Array(words.joined(separator: "\n").utf8)) }
        bytes.write(UInt32(places.count))
        for place in places {
            bytes.write(Array(place.id.utf8))
            for number in [place.x, place.y, place.cluster] { bytes.write(number) }
            bytes.write(place.mark)
        }
        return bytes.bytes
    }

    init(bytes: [UInt8]) throws {
        var bytes = PackedBytes(bytes)
        guard bytes.read(UInt32.self) == Self.format, let scale = bytes.read(UInt64.self).map(Double.init(bitPattern:)),
            scale.isFinite, let clusterCount = bytes.read(UInt32.self), clusterCount <= Self.most
        else { throw IndexError.corrupt("map") }
        var clusters: [[String]] = []
        for _ in 0..<clusterCount {
            guard let words = bytes.readBlock() else { throw IndexError.corrupt("map") }
            clusters.append(String(decoding: words, as: UTF8.self).split(separator: "\n").map(String.init))
        }
        guard let count = bytes.read(UInt32.self), count <= Self.most else { throw IndexError.corrupt("map") }
        var places: [Place] = []
        for _ in 0..<count {
            guard let id = bytes.readBlock(), let x = bytes.read(UInt16.self), let y = bytes.read(UInt16.self),
                let cluster = bytes.read(UInt16.self), let mark = bytes.read(UInt32.self)
            else { throw IndexError.corrupt("map") }
            places.append(Place(id: String(decoding: id, as: UTF8.self), x: x, y: y, cluster: cluster, mark: mark))
        }
        self.init(scale: scale, places: places, clusters: clusters)
    }
}
