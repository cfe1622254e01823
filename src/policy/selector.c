/* SPDX-License-Identifier: Apache-2.0 */
#include "policy/selector.h"

#include "base/sort.h"
#include "base/text.h"

#include <string.h>

static bool means(const struct selector *selector, uint16_t kind)
{
	return selector->kinds->closed[kind] || (selector->others && selector->others->closed[kind]);
}

const uint32_t *selector_candidates(const struct selector *selector, const struct evaluator *evaluator, size_t *ret_count)
{
	const struct groups *groups = &evaluator->by_kind;
	const uint32_t *found = NULL;
	size_t kinds = 0;
	size_t count = 0;
	for (size_t i = 0; i < selector->meant_count; i++) {
		const uint32_t *from = &groups->from[selector->meant[i]];
		kinds += from[1] > from[0];
		found = from[1] > from[0] ? &groups->order[from[0]] : found;
		count += from[1] - from[0];
	}
	*ret_count = count;
	if (kinds <= 1) {
		return found;
	}
	uint32_t *merged = arena_array(evaluator->arena, count, sizeof(*merged));
	size_t filled = 0;
	for (uint32_t i = 0; i < evaluator->occurrence_count; i++) {
		if (means(selector, evaluator->occurrences[i].kind)) {
			merged[filled++] = i;
		}
	}
	return merged;
}

enum answer selector_judge(const struct selector *selector, const struct evaluator *evaluator,
			   const struct occurrence *occurrence, const struct condition **ret_open)
{
	*ret_open = NULL;
	if (selector->others && selector->others->closed[occurrence->kind]) {
		return ANSWER_MET;
	}
	if (!selector->kinds->closed[occurrence->kind]) {
		return ANSWER_NOT_MET;
	}
	for (size_t i = 0; i < selector->condition_count; i++) {
		const enum answer one = condition_judge(&selector->conditions[i], evaluator, occurrence->record);
		if (one == ANSWER_NOT_MET) {
			return ANSWER_NOT_MET;
		}
		*ret_open = one == ANSWER_UNKNOWN && !*ret_open ? &selector->conditions[i] : *ret_open;
	}
	return *ret_open ? ANSWER_UNKNOWN : ANSWER_MET;
}

bool selector_when(const struct selector *selector, const struct evaluator *evaluator, const struct occurrence *occurrence,
		   struct happening *ret_happening)
{
	const struct zone *zone = evaluator->policy->zone;
	if (!selector->has_day) {
		*ret_happening = (struct happening){occurrence, occurrence->on, occurrence->at, occurrence->timed};
		return occurrence->dated;
	}
	const struct value *day = &occurrence->record->values[selector->day];
	if (!value_given(day)) {
		return false;
	}
	const bool timed = day->type == VALUE_INSTANT;
	const struct civil_date on = value_day(day, zone);
	*ret_happening = (struct happening){occurrence, on, timed ? day->instant : zone_instant(zone, on, 0), timed};
	return true;
}

static int by_day(const void *a, const void *b)
{
	const struct happening *one = a;
	const struct happening *other = b;
	const int order = civil_compare(one->on, other->on);
	const size_t first = one->occurrence->place;
	const size_t second = other->occurrence->place;
	return order != 0 ? order : (first > second) - (first < second);
}

static int by_moment(const void *a, const void *b)
{
	const int order = instant_compare(((const struct happening *)a)->at, ((const struct happening *)b)->at);
	return order != 0 ? order : by_day(a, b);
}

