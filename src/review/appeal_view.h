/* SPDX-License-Identifier: Apache-2.0 */
/* What is told about one appeal: itself, the decision that is appealed, and who may decide it. Read from snapshots of its request. */
#ifndef AR_REVIEW_APPEAL_VIEW_H
#define AR_REVIEW_APPEAL_VIEW_H

#include "review/record.h"

/* The appeal ID when its request is the caller's business; else NULL with the outcome a 404, the same for "absent" and "not yours". */
const struct appeal_view *appeal_owned(struct store_reader *reader, const struct principal *principal, const char *id,
				       struct arena *arena, struct outcome *outcome);

/* GET /v1/appeals/{id}, with the request's ETag. */
void appeal_show(const struct service *service, struct store_reader *reader, const struct principal *principal, const char *id,
		 struct arena *arena, struct outcome *outcome);

/*
 * Turns an outcome that is the request's answer into one about an appeal of it: ID, or the one that was received with that answer when ID
 * is NULL (then it is created, with its address). A problem stays as it is.
 */
void appeal_answer(const struct policy_set *policies, const char *id, struct arena *arena, struct outcome *outcome);

#endif
