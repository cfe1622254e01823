/* SPDX-License-Identifier: Apache-2.0 */
/*
 * How the certificate of need ended: certified, not certified, or closed without either. Recorded only where a gate of the policy waits for
 * it, and once: a further record says why it takes the place of the earlier one. The gate says what a certificate must show and which events
 * follow; the clock did not wait and goes on.
 */
#ifndef AR_REVIEW_CERTIFY_H
#define AR_REVIEW_CERTIFY_H

#include "review/amend.h"

/* As submit_prepare, for the request ID. */
struct record_change *certify_prepare(const struct call *call, const char *id, struct outcome *outcome) AR_MUST_CHECK;

/* Records what the amendment's input says of it in the plan's part, or adds every issue of it. */
void certify_apply(struct amendment *amendment, struct issues *issues);

#endif
