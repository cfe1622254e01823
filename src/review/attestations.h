/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a provider attests, apart from any member: one record (`standing`) for each organization, payer, service and NPI, held against the
 * version that is in force when it is asked. Every organization has its own; staff of the payer see them all.
 */
#ifndef AR_REVIEW_ATTESTATIONS_H
#define AR_REVIEW_ATTESTATIONS_H

#include "review/record.h"
#include "wire/standing.h"

/* The body of a record in which nothing is attested yet, as JSON. */
const struct json *attestations_body(struct arena *arena, const char *payer, const char *service, const char *npi);

/* Whether it is the NPI of somebody; a 404 otherwise. */
bool attestations_npi(const struct call *call, const char *npi, struct outcome *outcome);

/* Whether the caller works for the payer; every provider may. */
bool attestations_payer(const struct principal *principal, const char *payer);

/* Judges the draft by the call's instant and fills what the answer says of the attestations. */
void attestations_judge(const struct call *call, struct draft *draft, struct standing_answer *answer);

/* GET …/attestations: every attestation that the policy knows, with how it stands now. CALL needs no key and no body. */
void attestations_read(const struct call *call, const char *npi, const char *payer, const char *service,
		       struct outcome *outcome);

#endif
