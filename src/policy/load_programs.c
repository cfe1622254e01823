/* SPDX-License-Identifier: Apache-2.0 */
/* Programs: the items that answer one service and review. */
#include "policy/loader.h"

#include <string.h>

const char *const review_names[] = {"initial", "concurrent", "continued_stay", "discharge", "care", "standing", NULL};
_Static_assert(sizeof(review_names) / sizeof(review_names[0]) == REVIEW_COUNT + 1, "every review has a word");

bool review_of_record(const char *review)
{
	for (size_t i = REVIEWS_OF_REQUESTS; i < REVIEW_COUNT; i++) {
		if (strcmp(review_names[i], review) == 0) {
			return true;
		}
	}
	return false;
}

static bool part_matches(const char *pattern, size_t length, const char *name)
{
	return (length == 1 && pattern[0] == '*') || (strlen(name) == length && strncmp(pattern, name, length) == 0);
}

/* "PDTS/initial" with an asterisk for either part. */
static bool pattern_matches(const char *pattern, const char *service, const char *review)
{
	const char *slash = strchr(pattern, '/');
	return slash && part_matches(pattern, (size_t)(slash - pattern), service) &&
	       part_matches(slash + 1, strlen(slash + 1), review);
}

/* The one review for which an obligation speaks; NULL: the item may speak for any. */
static const char *review_of_duty(const struct json *item)
{
	const struct json *attest = json_member(item, "attest");
	if (strcmp(json_text(json_member(item, "kind")), "obligation") != 0) {
		return NULL;
	}
	return attest && json_boolean(attest) ? "standing" : "care";
}

static bool item_matches(const struct item *item, const char *service, const char *review)
{
	const char *own = review_of_duty(item->json);
	if (own && strcmp(own, review) != 0) {
		return false;
	}
	const struct json *patterns = json_member(item->json, "for");
	for (const struct json *one = json_first(patterns); one; one = json_next(one)) {
		if (pattern_matches(json_text(one), service, review)) {
			return true;
		}
	}
	return patterns == NULL;
}

static struct program make_program(struct arena *arena, const struct policy *policy, const char *service, const char *review)
{
	const struct item **items = arena_array(arena, policy->item_count + 1, sizeof(const struct item *));
	struct program program = {.policy = policy, .service = service, .review = review, .items = items};
	for (size_t i = 0; i < policy->item_count; i++) {
		if (item_matches(policy->items[i], service, review)) {
			items[program.item_count++] = policy->items[i];
		}
	}
	return program;
}

static const struct program *find_program(const struct program *programs, size_t count, const char *service, const char *review)
{
	for (size_t i = 0; i < count; i++) {
		if (strcmp(programs[i].service, service) == 0 && strcmp(programs[i].review, review) == 0) {
			return &programs[i];
		}
	}
	return NULL;
}

struct programs {
	struct program *list;
	size_t count;
};

static bool add_program(struct loader *loader, struct programs *programs, const struct spot *spot, struct program program)
{
	if (find_program(programs->list, programs->count, program.service, program.review)) {
		spot_issue(loader->issues, spot, "duplicate", "%s/%s stands there twice", program.service, program.review);
		return false;
	}
	programs->list[programs->count++] = program;
	return true;
}

/* The reviews of one row: those it names, or all those of requests. */
static bool row_has(const struct json *row, const char *review)
{
	const struct json *reviews = json_member(row, "reviews");
	for (const struct json *one = json_first(reviews); one; one = json_next(one)) {
		if (strcmp(json_text(one), review) == 0) {
			return true;
		}
	}
	return json_first(reviews) == NULL && !review_of_record(review);
}

/* What staff handle by hand the policy does not judge; the clocks of the law run all the same. */
static void keep_overlays(struct arena *arena, struct program *program)
{
	const struct item **kept = arena_array(arena, program->item_count + 1, sizeof(const struct item *));
	size_t count = 0;
	for (size_t i = 0; i < program->item_count; i++) {
		if (strcmp(program->items[i]->basis, "overlay") == 0) {
			kept[count++] = program->items[i];
		}
	}
	program->items = kept;
	program->item_count = count;
}

static bool add_rows(struct loader *loader, struct programs *programs, const struct spot *spot, const struct policy *policy,
		     bool manual)
{
	const char *member = manual ? "manual" : "answers";
	const struct spot at_rows = spot_member(spot, member);
	bool good = true;
	size_t index = 0;
	for (const struct json *row = json_first(json_member(policy->manifest, member)); row; row = json_next(row), index++) {
		const struct spot here = spot_element(&at_rows, index);
		const char *service = json_text(json_member(row, "service"));
		const struct json *recorded = json_member(row, "recorded");
		const struct json *care = json_member(row, "care_needs_approval");
		for (size_t i = 0; review_names[i]; i++) {
			if (!row_has(row, review_names[i])) {
				continue;
			}
			struct program program = make_program(loader->arena, policy, service, review_names[i]);
			program.recorded = review_of_record(review_names[i]) || (recorded && json_boolean(recorded));
			program.needs_approval = care && json_boolean(care) && strcmp(review_names[i], "care") == 0;
			if (manual) {
				program.route = json_text(json_member(row, "reason"));
				keep_overlays(loader->arena, &program);
			}
			good = add_program(loader, programs, &here, program) && good;
		}
	}
	return good;
}

