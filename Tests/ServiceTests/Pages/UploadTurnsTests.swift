import HTTPTypes
import Testing

@testable import Service

@Suite struct UploadTurnsTests {
    private func isToComeAgain(_ error: any Error) -> Bool {
        let problem = error as? Problem
        return problem?.status == .serviceUnavailable && problem?.retryAfter != nil
    }

    @Test("so many lists are read at once, a further one is to come again, and turns become free, also after a mistake")
    func bounded() async throws {
        let turns = UploadTurns(most: 1)
        try await turns.with { () -> Void in
            await #expect { try await turns.with { () -> Void in } } throws: { isToComeAgain($0) }
        }
        await #expect(throws: CancellationError.self) {
            try await turns.with { () -> Void in throw CancellationError() }
        }
        let value = try await turns.with { 7 }
        #expect(value == 7)
    }
}
