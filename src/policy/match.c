/* SPDX-License-Identifier: Apache-2.0 */
/* Which version answers a request, that no two do, and what is in one. */
#include "policy/loader.h"

#include <limits.h>
#include <string.h>

size_t policy_set_count(const struct policy_set *set)
{
	return set->policy_count;
}

const struct policy *policy_set_at(const struct policy_set *set, size_t index)
{
	return &set->policies[index];
}

const struct policy *policy_set_find(const struct policy_set *set, const char *id, const char *version)
{
	for (size_t i = 0; i < set->policy_count; i++) {
		if (strcmp(set->policies[i].id, id) == 0 && strcmp(set->policies[i].version, version) == 0) {
			return &set->policies[i];
		}
	}
	return NULL;
}

static const struct item *find_item(const struct item *const *items, size_t count, const char *id)
{
	for (size_t i = 0; id && i < count; i++) {
		if (strcmp(items[i]->id, id) == 0) {
			return items[i];
		}
	}
	return NULL;
}

const struct item *policy_item_find(const struct policy *policy, const char *id)
{
	return find_item(policy->items, policy->item_count, id);
}

const struct item *program_item_find(const struct program *program, const char *id)
{
	return find_item(program->items, program->item_count, id);
}

bool policy_set_decides(const struct policy_set *set, const char *id, const char *version)
{
	const struct policy *policy = policy_set_find(set, id, version);
	return policy && !policy->draft;
}

const struct shape *policy_set_request_shape(const struct policy_set *set)
{
	return set->request;
}

const struct policy_tables *policy_set_tables(const struct policy_set *set)
{
	return &set->tables;
}

const struct calendar *policy_set_calendars(const struct policy_set *set, size_t *ret_count)
{
	*ret_count = set->calendar_count;
	return set->calendars;
}

const struct policy_overlay *policy_set_overlays(const struct policy_set *set, size_t *ret_count)
{
	*ret_count = set->overlay_count;
	return set->overlays;
}

const struct json *policy_set_schema(const struct policy_set *set, const char *file)
{
	const struct {
		const char *name;
		const struct json *schema;
	} rows[] = {
		{"policy.json", set->schemas.policy},   {"items.json", set->schemas.items},
		{"clauses.json", set->schemas.clauses}, {"cases.json", set->schemas.cases},
		{"request.json", set->schemas.request},
	};
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		if (strcmp(rows[i].name, file) == 0) {
			return rows[i].schema;
		}
	}
	return NULL;
}

const char *const *policy_set_payers(const struct policy_set *set, size_t *ret_count)
{
	*ret_count = set->payer_count;
	return set->payers;
}

/* The shape of a policy has the closed list already: services, their aliases, and what is routed by hand. */
const char *const *policy_set_services(const struct policy_set *set, const char *payer, size_t *ret_count)
{
	for (size_t i = set->policy_count; i > 0; i--) {
		const struct policy *policy = &set->policies[i - 1];
		struct slot slot;
		if (!policy->draft && strcmp(policy->payer, payer) == 0 && shape_find(policy->request, "/service", &slot)) {
			*ret_count = slot.word_count;
			return slot.words;
		}
	}
	*ret_count = 0;
	return NULL;
}

/* The policy's own word for a service or one of its aliases; NULL when it does not know it. */
static const char *canonical_service(const struct policy *policy, const char *service)
{
	for (const struct json *row = json_first(json_member(policy->manifest, "answers")); row; row = json_next(row)) {
		const char *own = json_text(json_member(row, "service"));
		if (strcmp(own, service) == 0) {
			return own;
		}
		for (const struct json *one = json_first(json_member(row, "aliases")); one; one = json_next(one)) {
			if (strcmp(json_text(one), service) == 0) {
				return own;
			}
		}
	}
	for (size_t i = 0; i < policy->program_count; i++) {
		if (strcmp(policy->programs[i].service, service) == 0) {
			return policy->programs[i].service;
		}
	}
	return NULL;
}

static const struct program *find_program(const struct policy *policy, const char *service, const char *review)
{
	for (size_t i = 0; i < policy->program_count; i++) {
		const struct program *program = &policy->programs[i];
		if (strcmp(program->service, service) == 0 && strcmp(program->review, review) == 0) {
			return program;
		}
	}
	return NULL;
}