/* Whether a row other than that of SERVICE goes by a name too. */
static bool named_elsewhere(const struct json *rows, const char *service, const char *name)
{
	for (const struct json *row = json_first(rows); row; row = json_next(row)) {
		const char *other = json_text(json_member(row, "service"));
		if (strcmp(other, service) == 0) {
			continue;
		}
		if (strcmp(other, name) == 0) {
			return true;
		}
		for (const struct json *one = json_first(json_member(row, "aliases")); one; one = json_next(one)) {
			if (strcmp(json_text(one), name) == 0) {
				return true;
			}
		}
	}
	return false;
}

/* A name that two services go by would send requests to the first of them. */
static bool check_aliases(struct loader *loader, const struct json *manifest, const struct spot *spot)
{
	const struct json *answers = json_member(manifest, "answers");
	const struct spot at_answers = spot_member(spot, "answers");
	bool good = true;
	size_t index = 0;
	for (const struct json *row = json_first(answers); row; row = json_next(row), index++) {
		const char *service = json_text(json_member(row, "service"));
		const struct spot at_row = spot_element(&at_answers, index);
		const struct spot at_aliases = spot_member(&at_row, "aliases");
		size_t place = 0;
		for (const struct json *one = json_first(json_member(row, "aliases")); one; one = json_next(one), place++) {
			const char *alias = json_text(one);
			if (named_elsewhere(answers, service, alias) ||
			    named_elsewhere(json_member(manifest, "manual"), service, alias)) {
				const struct spot here = spot_element(&at_aliases, place);
				spot_issue(loader->issues, &here, "duplicate", "another service goes by the name \"%s\" too",
					   alias);
				good = false;
			}
		}
	}
	return good;
}

/* A pattern that no program fits is a slip of the pen; an overlay speaks to more policies than this one. */
static bool check_pattern(const struct programs *programs, const char *pattern)
{
	for (size_t i = 0; i < programs->count; i++) {
		if (pattern_matches(pattern, programs->list[i].service, programs->list[i].review)) {
			return true;
		}
	}
	return false;
}

static const char *near_program(struct arena *arena, const char *pattern, const struct programs *programs)
{
	const char **names = arena_array(arena, programs->count + 1, sizeof(*names));
	for (size_t i = 0; i < programs->count; i++) {
		names[i] = arena_printf(arena, "%s/%s", programs->list[i].service, programs->list[i].review);
	}
	return spot_near(arena, pattern, names, programs->count);
}

/* One that the policy does not answer, or of an obligation one that is neither running care nor what is attested. */
static bool check_one(struct loader *loader, const struct spot *spot, const struct json *item, const char *pattern,
		      const struct programs *programs)
{
	const char *own = review_of_duty(item);
	const char *slash = strchr(pattern, '/');
	if (!check_pattern(programs, pattern)) {
		spot_issue(loader->issues, spot, "unknown_service", "the policy answers no %s%s", pattern,
			   near_program(loader->arena, pattern, programs));
		return false;
	}
	if (own && !part_matches(slash + 1, strlen(slash + 1), own)) {
		spot_issue(loader->issues, spot, "wrong_review", "this obligation is owed for SERVICE/%s", own);
		return false;
	}
	return true;
}

static bool check_patterns(struct loader *loader, const struct version_files *files, const struct policy *policy,
			   const struct programs *programs)
{
	bool good = true;
	for (const struct json *name = json_first(json_member(policy->manifest, "items")); name; name = json_next(name)) {
		const char *file = version_file_name(loader, files, json_text(name));
		const struct spot spot = spot_file(file);
		const struct spot at_items = spot_member(&spot, "items");
		const struct json *json = NULL;
		for (size_t i = 0; i < files->names.count; i++) {
			json = strcmp(files->names.names[i], json_text(name)) == 0 ? files->files[i] : json;
		}
		size_t index = 0;
		for (const struct json *item = json_first(json_member(json, "items")); item; item = json_next(item), index++) {
			const struct spot at_item = spot_element(&at_items, index);
			const struct spot at_for = spot_member(&at_item, "for");
			size_t place = 0;
			for (const struct json *one = json_first(json_member(item, "for")); one;
			     one = json_next(one), place++) {
				const struct spot here = spot_element(&at_for, place);
				good = check_one(loader, &here, item, json_text(one), programs) && good;
			}
		}
	}
	return good;
}

