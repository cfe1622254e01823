/* SPDX-License-Identifier: Apache-2.0 */
/* RFC 9457 problem details: the only place that turns an error into an answer. */
#ifndef AR_HTTP_PROBLEM_H
#define AR_HTTP_PROBLEM_H

#include "base/err.h"
#include "base/issue.h"
#include "base/text.h"

/* Writes the document; ISSUES may be NULL. */
void problem_write(struct text *out, const struct err *err, const struct issues *issues, const char *request_id);

#endif
