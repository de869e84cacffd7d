/// Makes the input of an iteration from the corpus and the dictionary, and from nothing else but the two numbers.
struct Mutator {
    let corpus: [[UInt8]]
    let dictionary: [[UInt8]]
    let maximumLength: Int

    /// The input of one iteration.
    func input(seed: UInt64, iteration: UInt64) -> [UInt8] {
        var mixer = SplitMix64(seed: seed)
        var generator = SplitMix64(seed: mixer.next() ^ (iteration &* 0xD134_2543_DE82_EF95))
        var bytes = window(&generator)
        // Few changes find what nearly fits; many find what no author would write.
        let changes = 1 + generator.below(generator.below(4) == 0 ? 24 : 5)
        for _ in 0..<changes { mutate(&bytes, &generator) }
        return Array(bytes.prefix(maximumLength))
    }

    /// A member of the corpus, or a piece of it where it is too long.
    private func window(_ generator: inout SplitMix64) -> [UInt8] {
        guard !corpus.isEmpty else { return [] }
        let chosen = corpus[generator.below(corpus.count)]
        guard chosen.count > maximumLength else { return chosen }
        let start = generator.below(chosen.count - maximumLength)
        return Array(chosen[start..<start + maximumLength])
    }

    private func mutate(_ bytes: inout [UInt8], _ generator: inout SplitMix64) {
        let place = generator.below(bytes.count + 1)
        switch generator.below(12) {
        case 0 where !bytes.isEmpty: bytes[generator.below(bytes.count)] ^= 1 << UInt8(generator.below(8))
        case 1 where !bytes.isEmpty: bytes[generator.below(bytes.count)] = UInt8(generator.below(256))
        case 2: bytes.insert(contentsOf: randomBytes(&generator), at: place)
        case 3, 4, 5: bytes.insert(contentsOf: token(&generator), at: place)
        case 6: overwrite(&bytes, at: place, with: token(&generator))
        case 7: bytes.removeSubrange(range(in: bytes, &generator))
        case 8: bytes.insert(contentsOf: Array(bytes[range(in: bytes, &generator)]), at: place)
        case 9: bytes.removeSubrange(place...)
        case 10: splice(&bytes, at: place, &generator)
        default: bytes.insert(contentsOf: repetition(&generator), at: place)
        }
    }

    private func randomBytes(_ generator: inout SplitMix64) -> [UInt8] {
        (0...generator.below(8)).map { _ in UInt8(generator.below(256)) }
    }

    private func token(_ generator: inout SplitMix64) -> [UInt8] {
        dictionary.isEmpty ? randomBytes(&generator) : dictionary[generator.below(dictionary.count)]
    }

    private func overwrite(_ bytes: inout [UInt8], at place: Int, with token: [UInt8]) {
        bytes.replaceSubrange(place..<min(bytes.count, place + token.count), with: token)
    }

    /// A range within the bytes; mostly short.
    private func range(in bytes: [UInt8], _ generator: inout SplitMix64) -> Range<Int> {
        let start = generator.below(bytes.count)
        let longest = generator.below(4) == 0 ? bytes.count - start : min(16, bytes.count - start)
        return start..<start + generator.below(longest + 1)
    }

    /// The end of another member of the corpus behind a start of this one.
    private func splice(_ bytes: inout [UInt8], at place: Int, _ generator: inout SplitMix64) {
        let other = window(&generator)
        bytes.replaceSubrange(place..., with: other[generator.below(other.count + 1)...])
    }

    /// One token many times: depth and length.
    private func repetition(_ generator: inout SplitMix64) -> [UInt8] {
        let token = token(&generator)
        let room = max(1, maximumLength / max(1, token.count))
        return Array(repeatElement(token, count: 1 + generator.below(min(room, 2_000))).joined())
    }
}
