/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/policy_sets.h"

#include "base/log.h"
#include "policy/table.h"

#include <malloc.h>
#include <stdio.h>
#include <string.h>

struct held_set {
	struct policy_set *set;
	struct held_set *before;
};

static struct policy_set *load(const struct policy_sets *sets, struct issues *issues)
{
	return policy_set_load(sets->directory, sets->tables, embedded_json, sets->schemas, issues);
}

static void hold(struct policy_sets *sets, struct policy_set *set)
{
	struct held_set *held = arena_alloc(sets->arena, sizeof(*held));
	*held = (struct held_set){set, sets->held};
	sets->held = held;
}

bool policy_sets_start(struct policy_sets *sets, struct service *service, struct err *err)
{
	struct issues issues;
	issues_init(&issues, sets->arena);
	struct policy_set *set = load(sets, &issues);
	for (size_t i = 0; i < issues.count; i++) {
		(void)fprintf(stderr, "authreviewd: %s: %s\n", issues.items[i].pointer, issues.items[i].detail);
	}
	if (set != NULL) {
		hold(sets, set);
	}
	if (set == NULL || policy_set_count(set) == 0) {
		return err_set(err, ERR_CONFIG, "policies: %s", issues.count > 0 ? "the set was refused" : "there is none");
	}
	service->policies = set;
	return true;
}

static size_t rows_of(const struct policy_set *set)
{
	const struct policy_tables *tables = policy_set_tables(set);
	size_t rows = 0;
	for (size_t i = 0; i < tables->count; i++) {
		rows += tables->tables[i].row_count;
	}
	return rows;
}

static void tell_problems(const struct issues *issues)
{
	for (size_t i = 0; i < issues->count; i++) {
		LOG(LOG_ERROR, "policy_problem", LOG_TEXT("place", issues->items[i].pointer),
		    LOG_TEXT("detail", issues->items[i].detail));
	}
}

static void refuse(struct service *service, const char *detail, const struct issues *issues)
{
	atomic_store_explicit(&service->reload_refused_us, service_now(service).us, memory_order_release);
	LOG(LOG_ERROR, "policies_refused", LOG_TEXT("detail", detail),
	    LOG_NUMBER("problems", (int64_t)(issues->count + issues->omitted)));
}

static void tell_changed(const char *event, const char *kind, const char *id, const char *digest, const char *before)
{
	if (before == NULL || strcmp(digest, before) != 0) {
		LOG(LOG_WARNING, event, LOG_TEXT(kind, id), LOG_TEXT("digest", digest), LOG_TEXT("digest_before", before));
	}
}

/* Calendars grow and the law changes: neither makes a new version, so somebody should see that they did. */
static void tell_shared(const struct policy_set *set, const struct policy_set *before)
{
	size_t count = 0;
	size_t known = 0;
	const struct calendar *calendars = policy_set_calendars(set, &count);
	const struct calendar *old_calendars = policy_set_calendars(before, &known);
	for (size_t i = 0; i < count; i++) {
		const char *digest = NULL;
		for (size_t k = 0; k < known; k++) {
			digest = strcmp(old_calendars[k].id, calendars[i].id) == 0 ? old_calendars[k].digest_hex : digest;
		}
		tell_changed("calendar_changed", "calendar", calendars[i].id, calendars[i].digest_hex, digest);
	}
	const struct policy_overlay *overlays = policy_set_overlays(set, &count);
	const struct policy_overlay *old_overlays = policy_set_overlays(before, &known);
	for (size_t i = 0; i < count; i++) {
		const char *digest = NULL;
		for (size_t k = 0; k < known; k++) {
			digest = strcmp(old_overlays[k].id, overlays[i].id) == 0 ? old_overlays[k].digest_hex : digest;
		}
		tell_changed("overlay_changed", "overlay", overlays[i].id, overlays[i].digest_hex, digest);
	}
}

static void reload(struct policy_sets *sets, struct service *service, struct issues *issues)
{
	struct err err = {0};
	const struct policy_set *before = service_policies(service);
	struct policy_set *set = load(sets, issues);
	if (set == NULL || policy_set_count(set) == 0) {
		tell_problems(issues);
		refuse(service, set == NULL ? "the set in force stays" : "there is no policy; the set in force stays", issues);
		policy_set_destroy(set);
		return;
	}
	if (!service_replace_policies(service, set, sets->arena, &err)) {
		refuse(service, err.detail, issues);
		policy_set_destroy(set);
		return;
	}
	hold(sets, set);
	atomic_store_explicit(&service->reload_refused_us, 0, memory_order_release);
	tell_shared(set, before);
	LOG(LOG_INFO, "policies_reloaded", LOG_NUMBER("policies", (int64_t)policy_set_count(set)),
	    LOG_NUMBER("table_rows", (int64_t)rows_of(set)));
}

void policy_sets_reload(struct policy_sets *sets, struct service *service)
{
	struct arena *scratch = arena_create();
	struct issues issues;
	issues_init(&issues, scratch);
	reload(sets, service, &issues);
	arena_destroy(scratch);
	(void)malloc_trim(0); /* what loading needed for a moment */
}

void policy_sets_finish(struct policy_sets *sets)
{
	for (const struct held_set *held = sets->held; held != NULL; held = held->before) {
		policy_set_destroy(held->set);
	}
}
