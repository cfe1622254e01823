/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The chain of events: each hash covers the event and the hash before it, so that no past event can change
 * unnoticed.
 */
#ifndef AR_STORE_CHAIN_H
#define AR_STORE_CHAIN_H

#include "store/records.h"

/* The newest event; before the first one sequence 0 and 32 zero bytes. */
struct chain_head {
	int64_t sequence;
	struct digest hash;
};

/* What an event answers for beside its snapshot. */
struct chain_cover {
	struct digest state; /* of the request's row and papers after it */
	struct digest record; /* of the decision and appeal recorded with it, when there are any */
	bool recorded;
};

/*
 * SHA-256 over the length-prefixed fields of an event and the hash of the one before it. COVER is NULL for the events of the first
 * schema, which answer for their snapshots alone. The digest of the policy is a part of those that have one.
 */
struct digest chain_hash(int64_t sequence, const struct event_row *event, const struct chain_cover *cover,
			 const struct digest *previous);

#endif
