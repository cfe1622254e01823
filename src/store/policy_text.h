/* SPDX-License-Identifier: Apache-2.0 */
/* The texts of policy versions that judged something, and the versions that what is open cannot do without. In the writer's transactions. */
#ifndef AR_STORE_POLICY_TEXT_H
#define AR_STORE_POLICY_TEXT_H

#include "base/arena.h"
#include "base/err.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct store_txn;

/* Keeps the text of a policy version by digest; the same digest twice is nothing new. */
bool policy_text_keep(struct store_txn *txn, const char *digest_hex, const char *id, const char *version, const char *text,
		      size_t length, struct err *err) AR_MUST_CHECK;

/* Whether texts of the version are kept, and none with this digest. */
bool policy_text_another(struct store_txn *txn, const char *id, const char *version, const char *digest_hex, bool *ret_another,
			 struct err *err) AR_MUST_CHECK;

/* The digest (hex) of the text with which the version was first loaded; NULL: none is kept. */
bool policy_text_first(struct store_txn *txn, const char *id, const char *version, struct arena *arena,
		       const char **ret_digest_hex, struct err *err) AR_MUST_CHECK;

/* A version that judges what happens next, and of how much. */
struct policy_need {
	const char *id;
	const char *version;
	int64_t requests; /* open ones */
	int64_t records; /* of running care, which may always go on */
};

enum { POLICY_NEEDS_MAX = 20 };

/*
 * The versions that open requests and service records name and that are not among LOADED, a JSON array of "ID VERSION". At most
 * POLICY_NEEDS_MAX rows, by name. Costs next to nothing while LOADED has every version whose text is kept.
 */
bool policy_versions_needed(struct store_txn *txn, const char *loaded, struct arena *arena, struct policy_need *ret_rows,
			    size_t *ret_count, struct err *err) AR_MUST_CHECK;

#endif
