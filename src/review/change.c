/* SPDX-License-Identifier: Apache-2.0 */
#include "review/change.h"

static void done(struct store_command *command, const struct err *err)
{
	struct change *change = (struct change *)command;
	if (err != NULL) {
		change->outcome.version = 0; /* what was prepared never came to be */
		outcome_fail(&change->outcome, err);
	}
	change->settled(change->settled_context);
}

bool change_commit(struct service *service, struct change *change, void (*settled)(void *context), void *context,
		   struct err *err)
{
	change->settled = settled;
	change->settled_context = context;
	change->command.done = done;
	return store_submit(service->store, &change->command, err);
}
