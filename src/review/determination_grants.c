/* SPDX-License-Identifier: Apache-2.0 */
#include "review/determination_grants.h"

#include "base/text.h"

enum { ADVICE_MAX = 8 /* spans that a sentence can hold */ };

static struct day_set span_set(struct arena *arena, const struct day_span *span)
{
	return days_of(arena, span, 1);
}

static int64_t span_days(const struct day_span *span)
{
	return civil_days_between(span->from, span->to) + 1;
}

struct day_set grants_days(struct arena *arena, const struct grants *grants)
{
	struct day_set days = {NULL, 0};
	for (size_t i = 0; i < grants->count; i++) {
		days = days_union(arena, days, span_set(arena, &grants->list[i].days));
	}
	return days;
}

static struct day_set line_granted(struct arena *arena, const struct grants *grants, size_t line)
{
	struct day_set days = {NULL, 0};
	for (size_t i = 0; i < grants->count; i++) {
		if (grants->list[i].line == line) {
			days = days_union(arena, days, span_set(arena, &grants->list[i].days));
		}
	}
	return days;
}

static double line_units(const struct grants *grants, size_t line)
{
	double units = 0;
	for (size_t i = 0; i < grants->count; i++) {
		units += grants->list[i].line == line ? grants->list[i].units : 0;
	}
	return units;
}

/* Units of a day of the code of LINE that are granted. */
static double code_units(const struct determination_facts *facts, const struct grants *grants, const struct asked_line *line)
{
	double units = 0;
	for (size_t i = 0; i < facts->line_count; i++) {
		const struct asked_line *other = &facts->lines[i];
		units += other->daily && facts_same_code(line, other) ? line_units(grants, i) : 0;
	}
	return units;
}

/* Of units that are days no more than the days and than what is left of what was asked; else all that the line asks for. */
static double units_unsaid(const struct asked_line *line, const struct day_span *span, const struct grants *before)
{
	double days = (double)span_days(span);
	if (!line->daily) {
		return line->units > 0 ? line->units : 0;
	}
	double left = line->units - line_units(before, line->line);
	return line->units < 0 || left > days ? days : left > 0 ? left : 0;
}

static bool read_grant(const struct determination_facts *facts, const struct json *node, const struct grants *before,
		       struct issues *issues, struct grant *grant)
{
	int64_t line = -1;
	struct arena *arena = facts->arena;
	const struct json *units = json_member(node, "units");
	(void)json_integer(json_member(node, "line"), &line);
	if (line < 0 || line >= (int64_t)facts->line_count) {
		issues_add(issues, arena_printf(arena, "%s/line", grant->pointer), "no_such_line", "Lines are counted from 0.",
			   "the request has no such line");
		return false;
	}
	grant->line = (size_t)line;
	if (!civil_parse(json_text(json_member(node, "from")), &grant->days.from) ||
	    !civil_parse(json_text(json_member(node, "to")), &grant->days.to) ||
	    civil_compare(grant->days.to, grant->days.from) < 0) {
		issues_add(issues, arena_printf(arena, "%s/to", grant->pointer), "wrong_order", "Give the last day, included.",
			   "the last day comes before the first");
		return false;
	}
	grant->units = units != NULL && json_kind(units) == JSON_NUMBER
			       ? json_number(units)
			       : units_unsaid(&facts->lines[line], &grant->days, before);
	return true;
}

static void add_span(struct grants *grants, const struct asked_line *line, const struct day_span *span, double units)
{
	grants->list[grants->count++] = (struct grant){line->line, *span, units, "/outcome"};
}

static struct grants whole(const struct determination_facts *facts)
{
	struct grants grants = {arena_array(facts->arena, facts->line_count + 1, sizeof(*grants.list)), 0, true};
	for (size_t i = 0; i < facts->line_count; i++) {
		const struct asked_line *line = &facts->lines[i];
		if (!days_empty(line->days)) {
			double all = line->daily ? (double)days_count(line->days) : 0;
			add_span(&grants, line, &line->days.spans[0], line->units < 0 ? all : line->units);
		}
	}
	return grants;
}

struct grants grants_read(const struct determination_facts *facts, const struct json *list, struct issues *issues)
{
	if (list == NULL || json_kind(list) != JSON_ARRAY) {
		return whole(facts);
	}
	struct grants grants = {arena_array(facts->arena, json_count(list) + 1, sizeof(*grants.list)), 0, false};
	size_t place = 0;
	for (const struct json *node = json_first(list); node != NULL; node = json_next(node), place++) {
		struct grant *grant = &grants.list[grants.count];
		grant->pointer = arena_printf(facts->arena, "/grants/%zu", place);
		grants.count += read_grant(facts, node, &grants, issues, grant);
	}
	return grants;
}

