/* SPDX-License-Identifier: Apache-2.0 */
#include "policy/bounds.h"

#include "policy/check.h"

#include <string.h>

enum { BOUNDS_FIRST = 8 };

static const struct {
	const char *name;
	enum bound_unit unit;
	const char *many;
	const char *single;
} units[] = {
	{"hours", UNIT_HOURS, "hours", "hour"},
	{"days", UNIT_DAYS, "days", "day"},
	{"years", UNIT_YEARS, "years", "year"},
	{"calendar_days", UNIT_CALENDAR_DAYS, "calendar days", "calendar day"},
	{"business_days", UNIT_BUSINESS_DAYS, "business days", "business day"},
	{"weeks", UNIT_OTHER, "weeks", "week"},
	{"months", UNIT_OTHER, "months", "month"},
	{"minutes", UNIT_OTHER, "minutes", "minute"},
};

/* What a number in a check is, by the name of the check and of the member that holds it. */
static const struct {
	const char *check;
	const char *member;
	enum bound_kind kind;
} in_checks[] = {
	{"document", "within", BOUND_PAPER},
	{"document", "covers", BOUND_COVER},
	{"document", "below", BOUND_PAPER_AGE},
	{"sections", "as_of_within", BOUND_SECTION},
	{"sections", "within", BOUND_SECTION_PAPER},
	{"within", "", BOUND_MOMENT},
	{"age_below", "", BOUND_AGE},
	{"age_at_least", "", BOUND_AGE},
	{"aged_at", "", BOUND_AGED_AT},
	{"days", "", BOUND_BIRTHDAY},
	{"not_after", "plus", BOUND_ORDER},
	{"occurrences", "after", BOUND_AFTER},
	{"followed", "within", BOUND_FOLLOWED},
	{"occurrences", "aged", BOUND_AGED},
	{"count_at_least", "aged", BOUND_AGED},
};

static const struct {
	const char *pointer;
	enum item_kind item;
	enum bound_kind kind;
} in_items[] = {
	{"", KIND_LIMIT, BOUND_LIMIT},
	{"/until/birthday", KIND_LIMIT, BOUND_LIMIT_BIRTHDAY},
	{"/ask_again", KIND_LIMIT, BOUND_ASK_AGAIN},
	{"/within", KIND_CLOCK, BOUND_CLOCK},
	{"/within", KIND_NOTICE, BOUND_TIMER},
	{"/within", KIND_APPEAL, BOUND_TIMER},
	{"/each_within", KIND_OUTREACH, BOUND_TIMER},
	{"/within", KIND_OBLIGATION, BOUND_DUTY},
	{"/every", KIND_OBLIGATION, BOUND_DUTY_EVERY},
};

struct walk {
	struct arena *arena;
	struct bounds *found;
	size_t capacity;
	const struct item *item;
};

/* Where the walk stands. */
struct stand {
	const char *pointer;
	const char *member; /* the nearest member name, "" directly in the arguments of a check */
	size_t place; /* in the nearest list */
	const struct json *node;
	const char *check;
	const struct json *arguments;
	bool negated;
};

const struct json *bounds_check(const struct json *node, const char **ret_name)
{
	const struct json *only = node && json_kind(node) == JSON_OBJECT && json_count(node) == 1 ? json_first(node) : NULL;
	for (const struct check_kind *kind = check_kinds; only && kind->name; kind++) {
		if (strcmp(kind->name, json_name(only)) != 0) {
			continue;
		}
		const bool refers = strcmp(kind->name, "item") == 0 || strcmp(kind->name, "applies") == 0;
		if (json_kind(only) == JSON_OBJECT || json_kind(only) == JSON_ARRAY || (refers && json_text(only))) {
			*ret_name = kind->name;
			return only;
		}
	}
	return NULL;
}

static enum bound_kind kind_of(const struct walk *walk, const struct stand *stand)
{
	if (stand->check) {
		for (size_t i = 0; i < sizeof(in_checks) / sizeof(in_checks[0]); i++) {
			if (strcmp(in_checks[i].check, stand->check) == 0 && strcmp(in_checks[i].member, stand->member) == 0) {
				return in_checks[i].kind;
			}
		}
		return BOUND_OTHER;
	}
	for (size_t i = 0; i < sizeof(in_items) / sizeof(in_items[0]); i++) {
		if (in_items[i].item == walk->item->kind && strcmp(in_items[i].pointer, stand->pointer) == 0) {
			return in_items[i].kind;
		}
	}
	return BOUND_OTHER;
}

