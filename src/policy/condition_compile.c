/* SPDX-License-Identifier: Apache-2.0 */
/* Conditions as policies write them. */
#include "policy/condition.h"

#include "policy/reach.h"

#include <string.h>

bool condition_member(struct compiler *compiler, const struct layout *layout, const char *name, const struct spot *spot,
		      struct slot *ret_slot)
{
	if (layout_find(layout, name, ret_slot)) {
		return true;
	}
	spot_issue(compiler->issues, spot, "dangling_pointer", "the elements have no member %s", name);
	return false;
}

static bool is_time(const struct slot *slot)
{
	return slot->type == VALUE_DATE || slot->type == VALUE_INSTANT;
}

/* "spans": {"from": "active_from", "to": "active_to", "day": "first_day"} */
static bool compile_span(struct compiler *compiler, const struct layout *layout, const struct json *node,
			 const struct spot *spot, struct condition *made)
{
	static const char *const names[] = {"from", "to", "day", NULL};
	if (!arguments_only(compiler, node, spot, names)) {
		return false;
	}
	const struct json *from = argument(compiler, node, spot, "from", JSON_TEXT);
	const struct json *to = argument(compiler, node, spot, "to", JSON_TEXT);
	const struct json *day = argument(compiler, node, spot, "day", JSON_TEXT);
	const struct spot at_day = spot_member(spot, "day");
	struct slot first;
	struct slot last;
	if (!from || !to || !day || !check_day_compile(compiler, day, &at_day, &made->day) ||
	    !condition_member(compiler, layout, json_text(from), spot, &first) ||
	    !condition_member(compiler, layout, json_text(to), spot, &last)) {
		return false;
	}
	if (!is_time(&first) || !is_time(&last)) {
		spot_issue(compiler->issues, spot, "wrong_place", "from and to must be dates");
		return false;
	}
	made->kind = CONDITION_SPANS;
	made->slot = first.index;
	made->until = last.index;
	made->name = json_text(from);
	return true;
}

/* {"by": "arrival"} or {"not_by": "arrival"}: a date that has come by that day, or has not */
static bool compile_by(struct compiler *compiler, const struct json *node, const struct spot *spot, struct condition *made)
{
	static const char *const names[] = {"by", "not_by", NULL};
	const struct json *day = json_first(node);
	if (!arguments_only(compiler, node, spot, names)) {
		return false;
	}
	if (!day || json_next(day)) {
		spot_issue(compiler->issues, spot, "missing_member", "says by or not_by, and only one of them");
		return false;
	}
	const struct spot at_day = spot_member(spot, json_name(day));
	made->kind = CONDITION_BY;
	made->wanted = strcmp(json_name(day), "by") == 0;
	return check_day_compile(compiler, day, &at_day, &made->day);
}

/* {"not": false}: a boolean that says so, or says nothing */
static bool compile_unless(struct compiler *compiler, const struct json *node, const struct spot *spot, struct condition *made)
{
	static const char *const names[] = {"not", NULL};
	const struct json *said =
		arguments_only(compiler, node, spot, names) ? argument(compiler, node, spot, "not", JSON_BOOLEAN) : NULL;
	made->kind = CONDITION_UNLESS;
	made->wanted = said && json_boolean(said);
	return said != NULL;
}

/* "at": ["on", "at"]: the first of these days that is given */
static bool compile_own_day(struct compiler *compiler, const struct layout *layout, const struct json *node,
			    const struct spot *spot, struct condition *made)
{
	enum { DAYS_MAX = 2 };
	const struct json *at = argument(compiler, node, spot, "at", JSON_ARRAY);
	const struct spot at_days = spot_member(spot, "at");
	struct slot slots[DAYS_MAX];
	size_t count = 0;
	for (const struct json *one = json_first(at); one && count < DAYS_MAX; one = json_next(one), count++) {
		const struct spot here = spot_element(&at_days, count);
		if (!condition_member(compiler, layout, json_text(one) ? json_text(one) : "", &here, &slots[count])) {
			return false;
		}
		if (!is_time(&slots[count])) {
			spot_issue(compiler->issues, &here, "wrong_place", "%s holds no date", json_text(one));
			return false;
		}
	}
	if (at && (count == 0 || json_count(at) > DAYS_MAX)) {
		spot_issue(compiler->issues, &at_days, "out_of_range", "names 1 to %d members", DAYS_MAX);
	}
	if (count == 0 || json_count(at) > DAYS_MAX) {
		return false;
	}
	made->slot = slots[0].index;
	made->until = slots[count - 1].index;
	made->name = json_text(json_first(at));
	return true;
}

