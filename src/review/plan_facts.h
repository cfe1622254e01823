/* SPDX-License-Identifier: Apache-2.0 */
/* Record what staff verified in the plan's own systems: it stands in place of what the submitter asserted. */
#ifndef AR_REVIEW_PLAN_FACTS_H
#define AR_REVIEW_PLAN_FACTS_H

#include "review/amend.h"

/* As submit_prepare, for the request ID. On verified facts the machine may return the request or waive its authorization at once. */
struct record_change *plan_facts_prepare(const struct call *call, const char *id, struct outcome *outcome) AR_MUST_CHECK;

/* Records what the amendment's input verifies in the plan's part, or adds every issue of it. */
void plan_facts_apply(struct amendment *amendment, struct issues *issues);

#endif
