/* SPDX-License-Identifier: Apache-2.0 */
/* Record what a provider attests. */
#ifndef AR_REVIEW_ATTEST_H
#define AR_REVIEW_ATTEST_H

#include "review/record.h"

/*
 * PUT /v1/providers/{npi}/attestations/{item}: the newest counts, in whatever order they are put, and the same put again is nothing new.
 * The change to commit; NULL when the outcome stands already.
 */
struct record_change *attest_prepare(const struct call *call, const char *npi, const char *item,
				     struct outcome *outcome) AR_MUST_CHECK;

#endif
