/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/principals.h"

#include "base/digest.h"
#include "store/records.h"
#include "store/task.h"

#include <string.h>

struct creation {
	struct store_task task; /* first */
	const struct principal *principal;
	struct digest token;
	struct instant at;
};

static bool apply(struct store_command *command, struct store_txn *txn, struct err *err)
{
	const struct creation *creation = (const struct creation *)command;
	return principal_insert(txn, creation->principal, &creation->token, creation->at, err);
}

bool principal_create(struct store *store, struct ident_source *ident, const struct principal *principal, struct instant now,
		      char ret_token[IDENT_TOKEN_SIZE], struct err *err)
{
	struct creation creation = {.task.command.apply = apply, .principal = principal, .at = now};
	(void)ident_token(ident, role_name(principal->role), ret_token);
	creation.token = digest_of(ret_token, strlen(ret_token));
	return store_run(store, &creation.task, err);
}
