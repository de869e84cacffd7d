/* Bare libcurl's URL parser: a text to its parts and back. */
#include "measure.h"
#include <curl/curl.h>

static char **urls;
static long count;

static Round parsing(void) {
    Round round = {count, 0};
    for (long i = 0; i < count; i++) {
        CURLU *url = curl_url();
        char *text = NULL;
        if (!curl_url_set(url, CURLUPART_URL, urls[i], CURLU_URLENCODE) && !curl_url_get(url, CURLUPART_URL, &text, 0))
            round.result += strlen(text);
        curl_free(text);
        curl_url_cleanup(url);
    }
    return round;
}

int main(int argc, char **argv) {
    if (argc < 2) return 64;
    urls = lines(argv[1], "urls.txt", &count);
    measure("URL parse", "C, libcurl " LIBCURL_VERSION, "URLs", parsing);
    return 0;
}
