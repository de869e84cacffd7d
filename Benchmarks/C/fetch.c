/* Bare libcurl: 32 transfers in a multi handle; gzip by its own zlib. */
#include "measure.h"
#include <curl/curl.h>

enum { CONCURRENCY = 32 };
static char **urls;
static long count, bytes;
static CURLM *multi;
static CURL *easy[CONCURRENCY];

typedef struct { char *data; size_t size, room; } Body;
static Body bodies[CONCURRENCY];

static size_t take(char *data, size_t size, size_t n, void *context) {
    Body *body = context;
    if (body->size + size * n > body->room) {
        body->room = (body->size + size * n) * 2;
        body->data = realloc(body->data, body->room);
    }
    memcpy(body->data + body->size, data, size * n);
    body->size += size * n;
    return size * n;
}

static Round fetching(void) {
    long next = 0, done = 0;
    bytes = 0;
    for (int i = 0; i < CONCURRENCY && next < count; i++) {
        curl_easy_setopt(easy[i], CURLOPT_URL, urls[next++]);
        curl_multi_add_handle(multi, easy[i]);
    }
    while (done < count) {
        int running, left;
        curl_multi_perform(multi, &running);
        CURLMsg *message;
        while ((message = curl_multi_info_read(multi, &left))) {
            if (message->msg != CURLMSG_DONE) continue;
            if (message->data.result != CURLE_OK) { fprintf(stderr, "%s\n", curl_easy_strerror(message->data.result)); exit(1); }
            CURL *handle = message->easy_handle;
            Body *body;
            curl_easy_getinfo(handle, CURLINFO_PRIVATE, &body);
            bytes += body->size;
            free(body->data);
            *body = (Body){0};
            done++;
            curl_multi_remove_handle(multi, handle);
            if (next < count) {
                curl_easy_setopt(handle, CURLOPT_URL, urls[next++]);
                curl_multi_add_handle(multi, handle);
            }
        }
        if (done < count) curl_multi_poll(multi, NULL, 0, 100, NULL);
    }
    return (Round){count, bytes};
}

int main(int argc, char **argv) {
    if (argc < 2) return 64;
    curl_global_init(CURL_GLOBAL_ALL);
    urls = lines(argv[1], "fetch-urls.txt", &count);
    multi = curl_multi_init();
    for (int i = 0; i < CONCURRENCY; i++) {
        easy[i] = curl_easy_init();
        curl_easy_setopt(easy[i], CURLOPT_ACCEPT_ENCODING, "gzip");
        curl_easy_setopt(easy[i], CURLOPT_WRITEFUNCTION, take);
        curl_easy_setopt(easy[i], CURLOPT_WRITEDATA, &bodies[i]);
        curl_easy_setopt(easy[i], CURLOPT_PRIVATE, &bodies[i]);
        curl_easy_setopt(easy[i], CURLOPT_PROXY, "");
    }
    measure("fetch+gunzip", "C, libcurl " LIBCURL_VERSION " + zlib", "pages", fetching);
    return 0;
}
