/* SPDX-License-Identifier: Apache-2.0 */
/* Citations: which document and which clause of it. */
#ifndef AR_WIRE_CITE_H
#define AR_WIRE_CITE_H

#include "base/json_write.h"
#include "policy/policy.h"

/* Writes the member `cite` of an item: a list of {document, clause}. */
void cite_write(struct json_writer *writer, const struct item *item);

/* One element of such a list. */
void cite_write_clause(struct json_writer *writer, const char *document, const char *clause);

#endif
