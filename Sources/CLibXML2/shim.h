#ifndef ANIMEMATCHER_CLIBXML2_H
#define ANIMEMATCHER_CLIBXML2_H

// Debian builds libxml2 with ICU, and <libxml/encoding.h> then includes <unicode/ucnv.h>, whose types clash with those of
// Foundation's own ICU. We never hand libxml2 a converter, so its declarations are not needed.
#include <libxml/xmlversion.h>
#undef LIBXML_ICU_ENABLED

#include <libxml/HTMLparser.h>
#include <libxml/HTMLtree.h>
#include <libxml/SAX2.h>
#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <libxml/tree.h>
#include <libxml/xpath.h>
#include <libxml/xpathInternals.h>

// xmlFree is a mutable global, which Swift 6 does not let through.
static inline void animematcher_xml_free(void *memory) { xmlFree(memory); }

#endif
