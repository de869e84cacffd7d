import CScheduling

/// Turns of the processor for threads that somebody waits for.
///
/// Linux gives a thread that has just become ready the processor at once where its turn ends before that of the thread that has it, which is
/// so where it asks for shorter ones ("earliest eligible virtual deadline first", Stoica & Abdel-Wahab, 1995; `sched_setattr(2)` from Linux 6.12
/// on). It gets no more of the processor, only sooner. Earlier systems heed no such wish.
enum ShortTurns {
    /// Less than most answers take, so that one that is asked for while the index is computed need not wait some milliseconds.
    static let nanoseconds: UInt64 = 100_000

    /// Asks for short turns for the calling thread, and not for threads that it starts. Some containers forbid the call: all goes as before.
    static func ask() { scheduling_set_turn(nanoseconds) }

    /// What the calling thread has asked for, in nanoseconds; 0 where the system heeds no wish.
    static var asked: UInt64 { scheduling_turn() }
}