/* Where no request for the service is decided here, its care could never begin. */
static bool check_approvals(struct loader *loader, const struct programs *programs, const struct json *manifest,
			    const struct spot *spot)
{
	const struct spot at_rows = spot_member(spot, "answers");
	bool good = true;
	size_t index = 0;
	for (const struct json *row = json_first(json_member(manifest, "answers")); row; row = json_next(row), index++) {
		const struct json *care = json_member(row, "care_needs_approval");
		const struct spot at_row = spot_element(&at_rows, index);
		const struct spot here = spot_member(&at_row, "care_needs_approval");
		if (!care || !json_boolean(care)) {
			continue;
		}
		const struct program *first =
			find_program(programs->list, programs->count, json_text(json_member(row, "service")), "initial");
		if (!row_has(row, "care") || !first || first->route || first->recorded) {
			spot_issue(loader->issues, &here, "nothing_approves",
				   "the row has the review care, and the policy decides the service's initial review");
			good = false;
		}
	}
	return good;
}

/* A kind that follows from an approval says nothing where no care needs one. */
static bool check_followers(struct loader *loader, const struct programs *programs, const struct json *manifest,
			    const struct spot *spot)
{
	const struct spot at_kinds = spot_member(spot, "occurrences");
	bool needed = false;
	bool good = true;
	for (size_t i = 0; i < programs->count; i++) {
		needed = needed || programs->list[i].needs_approval;
	}
	for (const struct json *kind = json_first(json_member(manifest, "occurrences")); kind; kind = json_next(kind)) {
		const struct json *follows = json_member(kind, "needs_approval");
		const struct spot at_kind = spot_member(&at_kinds, json_name(kind));
		const struct spot here = spot_member(&at_kind, "needs_approval");
		if (follows && json_boolean(follows) && !needed) {
			spot_issue(loader->issues, &here, "nothing_approves", "no care of the policy needs an approval");
			good = false;
		}
	}
	return good;
}

bool load_programs(struct loader *loader, const struct version_files *files, struct policy *policy)
{
	const struct spot spot = spot_file(version_file_name(loader, files, "policy.json"));
	const size_t rows =
		json_count(json_member(policy->manifest, "answers")) + json_count(json_member(policy->manifest, "manual"));
	struct programs programs = {arena_array(loader->arena, rows * REVIEW_COUNT + 1, sizeof(struct program)), 0};
	bool good = add_rows(loader, &programs, &spot, policy, false);
	good = add_rows(loader, &programs, &spot, policy, true) && good;
	good = check_aliases(loader, policy->manifest, &spot) && good;
	good = check_patterns(loader, files, policy, &programs) && good;
	good = check_approvals(loader, &programs, policy->manifest, &spot) && good;
	good = check_followers(loader, &programs, policy->manifest, &spot) && good;
	policy->programs = programs.list;
	policy->program_count = programs.count;
	return good;
}

/* ---- overlays ---- */

static bool takes(const struct policy *policy, const struct policy_overlay *overlay)
{
	for (size_t i = 0; i < policy->overlay_count; i++) {
		if (policy->overlays[i] == overlay) {
			return true;
		}
	}
	return false;
}

static const char *near_review(struct arena *arena, const char *pattern)
{
	const char *names[REVIEW_COUNT];
	for (size_t i = 0; i < REVIEW_COUNT; i++) {
		names[i] = arena_printf(arena, "*/%s", review_names[i]);
	}
	return spot_near(arena, pattern, names, REVIEW_COUNT);
}

/* Whether a policy that takes the overlay, or without any the reviews that there are, fit the pattern. */
static bool overlay_matches(const struct policy_set *set, const struct policy_overlay *overlay, const char *pattern)
{
	bool taken = false;
	for (size_t i = 0; i < set->policy_count; i++) {
		const struct policy *policy = &set->policies[i];
		if (takes(policy, overlay)) {
			taken = true;
			for (size_t k = 0; k < policy->program_count; k++) {
				if (pattern_matches(pattern, policy->programs[k].service, policy->programs[k].review)) {
					return true;
				}
			}
		}
	}
	for (size_t i = 0; i < REVIEW_COUNT && !taken; i++) {
		const char *slash = strchr(pattern, '/');
		if (slash && part_matches(slash + 1, strlen(slash + 1), review_names[i])) {
			return true;
		}
	}
	return false;
}

bool load_overlay_patterns(struct loader *loader)
{
	bool good = true;
	for (size_t i = 0; i < loader->set->overlay_count; i++) {
		const struct policy_overlay *overlay = &loader->set->overlays[i];
		const struct spot spot = spot_file(overlay->file);
		const struct spot at_items = spot_member(&spot, "items");
		size_t index = 0;
		for (const struct json *item = json_first(json_member(overlay->json, "items")); item; item = json_next(item)) {
			const struct spot at_item = spot_element(&at_items, index++);
			const struct spot at_for = spot_member(&at_item, "for");
			size_t place = 0;
			for (const struct json *one = json_first(json_member(item, "for")); one; one = json_next(one)) {
				const struct spot here = spot_element(&at_for, place++);
				if (!overlay_matches(loader->set, overlay, json_text(one))) {
					spot_issue(loader->issues, &here, "unknown_service",
						   "no policy that takes it answers %s%s", json_text(one),
						   near_review(loader->arena, json_text(one)));
					good = false;
				}
			}
		}
	}
	return good;
}
