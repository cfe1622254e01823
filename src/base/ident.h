/* SPDX-License-Identifier: Apache-2.0 */
/* Names we mint: sortable ids, tracking numbers, tokens. Random, or repeatable from a seed in the sandbox. */
#ifndef AR_BASE_IDENT_H
#define AR_BASE_IDENT_H

#include "base/instant.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { IDENT_ID_SIZE = 40, IDENT_TRACKING_SIZE = 20, IDENT_TOKEN_SIZE = 72, IDENT_SALT_SIZE = 16 };

struct ident_source; /* thread-safe */

/* Kernel randomness when SEED is 0; otherwise a sequence that the seed fixes (sandbox and tests only). */
struct ident_source *ident_create(uint64_t seed);
void ident_destroy(struct ident_source *source);

void ident_random(struct ident_source *source, void *bytes, size_t length);

/* PREFIX ("req_") + ULID of NOW; ids of one source never go backwards. */
const char *ident_id(struct ident_source *source, const char *prefix, struct instant now, char buffer[IDENT_ID_SIZE]);

/* "AR-7QK4-M2XC-5": 40 random bits in Crockford base 32 and a check character. */
const char *ident_tracking(struct ident_source *source, char buffer[IDENT_TRACKING_SIZE]);

/* True for a number in exactly that form whose check character is right. */
bool ident_tracking_valid(const char *text);

/* "AU-7QK4-M2XC-5": the number of an authorization, made like a tracking number; and whether a text has that form. */
const char *ident_authorization(struct ident_source *source, char buffer[IDENT_TRACKING_SIZE]);
bool ident_authorization_valid(const char *text);

/* "ar_ROLE_" + 43 base64url characters (256 bits) + "_" + 8 hex digits of a checksum. */
const char *ident_token(struct ident_source *source, const char *role, char buffer[IDENT_TOKEN_SIZE]);

#endif
