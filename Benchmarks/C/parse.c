/* Bare libxml2: a page to a tree, then sixteen compiled XPaths. */
#include "measure.h"
#include <libxml/HTMLparser.h>
#include <libxml/xpath.h>

static const struct { int all; const char *path; } things[] = {
    {0, "//h1[contains(@class,'title-name')]/strong/text()"}, {0, "//p[contains(@class,'title-english')]/text()"},
    {1, "//p[@itemprop='description']//text()"}, {0, "//span[@itemprop='ratingValue']/text()"},
    {0, "//span[@itemprop='ratingCount']/text()"}, {0, "//img[@itemprop='image']/@data-src"},
    {0, "//span[@class='dark_text'][.='Type:']/following-sibling::a/text()"},
    {0, "//span[@class='dark_text'][.='Episodes:']/following-sibling::text()"},
    {0, "//span[@class='dark_text'][.='Aired:']/following-sibling::text()"},
    {0, "//span[@class='dark_text'][.='Members:']/following-sibling::text()"},
    {1, "//span[@class='dark_text'][.='Studios:']/following-sibling::a/text()"}, {1, "//span[@itemprop='genre']/text()"},
    {1, "//table[@class='anime_detail_related_anime']//a/@href"}, {1, "//li[contains(@class,'btn-anime')]/a/@href"},
    {1, "//h3[@class='h3_characters_voice_actors']/a/text()"}, {1, "//a[starts-with(@href,'/anime/')]/@href"}};
enum { THINGS = sizeof things / sizeof *things };

static xmlXPathCompExprPtr compiled[THINGS];
static char **bodies;
static long *sizes, count;

static int is_blank(const xmlChar *text) { return text[strspn((const char *)text, " \t\r\n")] == 0; }

static long read_page(const char *body, long size, int select) {
    htmlDocPtr doc = htmlReadMemory(body, size, NULL, "UTF-8",
        HTML_PARSE_RECOVER | HTML_PARSE_NONET | HTML_PARSE_COMPACT | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING);
    long found = 0;
    if (!doc) return 0;
    if (!select) {
        found = xmlChildElementCount(xmlDocGetRootElement(doc));
        xmlFreeDoc(doc);
        return found;
    }
    xmlXPathContextPtr context = xmlXPathNewContext(doc);
    for (int i = 0; i < THINGS; i++) {
        xmlXPathObjectPtr object = xmlXPathCompiledEval(compiled[i], context);
        xmlNodeSetPtr set = object ? object->nodesetval : NULL;
        int filled = 0;
        for (int k = 0; set && k < set->nodeNr; k++) {
            xmlChar *text = xmlNodeGetContent(set->nodeTab[k]);
            if (things[i].all) found++;
            else if (!filled && !is_blank(text)) filled = 1;
            xmlFree(text);
        }
        found += filled;
        xmlXPathFreeObject(object);
    }
    xmlXPathFreeContext(context);
    xmlFreeDoc(doc);
    return found;
}

static Round pages_round(int select) {
    Round round = {count, 0};
    for (long i = 0; i < count; i++) round.result += read_page(bodies[i], sizes[i], select);
    return round;
}
static Round selecting(void) { return pages_round(1); }
static Round parsing(void) { return pages_round(0); }

static void load(const char *folder, const char *list) {
    char **files = lines(folder, list, &count);
    bodies = calloc(count, sizeof *bodies);
    sizes = calloc(count, sizeof *sizes);
    for (long i = 0; i < count; i++) {
        FILE *f = fopen(files[i], "r");
        if (!f) { perror(files[i]); exit(1); }
        fseek(f, 0, SEEK_END);
        sizes[i] = ftell(f);
        rewind(f);
        bodies[i] = malloc(sizes[i] + 1);
        if (fread(bodies[i], 1, sizes[i], f) != (size_t)sizes[i]) exit(1);
        fclose(f);
    }
}

int main(int argc, char **argv) {
    if (argc < 2) return 64;
    xmlInitParser();
    for (int i = 0; i < THINGS; i++) compiled[i] = xmlXPathCompile(BAD_CAST things[i].path);
    load(argv[1], "pages.txt");
    measure("parse+16", "C, libxml2 " LIBXML_DOTTED_VERSION, "pages", selecting);
    measure("parse", "C, libxml2 " LIBXML_DOTTED_VERSION, "pages", parsing);
    load(argv[1], "all-pages.txt");
    measure("parse+16, all pages", "C, libxml2 " LIBXML_DOTTED_VERSION, "pages", selecting);
    return 0;
}
