/*
 * Shifts the wall clock of the program it is loaded into (LD_PRELOAD), while the program runs and for it alone.
 *
 * WALL_CLOCK_FILE names a file of eight bytes: the shift in nanoseconds, a little-endian integer. Whoever writes it makes the clock jump.
 * Monotonic clocks and the timers on them are left alone. Waits until a time of the wall clock are translated, as the kernel would know
 * the shifted clock.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <pthread.h>
#include <semaphore.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

static const int64_t second = 1000000000;
static const volatile int64_t *shift;

__attribute__((constructor)) static void start(void) {
    const char *path = getenv("WALL_CLOCK_FILE");
    int file = path ? open(path, O_RDONLY | O_CLOEXEC) : -1;
    if (file < 0) return;
    void *page = mmap(NULL, sizeof *shift, PROT_READ, MAP_SHARED, file, 0);
    close(file);
    if (page != MAP_FAILED) shift = page;
}

static struct timespec moved(struct timespec time, int64_t by) {
    int64_t sum = (int64_t)time.tv_sec * second + time.tv_nsec + by;
    if (sum < 0) sum = 0;
    time.tv_sec = sum / second;
    time.tv_nsec = sum % second;
    return time;
}

static int64_t now_shift(void) { return shift ? *shift : 0; }

int clock_gettime(clockid_t clock, struct timespec *time) {
    /* The function of the C library cannot be called from here before it is looked up, which may need the time. */
    int result = (int)syscall(SYS_clock_gettime, clock, time);
    if (result == 0 && (clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE)) *time = moved(*time, now_shift());
    return result;
}

int gettimeofday(struct timeval *restrict time, void *restrict zone) {
    struct timespec precise;
    (void)zone;
    if (clock_gettime(CLOCK_REALTIME, &precise) != 0) return -1;
    time->tv_sec = precise.tv_sec;
    time->tv_usec = precise.tv_nsec / 1000;
    return 0;
}

time_t time(time_t *result) {
    struct timespec precise;
    clock_gettime(CLOCK_REALTIME, &precise);
    if (result) *result = precise.tv_sec;
    return precise.tv_sec;
}

int pthread_cond_timedwait(pthread_cond_t *condition, pthread_mutex_t *mutex, const struct timespec *until) {
    static int (*original)(pthread_cond_t *, pthread_mutex_t *, const struct timespec *);
    /* An older version of the same name has another layout of conditions. */
    if (!original) *(void **)&original = dlvsym(RTLD_NEXT, "pthread_cond_timedwait", "GLIBC_2.3.2");
    struct timespec real = moved(*until, -now_shift());
    return original(condition, mutex, &real);
}

int sem_timedwait(sem_t *semaphore, const struct timespec *until) {
    static int (*original)(sem_t *, const struct timespec *);
    if (!original) *(void **)&original = dlsym(RTLD_NEXT, "sem_timedwait");
    struct timespec real = moved(*until, -now_shift());
    return original(semaphore, &real);
}