struct happening *selector_take(const struct selector *selector, const struct evaluator *evaluator, bool timed,
				size_t *ret_count)
{
	size_t candidate_count;
	const uint32_t *candidates = selector_candidates(selector, evaluator, &candidate_count);
	struct happening *taken = arena_array(evaluator->arena, candidate_count, sizeof(*taken));
	size_t count = 0;
	for (size_t i = 0; i < candidate_count; i++) {
		const struct occurrence *occurrence = &evaluator->occurrences[candidates[i]];
		const struct condition *ignored;
		if (selector_judge(selector, evaluator, occurrence, &ignored) == ANSWER_MET &&
		    selector_when(selector, evaluator, occurrence, &taken[count]) && (!timed || taken[count].timed)) {
			count++;
		}
	}
	sort_in(evaluator->arena, taken, count, sizeof(*taken), timed ? by_moment : by_day);
	*ret_count = count;
	return taken;
}

bool happening_later(const struct happening *a, const struct happening *b)
{
	const int order = a->timed && b->timed ? instant_compare(a->at, b->at) : 0;
	return order != 0 ? order > 0 : by_day(a, b) > 0;
}

struct happening happening_came_up(const struct happening *happening)
{
	const struct occurrence *one = happening->occurrence;
	return (struct happening){one, one->on, one->at, one->timed};
}

bool selector_same(const struct selector *selector, const struct occurrence *a, const struct occurrence *b)
{
	const size_t same_count = selector->others && selector->others->closed[b->kind] ? 0 : selector->same_count;
	for (size_t i = 0; i < same_count; i++) {
		const struct value *one = &a->record->values[selector->same[i]];
		const struct value *other = &b->record->values[selector->same[i]];
		if (!condition_given(one) || !condition_given(other) || strcmp(one->text, other->text) != 0) {
			return false;
		}
	}
	return true;
}

/* ---- compiling ---- */

static bool allowed(struct compiler *compiler, const struct json *node, const struct spot *spot, unsigned parts)
{
	const char *names[] = {"occurrence", "where", "day", "or", NULL, NULL, NULL, NULL};
	size_t count = 4;
	if ((parts & SELECTOR_WHICH) != 0) {
		names[count++] = "which";
	}
	if ((parts & SELECTOR_EARLIER) != 0) {
		names[count++] = "earlier";
	}
	if ((parts & SELECTOR_SAME) != 0) {
		names[count++] = "same";
	}
	return arguments_only(compiler, node, spot, names);
}

/* "the contact, the visit or the session", by their titles */
static const char *kinds_phrase(struct compiler *compiler, const struct json *names, const struct spot *spot)
{
	const struct occurrence_kinds *kinds = compiler->vocabulary->occurrences;
	const char *phrase = "";
	struct item_words words;
	if (!words_list(compiler, names, spot, &words)) {
		return NULL;
	}
	for (size_t k = 0; k < words.count; k++) {
		const char *joint = k == 0 ? "" : k + 1 < words.count ? ", " : " or ";
		for (size_t i = 0; i < kinds->count; i++) {
			if (strcmp(kinds->kinds[i].name, words.list[k]) == 0) {
				phrase = arena_printf(compiler->arena, "%s%s%s", phrase, joint, kinds->kinds[i].phrase);
			}
		}
	}
	return phrase;
}

static bool compile_kinds(struct compiler *compiler, const struct json *node, const struct spot *spot,
			  struct selector *selector)
{
	const struct json *names = argument(compiler, node, spot, "occurrence", JSON_ARRAY);
	const struct spot here = spot_member(spot, "occurrence");
	struct slot slot;
	if (!names || !shape_find(compiler->vocabulary->request, "/facts/occurrences/*/kind", &slot)) {
		return false;
	}
	selector->kinds = words_compile(compiler, names, &here, &slot);
	selector->phrase = selector->kinds ? kinds_phrase(compiler, names, &here) : NULL;
	const struct json *others = NULL;
	const struct spot at_or = spot_member(spot, "or");
	if (!argument_optional(compiler, node, spot, "or", JSON_ARRAY, &others)) {
		return false;
	}
	selector->others = others ? words_compile(compiler, others, &at_or, &slot) : NULL;
	if (!selector->kinds || (others && !selector->others)) {
		return false;
	}
	const size_t kinds = compiler->vocabulary->occurrences->count;
	uint16_t *meant = arena_array(compiler->arena, kinds, sizeof(*meant));
	for (size_t i = 0; i < kinds; i++) {
		if (means(selector, (uint16_t)i)) {
			meant[selector->meant_count++] = (uint16_t)i;
		}
	}
	selector->meant = meant;
	return true;
}

