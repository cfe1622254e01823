/* SPDX-License-Identifier: Apache-2.0 */
/* Making principals with their tokens, and ending them: for `token`, for the daemon that runs such orders and for the sandbox. */
#ifndef AR_CLI_PRINCIPALS_H
#define AR_CLI_PRINCIPALS_H

#include "base/digest.h"
#include "base/ident.h"
#include "store/records.h"

/* A principal that is made, or one whose token ends. */
struct principal_change {
	bool revokes; /* then only the record's id and revoked_at count */
	struct principal_record record;
	struct digest token;
};

/* Why a principal cannot be made as it is; NULL when it can. */
const char *principal_unfit(const struct principal *principal);

/* Runs a change and waits for its commit. ERR_NOT_FOUND for the id of nobody; what is revoked already stays as it was. */
bool principal_change_run(struct store *store, const struct principal_change *change, struct err *err) AR_MUST_CHECK;

/* Records a principal with a new token and writes the token (shown once, stored hashed) into RET_TOKEN. Waits for the commit. */
bool principal_create(struct store *store, struct ident_source *ident, const struct principal *principal, struct instant now,
		      char ret_token[IDENT_TOKEN_SIZE], struct err *err) AR_MUST_CHECK;

#endif
