/* Repeats rounds until the fastest is known, and prints a line in the form of ours. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

typedef struct { long operations, result; } Round;

static double cpu(void) {
    struct rusage u;
    getrusage(RUSAGE_SELF, &u);
    return u.ru_utime.tv_sec + u.ru_stime.tv_sec + (u.ru_utime.tv_usec + u.ru_stime.tv_usec) / 1e6;
}

static void measure(const char *benchmark, const char *who, const char *unit, Round (*round)(void)) {
    double best = 1e9, spent = 0;
    int rounds = 0;
    Round last = {0, 0};
    while (rounds < 5 || spent < 1.5) {
        double start = cpu();
        last = round();
        double seconds = cpu() - start;
        spent += seconds;
        if (seconds < best) best = seconds;
        rounds++;
        if (spent > 20) break;
    }
    struct rusage u;
    getrusage(RUSAGE_SELF, &u);
    printf("{\"benchmark\": \"%s\", \"who\": \"%s\", \"unit\": \"%s\", \"per_cpu_second\": %f, \"operations\": %ld, "
           "\"rounds\": %d, \"result\": %ld, \"peak_mib\": %ld}\n",
           benchmark, who, unit, last.operations / best, last.operations, rounds, last.result, u.ru_maxrss / 1024);
    fflush(stdout);
}

/* The lines of a file; *count says how many. */
static char **lines(const char *folder, const char *name, long *count) {
    char path[4096];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *f = fopen(path, "r");
    if (!f) { perror(path); exit(1); }
    char **found = NULL, *line = NULL;
    size_t room = 0;
    *count = 0;
    ssize_t n;
    while ((n = getline(&line, &room, f)) > 0) {
        if (line[n - 1] == '\n') line[n - 1] = 0;
        found = realloc(found, (*count + 1) * sizeof *found);
        found[(*count)++] = strdup(line);
    }
    free(line);
    fclose(f);
    return found;
}