static bool compile_day(struct compiler *compiler, const struct layout *layout, const struct json *node,
			const struct spot *spot, struct selector *selector)
{
	const struct json *day = NULL;
	const struct spot here = spot_member(spot, "day");
	struct slot slot;
	if (!argument_optional(compiler, node, spot, "day", JSON_TEXT, &day)) {
		return false;
	}
	if (!day) {
		return true;
	}
	if (!condition_member(compiler, layout, json_text(day), &here, &slot)) {
		return false;
	}
	if (slot.type != VALUE_DATE && slot.type != VALUE_INSTANT) {
		spot_issue(compiler->issues, &here, "wrong_place", "%s holds no date", json_text(day));
		return false;
	}
	selector->has_day = true;
	selector->day = slot.index;
	return true;
}

static bool compile_same(struct compiler *compiler, const struct layout *layout, const struct json *node,
			 const struct spot *spot, struct selector *selector)
{
	const struct json *list = NULL;
	const struct spot at_list = spot_member(spot, "same");
	if (!argument_optional(compiler, node, spot, "same", JSON_ARRAY, &list)) {
		return false;
	}
	uint16_t *same = arena_array(compiler->arena, json_count(list) + 1, sizeof(*same));
	bool good = true;
	for (const struct json *one = json_first(list); one; one = json_next(one)) {
		const struct spot here = spot_element(&at_list, selector->same_count);
		struct slot slot = {0};
		const char *name = json_text(one) ? json_text(one) : "";
		good = condition_member(compiler, layout, name, &here, &slot) && good;
		if (good && slot.type != VALUE_TEXT && slot.type != VALUE_WORD) {
			spot_issue(compiler->issues, &here, "wrong_place", "%s is no text", name);
			good = false;
		}
		same[selector->same_count++] = slot.index;
	}
	selector->same = same;
	return good;
}

static bool compile_choice(struct compiler *compiler, const struct json *node, const struct spot *spot,
			   struct selector *selector)
{
	static const char *const names[] = {"first", "latest", NULL};
	const struct json *which = json_member(node, "which");
	const struct json *earlier = NULL;
	const struct spot here = spot_member(spot, "which");
	unsigned place = 0;
	if ((which && !word_choice(compiler, which, &here, names, &place)) ||
	    !argument_optional(compiler, node, spot, "earlier", JSON_BOOLEAN, &earlier)) {
		return false;
	}
	selector->latest = place == 1;
	selector->earlier = earlier && json_boolean(earlier);
	return true;
}

bool selector_compile(struct compiler *compiler, const struct json *node, const struct spot *spot, unsigned parts,
		      struct selector *ret_selector)
{
	const struct layout *layout = shape_elements(compiler->vocabulary->request, occurrence_list);
	const struct spot at_where = spot_member(spot, "where");
	const struct json *where = NULL;
	*ret_selector = (struct selector){0};
	if (!compiler->vocabulary->occurrences || !layout) {
		spot_issue(compiler->issues, spot, "no_occurrences", "policy.json declares no occurrences");
		return false;
	}
	if (!allowed(compiler, node, spot, parts) || !argument_optional(compiler, node, spot, "where", JSON_OBJECT, &where)) {
		return false;
	}
	bool good = compile_kinds(compiler, node, spot, ret_selector);
	good = conditions_compile(compiler, occurrence_list, where, &at_where, &ret_selector->conditions,
				  &ret_selector->condition_count) &&
	       good;
	good = compile_day(compiler, layout, node, spot, ret_selector) && good;
	good = compile_choice(compiler, node, spot, ret_selector) && good;
	return compile_same(compiler, layout, node, spot, ret_selector) && good;
}
