#ifndef ANIMEMATCHER_CCOMPRESSION_SHIM_H
#define ANIMEMATCHER_CCOMPRESSION_SHIM_H

#include <brotli/decode.h>
#include <libdeflate.h>
#include <zstd.h>

#endif
