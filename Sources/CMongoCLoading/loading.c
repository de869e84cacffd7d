#include <mongoc/mongoc.h>
#include <stdio.h>
#include <sys/mman.h>
#include <unistd.h>

/* libmongoc begins while a program is loaded, before main. Then it makes a file in /dev/shm for its counters, which is named after
   the process: one that is killed leaves it behind, and who gets its number later writes "Falling back to malloc for counters" to
   standard error. That there be no file can be said in the environment only, which nobody but the caller can set so early. */

/* Before libmongoc begins: it writes nothing by itself until a handler is set. A program's .preinit_array runs before its libraries'
   beginnings (System V ABI, "Initialization and Termination Functions"). */
static void silence(void) { mongoc_log_set_handler(NULL, NULL); }

__attribute__((section(".preinit_array"), used)) static void (*const before_libraries)(void) = silence;

/* After it has begun: the counters are in memory by now and nobody else reads them, so the name goes, a killed process's too. */
__attribute__((constructor)) static void forget_counters_name(void) {
    char name[32];
    snprintf(name, sizeof name, "/mongoc-%d", (int)getpid());
    shm_unlink(name);
}
