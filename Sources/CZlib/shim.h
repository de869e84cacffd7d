#ifndef ANIMEMATCHER_CZLIB_SHIM_H
#define ANIMEMATCHER_CZLIB_SHIM_H

#include <zlib.h>

/* deflateInit2 is a macro. 15 + 16: the largest window, in gzip's wrapping. */
static inline int czlib_begin_gzip(z_stream *stream, int level) {
    return deflateInit2(stream, level, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY);
}

#endif
