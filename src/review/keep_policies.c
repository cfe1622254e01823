/* SPDX-License-Identifier: Apache-2.0 */
/* The texts of policies in the store, and what a set must have to be put in force, at a start and later. */
#include "review/service.h"

#include "base/json_write.h"
#include "base/log.h"
#include "store/policy_text.h"
#include "store/task.h"

#include <inttypes.h>
#include <string.h>

struct changed_text {
	const struct policy *policy;
	const char *first; /* digest (hex) of the text with which its version was first loaded */
	const struct changed_text *next;
};

struct keeping {
	struct store_task task; /* first */
	struct service *service;
	const struct policy_set *set; /* to be in force */
	const struct policy_set *before; /* in force; NULL at the start */
	const char *loaded; /* JSON array of the versions that SET decides by */
	const struct changed_text *changed;
	struct arena *arena; /* of this turn */
	struct arena *lasting; /* of what outlives it */
};

static const char *loaded_names(const struct policy_set *set, struct arena *arena)
{
	struct text out;
	struct json_writer writer;
	text_init(&out, arena, 512);
	json_writer_init(&writer, &out);
	json_open_array(&writer);
	for (size_t i = 0; i < policy_set_count(set); i++) {
		const struct policy *policy = policy_set_at(set, i);
		if (!policy->draft) {
			json_put_text(&writer, arena_printf(arena, "%s %s", policy->id, policy->version));
		}
	}
	json_close_array(&writer);
	return out.data;
}

/* An open request is judged by the version that it came under to its end; running care, which may always go on, too. */
static bool keeps_needed(const struct keeping *keeping, struct store_txn *txn, struct err *err)
{
	struct policy_need needs[POLICY_NEEDS_MAX];
	size_t count = 0;
	if (!policy_versions_needed(txn, keeping->loaded, keeping->arena, needs, &count, err)) {
		return false;
	}
	for (size_t i = 0; i < count; i++) {
		LOG(LOG_ERROR, "policy_version_needed", LOG_TEXT("policy", needs[i].id), LOG_TEXT("version", needs[i].version),
		    LOG_NUMBER("requests", needs[i].requests), LOG_NUMBER("records", needs[i].records));
	}
	if (count == 0) {
		return true;
	}
	const bool draft = policy_set_find(keeping->set, needs[0].id, needs[0].version) != NULL;
	return err_set(err, ERR_CONFIG,
		       "policy %s %s: it is %s, but needed (open requests: %" PRId64 ", service records: %" PRId64
		       "); put that version back beside the others",
		       needs[0].id, needs[0].version, draft ? "a draft only" : "not there", needs[0].requests,
		       needs[0].records);
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
			return err_set(err, ERR_CONFIG,
				       "policy %s %s: its text has changed; give a changed policy a version of its own",
				       policy->id, policy->version);
		}
	}
	return true;
}

/* A start is not refused for a text that was put right, but as long as it is in force somebody should see that it is another. */
static bool note_change(struct keeping *keeping, const struct policy *policy, struct store_txn *txn, struct err *err)
{
	const char *first = NULL;
	if (!policy_text_first(txn, policy->id, policy->version, keeping->arena, &first, err)) {
		return false;
	}
	if (first != NULL && strcmp(first, policy->digest_hex) != 0) {
		struct changed_text *changed = arena_alloc(keeping->lasting, sizeof(*changed));
		*changed = (struct changed_text){
			.policy = policy,
			.first = arena_text(keeping->lasting, first, strlen(first)),
			.next = keeping->changed,
		};
		keeping->changed = changed;
	}
	return true;
}

static bool keep(struct store_command *command, struct store_txn *txn, struct err *err)
{
	struct keeping *keeping = (struct keeping *)command;
	keeping->changed = NULL;
	if (!keeps_needed(keeping, txn, err) || (keeping->before != NULL && !keeps_texts(keeping, txn, err))) {
		return false;
	}
	for (size_t i = 0; i < policy_set_count(keeping->set); i++) {
		const struct policy *policy = policy_set_at(keeping->set, i);
		if (!policy->draft && (!note_change(keeping, policy, txn, err) ||
				       !policy_text_keep(txn, policy->digest_hex, policy->id, policy->version, policy->text,
							 policy->text_length, err))) {
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
	if (!keeps_needed(keeping, txn, err)) {
		return false;
	}
	atomic_store_explicit(&keeping->service->changed_texts, keeping->changed, memory_order_release);
	atomic_store_explicit(&keeping->service->policies, keeping->set, memory_order_release);
	return true;
}

static bool run(struct keeping *keeping, bool (*apply)(struct store_command *, struct store_txn *, struct err *),
		struct err *err)
{
	keeping->task.command.apply = apply;
	keeping->arena = arena_create();
	keeping->loaded = loaded_names(keeping->set, keeping->arena);
	const bool good = store_run(keeping->service->store, &keeping->task, err);
	arena_destroy(keeping->arena);
	return good;
}

static void tell_changes(const struct changed_text *changed)
{
	for (; changed != NULL; changed = changed->next) {
		LOG(LOG_WARNING, "policy_text_changed", LOG_TEXT("policy", changed->policy->id),
		    LOG_TEXT("version", changed->policy->version), LOG_TEXT("digest", changed->policy->digest_hex),
		    LOG_TEXT("first_digest", changed->first));
	}
}

bool service_keep_policies(struct service *service, struct arena *arena, struct err *err)
{
	struct keeping keeping = {.service = service, .set = service_policies(service), .lasting = arena};
	if (!run(&keeping, keep, err)) {
		return false;
	}
	atomic_store_explicit(&service->changed_texts, keeping.changed, memory_order_release);
	tell_changes(keeping.changed);
	return true;
}

bool service_replace_policies(struct service *service, const struct policy_set *set, struct arena *arena, struct err *err)
{
	struct keeping keeping = {.service = service, .set = set, .before = service_policies(service), .lasting = arena};
	/* it is in force from the moment in which it was put there, whatever became of the transaction, which writes nothing */
	if (!run(&keeping, keep, err) || (!run(&keeping, put_in_force, err) && service_policies(service) != set)) {
		return false;
	}
	tell_changes(keeping.changed);
	return true;
}

bool service_text_changed(const struct service *service, const struct policy *policy)
{
	const struct changed_text *changed = atomic_load_explicit(&service->changed_texts, memory_order_acquire);
	while (changed != NULL && changed->policy != policy) {
		changed = changed->next;
	}
	return changed != NULL;
}
