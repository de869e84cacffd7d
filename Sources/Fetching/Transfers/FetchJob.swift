/// A request on its way to the fetcher's thread, and whom to tell the outcome.
struct FetchJob: Sendable {
    typealias Outcome = Result<FetchResponse, FetchError>

    let id: UInt64
    let plan: RequestPlan
    let submitted: ContinuousClock.Instant
    let continuation: CheckedContinuation<Outcome, Never>

    func fail(_ code: FetchError.Code, _ cause: String) {
        continuation.resume(returning: .failure(FetchError(code, url: plan.request.url, cause: cause)))
    }
}
