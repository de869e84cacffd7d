#ifndef ANIMEMATCHER_CMONGOC_SHIM_H
#define ANIMEMATCHER_CMONGOC_SHIM_H

#include <mongoc/mongoc.h>

/* bson_t is over-aligned, so Swift sees it as an opaque pointer only. These are what it needs to lend one on its stack. */
enum {
    CMONGOC_BSON_SIZE = sizeof(bson_t),
    CMONGOC_BSON_ALIGNMENT = _Alignof(bson_t)
};

#endif
