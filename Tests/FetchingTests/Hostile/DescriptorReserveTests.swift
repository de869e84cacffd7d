import Testing

@testable import Fetching

@Suite("Descriptor reserve")
struct DescriptorReserveTests {
    @Test(
        "the last 32 descriptors are kept back, of few a quarter",
        arguments: [(1024, 992), (128, 96), (64, 48), (8, 6), (0, 0)])
    func first(limit: UInt64, first: UInt64) {
        #expect(DescriptorReserve.first(ofLimit: .init(limit)) == .init(first))
    }
}
