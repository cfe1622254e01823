/* SPDX-License-Identifier: Apache-2.0 */
/* The checklist of a service and review, as JSON for portals and as HTML for print. */
#ifndef AR_WIRE_REQUIREMENT_H
#define AR_WIRE_REQUIREMENT_H

#include "base/json_write.h"
#include "policy/policy.h"

/* AS_OF: the receipt day whose earliest acceptable dates are shown. */
void requirements_write(struct json_writer *writer, const struct program *program, struct civil_date as_of);

/* One printable page; every text escaped, no script, no outside request. */
void requirements_write_html(struct text *out, const struct program *program, struct civil_date as_of);

#endif
