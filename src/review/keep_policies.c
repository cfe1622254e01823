/* SPDX-License-Identifier: Apache-2.0 */
/* The texts of policies in the store, and the change from one set to the next. */
#include "review/service.h"

#include "store/records.h"
#include "store/task.h"

#include <string.h>

struct keeping {
	struct store_task task; /* first */
	struct service *service;
	const struct policy_set *set; /* to be in force */
	const struct policy_set *before; /* in force; NULL at the start */
};

static bool changed(const struct policy *policy, struct err *err)
{
	return err_set(err, ERR_CONFIG, "policy %s %s: its text has changed; give a changed policy a version of its own",
		       policy->id, policy->version);
}

/* An open request is judged by the version that it came under to its end. */
static bool keeps_open_versions(const struct keeping *keeping, struct store_txn *txn, struct err *err)
{
	for (size_t i = 0; i < policy_set_count(keeping->before); i++) {
		const struct policy *policy = policy_set_at(keeping->before, i);
		bool open = false;
		if (policy->draft || policy_set_decides(keeping->set, policy->id, policy->version)) {
			continue;
		}
		if (!policy_version_open(txn, policy->payer, policy->id, policy->version, &open, err)) {
			return false;
		}
		if (open) {
			return err_set(err, ERR_CONFIG, "policy %s %s: open requests name this version, and it is not there",
				       policy->id, policy->version);
		}
	}
	return true;
}

/* What judged a request can be read again under the name that its answer gives. */
static bool keeps_texts(const struct keeping *keeping, struct store_txn *txn, struct err *err)
{
	for (size_t i = 0; i < policy_set_count(keeping->set); i++) {
		const struct policy *policy = policy_set_at(keeping->set, i);
		const bool known = policy_set_decides(keeping->before, policy->id, policy->version);
		const struct policy *before = known ? policy_set_find(keeping->before, policy->id, policy->version) : NULL;
		bool another = false;
		if (policy->draft) {
			continue; /* it judged nothing; its text may change until it is in force */
		}
		if (before == NULL &&
		    !policy_text_another(txn, policy->id, policy->version, policy->digest_hex, &another, err)) {
			return false;
		}
		if (another || (before != NULL && strcmp(before->digest_hex, policy->digest_hex) != 0)) {
			return changed(policy, err);
		}
	}
	return true;
}

static bool keep(struct store_command *command, struct store_txn *txn, struct err *err)
{
	const struct keeping *keeping = (const struct keeping *)command;
	if (keeping->before != NULL && (!keeps_open_versions(keeping, txn, err) || !keeps_texts(keeping, txn, err))) {
		return false;
	}
	for (size_t i = 0; i < policy_set_count(keeping->set); i++) {
		const struct policy *policy = policy_set_at(keeping->set, i);
		if (!policy->draft && !policy_text_keep(txn, policy->digest_hex, policy->id, policy->version, policy->text,
							policy->text_length, err)) {
			return false;
		}
	}
	return true;
}

/*
 * In the writer, so that no request is recorded between the look at the open ones and the change: what was prepared with the set before
 * is recorded ahead of it, or refused when its version is gone (record.c).
 */
static bool put_in_force(struct store_command *command, struct store_txn *txn, struct err *err)
{
	const struct keeping *keeping = (const struct keeping *)command;
	if (!keeps_open_versions(keeping, txn, err)) {
		return false;
	}
	atomic_store_explicit(&keeping->service->policies, keeping->set, memory_order_release);
	return true;
}

bool service_keep_policies(struct service *service, struct err *err)
{
	struct keeping keeping = {.task.command.apply = keep, .service = service, .set = service_policies(service)};
	return store_run(service->store, &keeping.task, err);
}

bool service_replace_policies(struct service *service, const struct policy_set *set, struct err *err)
{
	struct keeping keeping = {
		.task.command.apply = keep, .service = service, .set = set, .before = service_policies(service)};
	if (!store_run(service->store, &keeping.task, err)) {
		return false;
	}
	keeping.task.command.apply = put_in_force;
	/* it is in force from the moment in which it was put there, whatever became of the transaction, which writes nothing */
	return store_run(service->store, &keeping.task, err) || service_policies(service) == set;
}
