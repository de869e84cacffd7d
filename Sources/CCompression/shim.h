#ifndef ANIMEMATCHER_CCOMPRESSION_SHIM_H
#define ANIMEMATCHER_CCOMPRESSION_SHIM_H

#include <brotli/decode.h>
#include <libdeflate.h>
#include <zlib.h>
#include <zstd.h>

// A macro. 47: the largest window, and the header says whether it is gzip or zlib.
static inline int ccompression_inflate_init(z_stream *stream) { return inflateInit2(stream, 47); }

#endif
