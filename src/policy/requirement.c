/* SPDX-License-Identifier: Apache-2.0 */
#include "policy/requirement.h"

#include "policy/explain.h"
#include "policy/phrase.h"
#include "policy/say.h"
#include "policy/vocabulary.h"
#include "policy/window.h"

#include <string.h>

/* What alone makes an authorization needed asks nothing of anybody: by itself it would read as something that has to be so. */
static const char *asked(const struct item *item, const char *text, struct arena *arena)
{
	return item->kind != KIND_ELIGIBILITY || item->then != THEN_NOT_REQUIRED ? text
	       : item->when || item->after
		       ? arena_printf(arena, "Where it applies, no authorization is needed unless this is so: %s", text)
		       : arena_printf(arena, "No authorization is needed unless this is so: %s", text);
}

/* The earliest date in sentences: an instant counts back from the hour of receipt, which nobody knows beforehand. */
static const char *earliest_words(const struct item *item, const char *earliest, struct arena *arena)
{
	return earliest && item->window->unit == WINDOW_HOURS
		       ? arena_printf(arena, "%.10s (counted to the hour of receipt)", earliest)
		       : earliest;
}

const struct requirement *requirements_of(const struct program *program, struct civil_date day, struct arena *arena,
					  size_t *ret_count)
{
	const struct zone *zone = program->policy->zone;
	const struct sayer sayer = {.arena = arena, .policy = program->policy, .plain = true, .program = program};
	const struct window_anchor anchor = {zone, zone_end_of_day(zone, day), day, day};
	struct requirement *requirements = arena_array(arena, program->item_count + 1, sizeof(*requirements));
	for (size_t i = 0; i < program->item_count; i++) {
		const struct item *item = program->items[i];
		const char *earliest = item->window ? window_earliest_text(arena, item->window, &anchor) : NULL;
		const char *date = earliest_words(item, earliest, arena);
		requirements[i] = (struct requirement){
			.item = item,
			.text = asked(item, phrase_earliest(arena, item->text, date), arena),
			.ask = phrase_earliest(arena, item->ask, date),
			.earliest = earliest,
			.follows = explain_kind(program->policy, item, arena),
			.clock = say_duty(&sayer, item),
			.paused = say_paused(&sayer, item),
			.conditional = item->when || item->after,
		};
		requirement_hangs(program, &sayer, &requirements[i]);
	}
	*ret_count = program->item_count;
	return requirements;
}

const char *requirement_service(const struct program *program)
{
	for (const struct json *row = json_first(json_member(program->policy->manifest, "answers")); row;
	     row = json_next(row)) {
		const char *title = json_text(json_member(row, "title"));
		if (title && strcmp(json_text(json_member(row, "service")), program->service) == 0) {
			return title;
		}
	}
	return NULL;
}

/* Whether something that is not so leaves the request to staff. */
static bool routes(const struct program *program)
{
	for (size_t i = 0; i < program->item_count; i++) {
		if (program->items[i]->kind == KIND_ELIGIBILITY && program->items[i]->then == THEN_ROUTE) {
			return true;
		}
	}
	return false;
}

/* The sentence of a policy that asks for no authorization; nobody may read it without the condition under which it holds. */
static const char *not_required(const struct program *program, const struct item *item, struct arena *arena)
{
	const struct sayer sayer = {.arena = arena, .policy = program->policy, .plain = true, .program = program};
	struct requirement requirement = {.item = item};
	requirement_hangs(program, &sayer, &requirement);
	const char *applies = requirement.applies;
	const char *unmet = item->unmet ? item->unmet : "";
	if (!item->when && item->at_once && item->verified_by == 0) {
		return arena_printf(arena, "%s %s %sThis is not so where %s%s%s%s", unmet, item->ask ? item->ask : "",
				    applies ? arena_printf(arena, "This is so only where %s. ", applies) : "",
				    vocabulary_phrase(arena, item->text),
				    routes(program) ? " What staff take by hand all the same stands below." : "",
				    item->note ? " " : "", item->note ? item->note : "");
	}
	return arena_printf(arena,
			    "No authorization is needed only where %s%sthis is so: %s In every other case send a request.",
			    applies ? applies : "", applies ? ", and where " : "", unmet);
}

const char *const *requirement_first(const struct program *program, struct arena *arena, size_t *ret_count)
{
	const char **said = arena_array(arena, program->item_count + 3, sizeof(*said));
	size_t count = 0;
	if (program->route) {
		said[count++] = arena_printf(arena, "A request is recorded and taken by hand. %s", program->route);
	}
	if (program->recorded && !review_of_record(program->review)) {
		said[count++] =
			"What is sent is recorded at once and answered with what is found; it is never approved or denied.";
	}
	if (program->needs_approval) {
		said[count++] = "The care begins with an approved request: a service record names that request.";
	}
	for (size_t i = 0; i < program->item_count; i++) {
		const struct item *item = program->items[i];
		if (item->kind == KIND_ELIGIBILITY && item->then == THEN_NOT_REQUIRED) {
			said[count++] = not_required(program, item, arena);
		}
	}
	*ret_count = count;
	return said;
}

/* Whether some selector below NODE names the kind. */
static bool names_kind(const struct json *node, const char *kind)
{
	const struct json *named = json_member(node, "occurrence");
	for (const struct json *one = json_first(named); one; one = json_next(one)) {
		if (json_text(one) && strcmp(json_text(one), kind) == 0) {
			return true;
		}
	}
	for (const struct json *one = json_first(node); one; one = json_next(one)) {
		if (names_kind(one, kind)) {
			return true;
		}
	}
	return false;
}

const struct occurrence_kind *const *requirement_kinds(const struct program *program, struct arena *arena, size_t *ret_count)
{
	const struct occurrence_kinds *kinds = policy_occurrences(program->policy);
	const struct json *declared = json_member(program->policy->manifest, "occurrences");
	const struct occurrence_kind **found =
		arena_array(arena, json_count(declared) + 1, sizeof(const struct occurrence_kind *));
	size_t count = 0;
	for (const struct json *one = json_first(declared); kinds && one; one = json_next(one)) {
		bool named = false;
		for (size_t i = 0; i < program->item_count && !named; i++) {
			named = names_kind(program->items[i]->json, json_name(one));
		}
		if (named) {
			found[count++] = occurrence_kind_find(kinds, json_name(one));
		}
	}
	*ret_count = count;
	return found;
}
