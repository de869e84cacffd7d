/* Each entry of a directory ends where memory ends: who reads further than it is long dies, as it would at the end of a full buffer if
   nothing lay behind that. Loaded with LD_PRELOAD. */
#define _GNU_SOURCE
#include <dirent.h>
#include <dlfcn.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

struct dirent *readdir(DIR *directory) {
    static struct dirent *(*real)(DIR *);
    static __thread char *end;
    if (!real) real = (struct dirent * (*)(DIR *)) dlsym(RTLD_NEXT, "readdir");
    struct dirent *entry = real(directory);
    if (!entry) return entry;
    if (!end) {
        long size = sysconf(_SC_PAGESIZE);
        char *pages = mmap(0, 2 * size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
        if (pages == MAP_FAILED || mprotect(pages + size, size, PROT_NONE) != 0) return entry;
        end = pages + size;
    }
    return memcpy(end - entry->d_reclen, entry, entry->d_reclen);
}

/* The same function on a 64-bit machine. */
struct dirent64 *readdir64(DIR *directory) { return (struct dirent64 *)readdir(directory); }
