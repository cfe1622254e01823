/* SPDX-License-Identifier: Apache-2.0 */
#include "policy/day_spans.h"

#include "domain/answer.h"
#include "policy/condition.h"
#include "policy/reach.h"

#include <string.h>

enum { ENDS_MAX = 4, LAST_YEAR = 9999 };

/* A member that ends a span. */
struct span_end {
	uint16_t slot;
	bool outside; /* it is the first day that lies outside, else the last that lies inside */
};

struct day_spans {
	uint16_t list;
	const char *pointer;
	uint16_t from;
	struct span_end ends[2 * ENDS_MAX];
	size_t end_count;
	const struct condition *conditions;
	size_t condition_count;
};

const char *day_spans_pointer(const struct day_spans *spans)
{
	return spans->pointer;
}

static struct civil_date day_at(int year, int month, int day)
{
	struct civil_date date = {0};
	return civil_from_parts(year, month, day, &date) ? date : (struct civil_date){0};
}

/* The days of an element; false when it ends before it begins, so that nothing can be told. */
static bool read_span(const struct day_spans *spans, const struct evaluator *evaluator, const struct record *element,
		      struct day_span *ret_span)
{
	const struct zone *zone = evaluator->anchor.zone;
	const struct value *from = &element->values[spans->from];
	struct day_span span = {day_at(1, 1, 1), day_at(LAST_YEAR, 12, 31)};
	span.from = value_given(from) ? value_day(from, zone) : span.from;
	for (size_t i = 0; i < spans->end_count; i++) {
		const struct value *value = &element->values[spans->ends[i].slot];
		if (!value_given(value)) {
			continue;
		}
		const struct civil_date day = value_day(value, zone);
		const struct civil_date end = spans->ends[i].outside ? civil_add_days(day, -1) : day;
		if (civil_compare(day, span.from) < 0) {
			return false;
		}
		span.to = civil_compare(end, span.to) < 0 ? end : span.to;
	}
	*ret_span = span;
	return true;
}

static enum answer fulfils(const struct day_spans *spans, const struct evaluator *evaluator, const struct record *element)
{
	enum answer answer = ANSWER_MET;
	for (size_t i = 0; i < spans->condition_count; i++) {
		const enum answer both[] = {answer, condition_judge(&spans->conditions[i], evaluator, element)};
		answer = answer_all(both, 2);
	}
	return answer;
}

struct two_sets day_spans_days(const struct day_terms *terms, struct evaluator *evaluator)
{
	const struct day_spans *spans = terms->spans;
	const struct day_span ever = {day_at(1, 1, 1), day_at(LAST_YEAR, 12, 31)};
	struct arena *arena = evaluator->arena;
	struct two_sets sets = {{NULL, 0}, {NULL, 0}};
	size_t count;
	const struct record *const *elements = body_records(evaluator, spans->list, &count);
	if (!elements) {
		sets.maybe = days_of(arena, &ever, 1);
		return sets;
	}
	for (size_t i = 0; i < count; i++) {
		const enum answer answer = fulfils(spans, evaluator, elements[i]);
		const struct value *from = &elements[i]->values[spans->from];
		if (answer == ANSWER_NOT_MET) {
			continue;
		}
		struct day_span span = ever;
		const bool sense = read_span(spans, evaluator, elements[i], &span);
		const bool sure = sense && answer == ANSWER_MET && value_given(from);
		const struct day_set days = days_of(arena, &span, 1);
		sets.maybe = days_union(arena, sets.maybe, days);
		sets.sure = sure ? days_union(arena, sets.sure, days) : sets.sure;
	}
	return sets;
}

static bool find_date(struct compiler *compiler, const struct layout *layout, const struct json *node, const struct spot *spot,
		      uint16_t *ret_slot)
{
	struct slot slot;
	if (!json_text(node)) {
		spot_issue(compiler->issues, spot, "wrong_type", "must be the name of a member");
		return false;
	}
	if (!condition_member(compiler, layout, json_text(node), spot, &slot)) {
		return false;
	}
	if (slot.type != VALUE_DATE && slot.type != VALUE_INSTANT) {
		spot_issue(compiler->issues, spot, "wrong_place", "%s holds no date", json_text(node));
		return false;
	}
	*ret_slot = slot.index;
	return true;
}

static bool compile_ends(struct compiler *compiler, const struct layout *layout, const struct json *node,
			 const struct spot *spot, const char *name, struct day_spans *made)
{
	const struct json *list;
	const struct spot here = spot_member(spot, name);
	size_t index = 0;
	bool good = true;
	if (!argument_optional(compiler, node, spot, name, JSON_ARRAY, &list)) {
		return false;
	}
	if (list && (!json_first(list) || json_count(list) > ENDS_MAX)) {
		spot_issue(compiler->issues, &here, "out_of_range", "names 1 to %d members", ENDS_MAX);
		return false;
	}
	for (const struct json *one = json_first(list); one; one = json_next(one), index++) {
		const struct spot at_end = spot_element(&here, index);
		struct span_end *end = &made->ends[made->end_count++];
		end->outside = strcmp(name, "before") == 0;
		good = find_date(compiler, layout, one, &at_end, &end->slot) && good;
	}
	return good;
}

/* The list, and the layout of its elements; NULL after an issue. */
static const struct layout *compile_list(struct compiler *compiler, const struct json *node, const struct spot *spot,
					 struct day_spans *made)
{
	const struct json *in = argument(compiler, node, spot, "in", JSON_TEXT);
	const struct spot here = spot_member(spot, "in");
	struct reach reach;
	if (!in || !reach_compile(compiler, in, &here, &reach)) {
		return NULL;
	}
	const struct layout *layout = shape_elements(compiler->vocabulary->request, json_text(in));
	if (reach.slot.list || reach.slot.type != VALUE_RECORDS || !layout) {
		spot_issue(compiler->issues, &here, "wrong_place", "%s is no list of objects", json_text(in));
		return NULL;
	}
	made->list = reach.slot.index;
	made->pointer = reach.pointer;
	return layout;
}

const struct day_spans *day_spans_compile(struct compiler *compiler, const struct json *node, const struct spot *spot)
{
	static const char *const names[] = {"in", "from", "to", "before", "where", NULL};
	struct day_spans *made = arena_alloc(compiler->arena, sizeof(*made));
	if (!arguments_only(compiler, node, spot, names)) {
		return NULL;
	}
	const struct layout *layout = compile_list(compiler, node, spot, made);
	const struct json *from = argument(compiler, node, spot, "from", JSON_TEXT);
	const struct json *where;
	if (!argument_optional(compiler, node, spot, "where", JSON_OBJECT, &where) || !layout || !from) {
		return NULL;
	}
	const struct spot at_from = spot_member(spot, "from");
	const struct spot at_where = spot_member(spot, "where");
	bool good = find_date(compiler, layout, from, &at_from, &made->from);
	good = compile_ends(compiler, layout, node, spot, "to", made) && good;
	good = compile_ends(compiler, layout, node, spot, "before", made) && good;
	good = (!where ||
		conditions_compile(compiler, made->pointer, where, &at_where, &made->conditions, &made->condition_count)) &&
	       good;
	return good ? made : NULL;
}
