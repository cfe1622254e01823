/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/principals.h"

#include "base/text.h"
#include "store/task.h"

#include <string.h>

enum { NAME_MAX_BYTES = 100 };

/* What lists and logs can show: well-formed, short, no control characters. */
static bool plain(const char *name)
{
	const size_t length = strlen(name);

	for (const char *at = name; *at != '\0'; at++) {
		if ((unsigned char)*at < 0x20 || *at == 0x7f) {
			return false;
		}
	}
	return length <= NAME_MAX_BYTES && !text_blank(name) && text_utf8(name, length);
}

const char *principal_unfit(const struct principal *principal)
{
	const enum role role = principal->role;

	if (role == ROLE_PROVIDER && (principal->organization == NULL || principal->payer_count > 0)) {
		return "a provider belongs to one --organization and to no payer";
	}
	if (role != ROLE_PROVIDER && (principal->organization != NULL || principal->payer_count == 0)) {
		return "staff work for at least one --payer and belong to no organization";
	}
	if ((role == ROLE_REVIEWER || role == ROLE_PHYSICIAN || role == ROLE_APPEALS) && principal->credential == NULL) {
		return "licensed staff need their --credential";
	}
	if (role == ROLE_PROVIDER && principal->entitled != 0) {
		return "an organization sees its own requests, labelled or not; --entitled is for staff";
	}
	bool good = (principal->organization == NULL || plain(principal->organization)) &&
		    (principal->credential == NULL || plain(principal->credential));
	for (size_t i = 0; i < principal->payer_count; i++) {
		good = good && plain(principal->payers[i]) && strchr(principal->payers[i], ' ') == NULL;
	}
	return good ? NULL
		    : "a name is 1 to 100 bytes of UTF-8 without control characters, the id of a payer without spaces too";
}

struct change_task {
	struct store_task task; /* first */
	const struct principal_change *change;
};

static bool apply(struct store_command *command, struct store_txn *txn, struct err *err)
{
	const struct principal_change *change = ((const struct change_task *)command)->change;

	return change->revokes ? principal_revoke(txn, change->record.principal.id, change->record.revoked_at, err)
			       : principal_insert(txn, &change->record, &change->token, err);
}

bool principal_change_run(struct store *store, const struct principal_change *change, struct err *err)
{
	struct change_task task = {.task.command.apply = apply, .change = change};

	return store_run(store, &task.task, err);
}

bool principal_create(struct store *store, struct ident_source *ident, const struct principal *principal, struct instant now,
		      char ret_token[IDENT_TOKEN_SIZE], struct err *err)
{
	struct principal_change change = {.record = {.principal = *principal, .created_at = now}};

	(void)ident_token(ident, role_name(principal->role), ret_token);
	change.token = digest_of(ret_token, strlen(ret_token));
	return principal_change_run(store, &change, err);
}
