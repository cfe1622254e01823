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

struct day_set grants_line_days(struct arena *arena, const struct grants *grants, size_t line)
{
	struct day_set days = {NULL, 0};
	for (size_t i = 0; i < grants->count; i++) {
		if (grants->list[i].line == line) {
			days = days_union(arena, days, span_set(arena, &grants->list[i].days));
		}
	}
	return days;
}

/* Of units that are days no more than the days and than what is left of what was asked; else all that the line asks for. */
static double units_unsaid(const struct asked_line *line, const struct day_span *span, const struct grants *before)
{
	double days = (double)span_days(span);
	if (!line->daily) {
		return line->units > 0 ? line->units : 0;
	}
	double left = line->units - units_granted(before, line->line);
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
	grant->said = units != NULL && json_kind(units) == JSON_NUMBER;
	grant->units = grant->said ? json_number(units) : units_unsaid(&facts->lines[line], &grant->days, before);
	return true;
}

static void add_span(struct grants *grants, const struct asked_line *line, const struct day_span *span, double units)
{
	grants->list[grants->count++] = (struct grant){line->line, *span, units, "/outcome", false};
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

struct day_set grants_open(const struct determination_facts *facts, const struct caps *caps, size_t line)
{
	return days_both(facts->arena, facts->lines[line].days, within_caps(facts, caps));
}

/* The units of a line are spread over its days; what does not fit on some of them goes to the others. */
static void add_line(const struct determination_facts *facts, const struct caps *caps, const struct asked_line *line,
		     struct day_set days, struct grants *grants)
{
	size_t first = grants->count;
	double part = units_part(line, days);
	for (size_t i = 0; i < days.count; i++) {
		double units = units_share(part - units_granted(grants, line->line), days, i);
		if (line->daily) {
			double room = units_room(facts, grants, caps, line, &days.spans[i]);
			units = units < room ? units : room;
		}
		if (units > UNITS_SLACK || part < 0) {
			add_span(grants, line, &days.spans[i], units > 0 ? units : 0);
		}
	}
	for (size_t i = first; line->daily && i < grants->count; i++) {
		grants->list[i].units += units_more(facts, grants, caps, &grants->list[i]);
	}
}

struct grants grants_possible(const struct determination_facts *facts, const struct caps *caps)
{
	struct day_set can = within_caps(facts, caps);
	size_t most = facts->line_count * (can.count + 1) + 1;
	struct grants grants = {arena_array(facts->arena, most, sizeof(*grants.list)), 0, false};
	for (size_t i = 0; i < facts->line_count && !facts_uncertified(facts); i++) {
		const struct asked_line *line = &facts->lines[i];
		add_line(facts, caps, line, days_both(facts->arena, line->days, can), &grants);
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
		if (!days_empty(days_minus(facts->arena, line->days, grants_line_days(facts->arena, grants, i))) ||
		    units_granted(grants, i) < line->units) {
			return true;
		}
	}
	return false;
}

/* Whether more spans can be approved than units are asked for, and each unit is granted on days of its own. */
static bool spread(const struct grants *grants, const struct asked_line *line, struct day_set open)
{
	double asked = units_asked(line);
	for (size_t i = 0; i < grants->count; i++) {
		if (grants->list[i].line == line->line && grants->list[i].units > 1 + UNITS_SLACK) {
			return false;
		}
	}
	return asked >= 0 && (double)open.count > asked && units_granted(grants, line->line) >= asked - UNITS_SLACK;
}

/* Whether the code of a line has no unit left for any of these days. */
static bool used_up(const struct determination_facts *facts, const struct grants *grants, const struct caps *caps,
		    const struct asked_line *line, struct day_set days)
{
	for (size_t i = 0; i < days.count; i++) {
		if (units_room(facts, grants, caps, line, &days.spans[i]) > UNITS_SLACK) {
			return false;
		}
	}
	return line->daily;
}

/* Whoever grants days above a cap has used it up on those, which excuses nothing. */
struct day_set grants_left(const struct determination_facts *facts, const struct grants *grants, const struct caps *caps,
			   size_t line)
{
	struct arena *arena = facts->arena;
	const struct asked_line *asked = &facts->lines[line];
	struct day_set open = grants_open(facts, caps, line);
	struct day_set left = days_minus(arena, open, grants_line_days(arena, grants, line));
	struct day_set beyond = days_minus(arena, grants_days(arena, grants), within_caps(facts, caps));
	bool none = days_empty(beyond) && used_up(facts, grants, caps, asked, left);
	return none || units_asked(asked) == 0 || spread(grants, asked, open) ? (struct day_set){NULL, 0} : left;
}