/* Days between a receipt and the time in which a version judges; 0 inside. */
static int distance(const struct policy *policy, struct civil_date day)
{
	if (civil_compare(day, policy->in_force_from) < 0) {
		return civil_days_between(day, policy->in_force_from);
	}
	if (civil_compare(day, policy->in_force_to) > 0) {
		return civil_days_between(policy->in_force_to, day);
	}
	return 0;
}

enum policy_match policy_match_own(const struct policy *policy, const char *service, const char *review,
				   struct instant received_at, const struct program **ret_program)
{
	const char *own = canonical_service(policy, service);
	const struct program *program = own ? find_program(policy, own, review) : NULL;
	if (!program) {
		return own ? POLICY_UNKNOWN_REVIEW : POLICY_UNKNOWN_SERVICE;
	}
	*ret_program = program;
	if (distance(policy, zone_date(policy->zone, received_at)) > 0) {
		return POLICY_NONE_IN_FORCE;
	}
	return program->route ? POLICY_MANUAL : POLICY_ANSWERS;
}

enum policy_match policy_set_match(const struct policy_set *set, const char *payer, const char *service, const char *review,
				   struct instant received_at, const struct program **ret_program)
{
	enum policy_match failure = POLICY_UNKNOWN_PAYER;
	const struct program *nearest = NULL;
	int nearest_days = INT_MAX;
	for (size_t i = 0; i < set->policy_count; i++) {
		const struct policy *policy = &set->policies[i];
		if (policy->draft || strcmp(policy->payer, payer) != 0) {
			continue;
		}
		failure = failure == POLICY_UNKNOWN_PAYER ? POLICY_UNKNOWN_SERVICE : failure;
		const char *own = canonical_service(policy, service);
		if (!own) {
			continue;
		}
		failure = POLICY_UNKNOWN_REVIEW;
		const struct program *program = find_program(policy, own, review);
		const int days = distance(policy, zone_date(policy->zone, received_at));
		if (program && days < nearest_days) {
			nearest = program;
			nearest_days = days;
		}
	}
	if (!nearest) {
		return failure;
	}
	*ret_program = nearest;
	if (nearest_days > 0) {
		return POLICY_NONE_IN_FORCE;
	}
	return nearest->route ? POLICY_MANUAL : POLICY_ANSWERS;
}

static bool overlap(const struct policy *a, const struct policy *b)
{
	return civil_compare(a->in_force_from, b->in_force_to) <= 0 && civil_compare(b->in_force_from, a->in_force_to) <= 0;
}

static const struct program *common_program(const struct policy *a, const struct policy *b)
{
	for (size_t i = 0; i < a->program_count; i++) {
		if (find_program(b, a->programs[i].service, a->programs[i].review)) {
			return &a->programs[i];
		}
	}
	return NULL;
}

static bool check_pair(struct loader *loader, const struct policy *a, const struct policy *b)
{
	const struct spot spot = spot_file(arena_printf(loader->arena, "%s/%s/policy.json", b->id, b->version));
	if (a->draft || b->draft || !overlap(a, b)) {
		return true;
	}
	if (strcmp(a->id, b->id) == 0) {
		const struct spot here = spot_member(&spot, "in_force");
		spot_issue(loader->issues, &here, "overlap", "version %s is in force on some of these days too", a->version);
		return false;
	}
	const struct program *common = strcmp(a->payer, b->payer) == 0 ? common_program(a, b) : NULL;
	if (common) {
		const struct spot here = spot_member(&spot, "answers");
		spot_issue(loader->issues, &here, "conflict", "policy %s %s answers %s/%s of this payer too", a->id, a->version,
			   common->service, common->review);
		return false;
	}
	return true;
}

bool load_conflicts(struct loader *loader)
{
	const struct policy_set *set = loader->set;
	bool good = true;
	for (size_t i = 0; i < set->policy_count; i++) {
		for (size_t k = i + 1; k < set->policy_count; k++) {
			good = check_pair(loader, &set->policies[i], &set->policies[k]) && good;
		}
	}
	return good;
}