static enum bound_sense sense_of(const char *pointer)
{
	static const char check[] = "/check";
	static const char when[] = "/when";
	return strncmp(pointer, check, strlen(check)) == 0 ? SENSE_CHECK
	       : strncmp(pointer, when, strlen(when)) == 0 ? SENSE_WHEN
							   : SENSE_OTHER;
}

static struct bound *add(struct walk *walk)
{
	struct bounds *found = walk->found;
	if (found->count == walk->capacity) {
		const size_t capacity = walk->capacity > 0 ? walk->capacity * 2 : BOUNDS_FIRST;
		struct bound *list = arena_array(walk->arena, capacity, sizeof(*list));
		if (found->count > 0) {
			memcpy(list, found->list, found->count * sizeof(*list));
		}
		found->list = list;
		walk->capacity = capacity;
	}
	return &found->list[found->count++];
}

/* A member with a whole number whose name is a unit; or an age, "below". */
static void take_number(struct walk *walk, const struct stand *stand, const struct json *member)
{
	int64_t amount = 0;
	const char *name = json_name(member);
	if (!name || !json_integer(member, &amount) || amount > INT32_MAX || amount < INT32_MIN) {
		return;
	}
	struct bound bound = {.item = walk->item,
			      .sense = sense_of(stand->pointer),
			      .negated = stand->negated,
			      .amount = (int)amount,
			      .node = stand->node,
			      .check = stand->check,
			      .arguments = stand->arguments,
			      .pointer = arena_printf(walk->arena, "%s/%s", stand->pointer, name),
			      .place = stand->place};
	for (size_t i = 0; i < sizeof(units) / sizeof(units[0]); i++) {
		if (strcmp(units[i].name, name) == 0) {
			bound.kind = kind_of(walk, stand);
			bound.unit = units[i].unit;
			bound.text =
				arena_printf(walk->arena, "%d %s", bound.amount, amount == 1 ? units[i].single : units[i].many);
			*add(walk) = bound;
			return;
		}
	}
	if (strcmp(name, "below") == 0) {
		struct stand here = *stand;
		here.member = name;
		bound.kind = kind_of(walk, &here);
		bound.unit = UNIT_YEARS;
		bound.text = arena_printf(walk->arena, "below %d years", bound.amount);
		*add(walk) = bound;
	}
}

static void visit(struct walk *walk, const struct json *node, struct stand stand);

static void visit_children(struct walk *walk, const struct json *node, const struct stand *stand)
{
	size_t index = 0;
	for (const struct json *one = json_first(node); one; one = json_next(one), index++) {
		struct stand inner = *stand;
		const char *name = json_name(one);
		if (name) {
			take_number(walk, stand, one);
			inner.member = name;
			inner.pointer = arena_printf(walk->arena, "%s/%s", stand->pointer, name);
		} else {
			inner.place = index;
			inner.pointer = arena_printf(walk->arena, "%s/%zu", stand->pointer, index);
		}
		visit(walk, one, inner);
	}
}

static void visit(struct walk *walk, const struct json *node, struct stand stand)
{
	const enum json_kind kind = json_kind(node);
	const char *check = NULL;
	const struct json *arguments = bounds_check(node, &check);
	if (kind != JSON_OBJECT && kind != JSON_ARRAY) {
		return;
	}
	if (arguments) {
		stand.node = node;
		stand.check = check;
		stand.arguments = arguments;
		stand.member = "";
		stand.pointer = arena_printf(walk->arena, "%s/%s", stand.pointer, check);
		if (strcmp(check, "not") == 0) {
			stand.negated = !stand.negated;
			visit(walk, arguments, stand);
		} else {
			visit_children(walk, arguments, &stand);
		}
		return;
	}
	visit_children(walk, node, &stand);
}

void bounds_find(const struct item *item, struct arena *arena, struct bounds *ret_bounds)
{
	struct walk walk = {.arena = arena, .found = ret_bounds, .item = item};
	*ret_bounds = (struct bounds){NULL, 0};
	visit(&walk, item->json, (struct stand){.pointer = "", .member = ""});
}
