/* Every file that a program writes to is full after as many bytes of all of them as FULL_DISK_AFTER says. Loaded with LD_PRELOAD. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static atomic_long written;

ssize_t write(int file, const void *bytes, size_t count) {
    static ssize_t (*real)(int, const void *, size_t);
    if (!real) real = (ssize_t (*)(int, const void *, size_t))dlsym(RTLD_NEXT, "write");
    const char *limit = getenv("FULL_DISK_AFTER");
    struct stat status;
    /* Not what it prints: the tests read that from files. */
    if (!limit || file <= STDERR_FILENO || fstat(file, &status) != 0 || !S_ISREG(status.st_mode)) return real(file, bytes, count);
    long left = atol(limit) - written;
    if (left <= 0) {
        errno = ENOSPC;
        return -1;
    }
    ssize_t result = real(file, bytes, count < (size_t)left ? count : (size_t)left);
    if (result > 0) written += result;
    return result;
}
