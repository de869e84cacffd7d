#include <stdint.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

// The C library of Debian 12 has no function for sched_setattr(2), and Swift can call neither syscall(2) nor prctl(2), which take any arguments.

struct scheduling_attributes {
    uint32_t size;
    uint32_t policy;
    uint64_t flags;
    int32_t nice;
    uint32_t priority;
    uint64_t runtime;
    uint64_t deadline;
    uint64_t period;
};

/// Asks for turns of so many nanoseconds for the calling thread, not for those that it will start; nothing happens where the system
/// does not allow it.
static inline void scheduling_set_turn(uint64_t nanoseconds) {
    struct scheduling_attributes attributes = {
        .size = sizeof attributes, .flags = 1 /* SCHED_FLAG_RESET_ON_FORK */,
        .nice = getpriority(PRIO_PROCESS, 0), .runtime = nanoseconds};
    syscall(SYS_sched_setattr, 0, &attributes, 0);
}

/// The turns that the calling thread has asked for, in nanoseconds; 0 where the system knows of none.
static inline uint64_t scheduling_turn(void) {
    struct scheduling_attributes attributes = {.size = sizeof attributes};
    return syscall(SYS_sched_getattr, 0, &attributes, sizeof attributes, 0) ? 0 : attributes.runtime;
}

/// Names the calling thread where threads are listed: 15 bytes, longer ones are cut.
static inline void scheduling_name_thread(const char *name) {
    prctl(PR_SET_NAME, name);
}
