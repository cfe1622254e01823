/* SPDX-License-Identifier: Apache-2.0 */
/* Making principals and their tokens: for `token create` and for the sandbox. */
#ifndef AR_CLI_PRINCIPALS_H
#define AR_CLI_PRINCIPALS_H

#include "auth/access.h"
#include "base/ident.h"
#include "store/store.h"

/* Records a principal with a new token and writes the token (shown once, stored hashed) into RET_TOKEN. Waits for the commit. */
bool principal_create(struct store *store, struct ident_source *ident, const struct principal *principal, struct instant now,
		      char ret_token[IDENT_TOKEN_SIZE], struct err *err) AR_MUST_CHECK;

#endif
