/* SPDX-License-Identifier: Apache-2.0 */
#include "review/service.h"

#include "store/records.h"
#include "store/task.h"

struct keeping {
	struct store_task task; /* first */
	const struct policy_set *policies;
};

static bool apply(struct store_command *command, struct store_txn *txn, struct err *err)
{
	const struct keeping *keeping = (const struct keeping *)command;
	for (size_t i = 0; i < policy_set_count(keeping->policies); i++) {
		const struct policy *policy = policy_set_at(keeping->policies, i);
		if (!policy_text_keep(txn, policy->digest_hex, policy->id, policy->version, policy->text, policy->text_length,
				      err)) {
			return false;
		}
	}
	return true;
}

bool service_keep_policies(struct service *service, struct err *err)
{
	struct keeping keeping = {.task.command.apply = apply, .policies = service->policies};
	return store_run(service->store, &keeping.task, err);
}