/* "covered": {"at": ["on", "at"], "is": false} */
static bool compile_covered(struct compiler *compiler, const struct layout *layout, const struct json *node,
			    const struct spot *spot, struct condition *made)
{
	static const char *const names[] = {"at", "is", NULL};
	const struct json *is =
		arguments_only(compiler, node, spot, names) ? argument(compiler, node, spot, "is", JSON_BOOLEAN) : NULL;
	if (!is || !compile_own_day(compiler, layout, node, spot, made)) {
		return false;
	}
	made->kind = CONDITION_COVERED;
	made->wanted = json_boolean(is);
	return true;
}

/* "aged": {"at": ["on", "at"], "years": 18, "below": true} */
static bool compile_aged(struct compiler *compiler, const struct layout *layout, const struct json *node,
			 const struct spot *spot, struct condition *made)
{
	static const char *const names[] = {"at", "years", "below", NULL};
	enum { YEARS_MAX = 120 };
	const struct json *below =
		arguments_only(compiler, node, spot, names) ? argument(compiler, node, spot, "below", JSON_BOOLEAN) : NULL;
	if (!below || !argument_count(compiler, node, spot, "years", 1, YEARS_MAX, &made->years) ||
	    !compile_own_day(compiler, layout, node, spot, made)) {
		return false;
	}
	made->kind = CONDITION_AGED;
	made->wanted = json_boolean(below);
	phrase_number(compiler, &compiler->phrases.years, made->years);
	return true;
}

/* {"among": path}: the text of one member of the elements of another list */
static bool compile_among(struct compiler *compiler, const struct json *node, const struct spot *spot, struct condition *made)
{
	static const char *const names[] = {"among", NULL};
	struct reach *among = arena_alloc(compiler->arena, sizeof(*among));
	const struct spot here = spot_member(spot, "among");
	if (!arguments_only(compiler, node, spot, names)) {
		return false;
	}
	const struct json *path = argument(compiler, node, spot, "among", JSON_TEXT);
	if (!path || !reach_compile(compiler, path, &here, among)) {
		return false;
	}
	if (!among->slot.list || among->slot.type != VALUE_TEXT) {
		spot_issue(compiler->issues, &here, "wrong_place", "%s is no text of the elements of a list", json_text(path));
		return false;
	}
	struct reach list;
	const char *asterisk = strchr(among->pointer, '*');
	const char *of = arena_printf(compiler->arena, "%.*s", (int)(asterisk - among->pointer - 1), among->pointer);
	if (!reach_path(compiler, of, &here, &list)) {
		return false;
	}
	made->kind = CONDITION_AMONG;
	made->among = among;
	made->among_phrase = list.phrase;
	return true;
}

/* {"prefixes": ["F10"]}: how the text of the member begins */
static bool compile_prefixes(struct compiler *compiler, const struct json *node, const struct spot *spot,
			     struct condition *made)
{
	static const char *const names[] = {"prefixes", NULL};
	const struct json *list =
		arguments_only(compiler, node, spot, names) ? argument(compiler, node, spot, "prefixes", JSON_ARRAY) : NULL;
	const struct spot here = spot_member(spot, "prefixes");
	struct item_words words;
	if (!list || !words_list(compiler, list, &here, &words)) {
		return false;
	}
	if (words.count == 0) {
		spot_issue(compiler->issues, &here, "too_few", "names no beginning");
		return false;
	}
	const char **prefixes = arena_array(compiler->arena, words.count + 1, sizeof(*prefixes));
	memcpy(prefixes, words.list, words.count * sizeof(*prefixes));
	made->kind = CONDITION_PREFIXES;
	made->prefixes = prefixes;
	return true;
}

