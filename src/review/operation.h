/* SPDX-License-Identifier: Apache-2.0 */
/* What operators ask: is it ready, which version is it, what does it count. No health information. */
#ifndef AR_REVIEW_OPERATION_H
#define AR_REVIEW_OPERATION_H

#include "base/text.h"
#include "review/outcome.h"
#include "review/service.h"

/* True when requests can be recorded; the outcome's body names each check, and each policy that is past its review date or has
 * another text than it had. */
bool operation_ready(struct service *service, struct instant now, struct arena *arena, struct outcome *outcome);

void operation_version(struct service *service, struct arena *arena, struct outcome *outcome);

/* Appends the store's and the policies' figures in the text exposition format. */
void operation_metrics(struct service *service, struct text *out);

#endif