/* The days that can be approved, and of these those that every cap holds, counted from the first. */
static struct day_set within_caps(const struct determination_facts *facts, const struct caps *caps)
{
	struct day_set days = days_minus(facts->arena, facts->asked, facts->closed);
	for (size_t i = 0; i < caps->count && !days_empty(days); i++) {
		struct day_span span = {.from = days_first(days)};
		if (caps->list[i].days == 0) {
			return (struct day_set){NULL, 0};
		}
		span.to = civil_add_days(span.from, (int)caps->list[i].days - 1);
		days = days_both(facts->arena, days, span_set(facts->arena, &span));
	}
	return days;
}

/* Units of the code that the caps still hold; no cap: as many as are asked for. */
static double units_left(const struct determination_facts *facts, const struct grants *grants, const struct caps *caps,
			 const struct asked_line *line, double wanted)
{
	double left = wanted;
	for (size_t i = 0; i < caps->count; i++) {
		double room = (double)caps->list[i].days - code_units(facts, grants, line);
		left = room < left ? room : left;
	}
	return left > 0 ? left : 0;
}

/* The share of a span in units that are not days, whole ones; the last has the rest. */
static double share(const struct asked_line *line, struct day_set days, size_t place, const struct grants *grants)
{
	double left = line->units < 0 ? 0 : line->units - line_units(grants, line->line);
	if (place + 1 == days.count) {
		return left > 0 ? left : 0;
	}
	int64_t units = line->units < 0 ? 0 : (int64_t)line->units;
	int64_t part = units * span_days(&days.spans[place]) / days_count(days);
	return (double)part;
}

struct grants grants_possible(const struct determination_facts *facts, const struct caps *caps)
{
	struct day_set can = within_caps(facts, caps);
	size_t most = facts->line_count * (can.count + 1) + 1;
	struct grants grants = {arena_array(facts->arena, most, sizeof(*grants.list)), 0, false};
	for (size_t i = 0; i < facts->line_count; i++) {
		const struct asked_line *line = &facts->lines[i];
		struct day_set days = days_both(facts->arena, line->days, can);
		for (size_t k = 0; k < days.count; k++) {
			const struct day_span *span = &days.spans[k];
			double units = line->daily ? units_left(facts, &grants, caps, line, units_unsaid(line, span, &grants))
						   : share(line, days, k, &grants);
			if (!line->daily || units > 0) {
				add_span(&grants, line, span, units);
			}
		}
	}
	return grants;
}

const char *grants_advice(const struct determination_facts *facts, const struct caps *caps)
{
	struct text out;
	struct grants possible = grants_possible(facts, caps);
	text_init(&out, facts->arena, 128);
	for (size_t i = 0; i < possible.count && i < ADVICE_MAX; i++) {
		const struct grant *grant = &possible.list[i];
		text_printf(&out, "%sline %zu, %s, %.15g units", i > 0 ? "; " : "Approve in part: ", grant->line,
			    days_brief(facts->arena, span_set(facts->arena, &grant->days)), grant->units);
	}
	text_puts(&out, possible.count > ADVICE_MAX ? "; and so on." : ".");
	return possible.count > 0 ? out.data : "As it stands nothing of it can be approved.";
}

bool grants_less(const struct determination_facts *facts, const struct grants *grants)
{
	for (size_t i = 0; i < facts->line_count; i++) {
		const struct asked_line *line = &facts->lines[i];
		if (!days_empty(days_minus(facts->arena, line->days, line_granted(facts->arena, grants, i))) ||
		    line_units(grants, i) < line->units) {
			return true;
		}
	}
	return false;
}

/* Above the caps is nothing when they are used up, else what comes later than they hold. */
struct day_set grants_left(const struct determination_facts *facts, const struct grants *grants, const struct caps *caps)
{
	struct arena *arena = facts->arena;
	struct day_set granted = grants_days(arena, grants);
	struct day_set left = {NULL, 0};
	for (size_t i = 0; i < facts->line_count; i++) {
		const struct asked_line *line = &facts->lines[i];
		bool used_up = false;
		for (size_t k = 0; k < caps->count; k++) {
			used_up = used_up || (line->daily && code_units(facts, grants, line) >= (double)caps->list[k].days);
		}
		struct day_set refused = days_minus(arena, line->days, line_granted(arena, grants, i));
		left = used_up ? left : days_union(arena, left, days_minus(arena, refused, facts->closed));
	}
	for (size_t i = 0; i < caps->count && !days_empty(granted); i++) {
		struct day_span span = {days_first(granted), civil_add_days(days_first(granted), (int)caps->list[i].days - 1)};
		bool full = civil_compare(days_last(granted), span.to) >= 0;
		span.from = civil_compare(days_first(facts->asked), span.from) < 0 ? days_first(facts->asked) : span.from;
		left = full ? (struct day_set){NULL, 0} : days_both(arena, left, span_set(arena, &span));
	}
	return left;
}