static bool compile_condition(struct compiler *compiler, const struct layout *layout, const struct json *node,
			      const struct spot *spot, struct condition *made)
{
	struct slot slot;
	if (strcmp(json_name(node), "spans") == 0 && json_kind(node) == JSON_OBJECT) {
		return compile_span(compiler, layout, node, spot, made);
	}
	if (strcmp(json_name(node), "aged") == 0 && json_kind(node) == JSON_OBJECT) {
		return compile_aged(compiler, layout, node, spot, made);
	}
	if (strcmp(json_name(node), "covered") == 0 && json_kind(node) == JSON_OBJECT) {
		return compile_covered(compiler, layout, node, spot, made);
	}
	if (!condition_member(compiler, layout, json_name(node), spot, &slot)) {
		return false;
	}
	*made = (struct condition){.kind = CONDITION_PRESENT, .slot = slot.index, .name = json_name(node)};
	if (json_text(node) && strcmp(json_text(node), "present") == 0) {
		return true;
	}
	if (json_text(node) && strcmp(json_text(node), "absent") == 0 && is_time(&slot)) {
		made->kind = CONDITION_ABSENT;
		return true;
	}
	if (json_text(node) && strcmp(json_text(node), "blank") == 0 && slot.type == VALUE_TEXT) {
		made->kind = CONDITION_BLANK;
		return true;
	}
	if (json_kind(node) == JSON_OBJECT && is_time(&slot)) {
		return compile_by(compiler, node, spot, made);
	}
	if (json_member(node, "not") && slot.type == VALUE_BOOLEAN) {
		return compile_unless(compiler, node, spot, made);
	}
	if (json_kind(node) == JSON_OBJECT && slot.type == VALUE_TEXT) {
		return json_member(node, "prefixes") ? compile_prefixes(compiler, node, spot, made)
						     : compile_among(compiler, node, spot, made);
	}
	if (json_kind(node) == JSON_BOOLEAN && slot.type == VALUE_BOOLEAN) {
		made->kind = CONDITION_BOOLEAN;
		made->wanted = json_boolean(node);
		return true;
	}
	if (json_kind(node) == JSON_ARRAY && (slot.type == VALUE_TEXT || slot.type == VALUE_WORD)) {
		made->kind = CONDITION_WORDS;
		made->words = words_compile(compiler, node, spot, &slot);
		return made->words != NULL;
	}
	spot_issue(compiler->issues, spot, "wrong_condition",
		   "must be \"present\", true, false or {\"not\": false} for a boolean, a list of words, \"blank\", "
		   "{\"prefixes\": words} or "
		   "{\"among\": path} for "
		   "text, \"absent\" or {\"by\": day} for a date");
	return false;
}

/* What the member is called in sentences. */
static bool name_condition(struct compiler *compiler, const char *list, const struct spot *spot, struct condition *condition)
{
	struct reach member;
	if (!reach_path(compiler, arena_printf(compiler->arena, "%s/*/%s", list, condition->name), spot, &member)) {
		return false;
	}
	condition->phrase = condition->kind == CONDITION_AGED      ? "the age on its day"
			    : condition->kind == CONDITION_COVERED ? "the coverage of its day"
								   : member.phrase;
	condition->statement = member.statement;
	return true;
}

bool conditions_compile(struct compiler *compiler, const char *list, const struct json *where, const struct spot *spot,
			const struct condition **ret_conditions, size_t *ret_count)
{
	const struct layout *layout = shape_elements(compiler->vocabulary->request, list);
	struct condition *conditions = arena_array(compiler->arena, json_count(where) + 1, sizeof(*conditions));
	size_t count = 0;
	bool good = layout != NULL;
	for (const struct json *one = json_first(where); one && layout; one = json_next(one)) {
		const struct spot here = spot_member(spot, json_name(one));
		struct condition *condition = &conditions[count++];
		good = compile_condition(compiler, layout, one, &here, condition) &&
		       name_condition(compiler, list, &here, condition) && good;
	}
	*ret_conditions = conditions;
	*ret_count = count;
	return good;
}
