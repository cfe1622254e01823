/* SPDX-License-Identifier: Apache-2.0 */
/* Content negotiation (RFC 9110 12.5.1), as much of it as answers in one or two media types need. */
#ifndef AR_HTTP_ACCEPT_H
#define AR_HTTP_ACCEPT_H

#include <stdbool.h>

/* How much the value of Accept (NULL: the field is absent) likes MEDIA_TYPE, 0 to 1000; 0 is not at all. */
int accept_quality(const char *accept, const char *media_type);

/* True when it likes one of MEDIA_TYPES, separated by blanks. */
bool accept_any(const char *accept, const char *media_types);

#endif
