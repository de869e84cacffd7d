#ifndef ANIMEMATCHER_CCRYPTO_SHIM_H
#define ANIMEMATCHER_CCRYPTO_SHIM_H

#include <openssl/sha.h>

/* In steps, as SHA256() looks its method up by name first, which takes as long as hashing a kilobyte. OpenSSL 3 prefers that look-up,
   for methods that can be exchanged. */
#pragma clang diagnostic push
#pragma clang diagnostic ignored "-Wdeprecated-declarations"
static inline int ccrypto_sha256(const void *bytes, size_t count, unsigned char *digest) {
    SHA256_CTX context;
    return SHA256_Init(&context) && SHA256_Update(&context, bytes, count) && SHA256_Final(digest, &context);
}
#pragma clang diagnostic pop

#endif
