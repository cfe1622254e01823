/* SPDX-License-Identifier: Apache-2.0 */
/* Record what a provider attests. */
#ifndef AR_REVIEW_ATTEST_H
#define AR_REVIEW_ATTEST_H

#include "review/record.h"

/*
 * PUT /v1/providers/{npi}/attestations/{item}: the newest counts, in whatever order they are put, and the same put again is nothing new.
 * The change to commit; NULL when the outcome stands already. LOST: the change that came too late (attest_lost), or NULL.
 */
struct record_change *attest_prepare(const struct call *call, const char *npi, const char *item,
				     const struct record_change *lost, struct outcome *outcome) AR_MUST_CHECK;

/*
 * Whether a settled change only came too late: another was made of the same record at the same moment, and it is prepared anew of what stands
 * now. Its caller named no version, so that this is not theirs to solve; false when it was tried often enough.
 */
bool attest_lost(const struct record_change *record);

#endif
