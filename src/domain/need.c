/* SPDX-License-Identifier: Apache-2.0 */
#include "domain/need.h"

#include <string.h>

const char *const need_names[NEED_COUNT] = {
	[NEED_RATIONALE] = "rationale",
	[NEED_DOCUMENTS_REVIEWED] = "documents_reviewed",
	[NEED_ALTERNATIVE] = "alternative",
	[NEED_REFERRAL] = "referral",
	[NEED_INTERQUAL_REVIEW] = "interqual_review",
	[NEED_CON_CERTIFIED] = "con_certified",
	[NEED_JUDGMENTS_ANSWERED] = "judgments_answered",
	[NEED_UNINVOLVED] = "uninvolved",
	[NEED_PLACEMENT] = "placement",
	[NEED_TYPE] = "type",
	[NEED_FREQUENCY] = "frequency",
	[NEED_DURATION] = "duration",
	[NEED_AUTHORIZATION_REQUIRED] = "authorization_required",
};

enum need need_find(const char *word)
{
	for (enum need need = 0; need < NEED_COUNT; need++) {
		if (strcmp(need_names[need], word) == 0) {
			return need;
		}
	}
	return NEED_COUNT;
}
