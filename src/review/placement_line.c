/* SPDX-License-Identifier: Apache-2.0 */
#include "review/placement_line.h"

#include "base/text.h"

#include <string.h>

/* A year, both days counted. No source sets a limit: a longer placement is a slip of the pen, and longer care is reviewed again. */
enum { PLACEMENT_DAYS_MOST = 366 };

static const char *input_text(const struct amendment *amendment, const char *name)
{
	return json_text(json_member(amendment->input, name));
}

struct day_set placement_asked(const struct amendment *amendment, const struct determination_facts *facts)
{
	struct day_span span = {0};
	const struct json *period = json_member(amendment->draft.root, "service_period");
	const char *start = json_text(json_member(period, "start"));
	const char *end = json_text(json_member(period, "end"));
	const bool alone = facts->line_count == 0 && start != NULL && end != NULL;
	return alone && civil_parse(start, &span.from) && civil_parse(end, &span.to) ? days_of(facts->arena, &span, 1)
										     : facts->asked;
}

/* The code that every line of the request names, where it names one alone. */
static const char *code_of(const struct determination_facts *facts)
{
	for (size_t i = 1; i < facts->line_count; i++) {
		if (!facts_same_code(&facts->lines[0], &facts->lines[i])) {
			return NULL;
		}
	}
	return facts->line_count > 0 ? facts->lines[0].code : NULL;
}

/* An approval reaches back only as far as it was asked to: else it begins on the day on which it was decided. */
static struct civil_date earliest(const struct amendment *amendment, const struct determination_facts *facts)
{
	struct instant decided;
	const char *text = json_text(json_at(amendment->papers.plan, "/decision/decided_at"));
	const bool known = text != NULL && instant_parse(text, &decided);
	const struct civil_date day = facts_day(facts, known ? decided : facts->now);
	const struct day_set asked = placement_asked(amendment, facts);
	return !days_empty(asked) && civil_compare(days_first(asked), day) < 0 ? days_first(asked) : day;
}

static void check_first(const struct amendment *amendment, const struct determination_facts *facts, struct civil_date from,
			struct issues *issues)
{
	char said[CIVIL_TEXT_SIZE];
	char day[CIVIL_TEXT_SIZE];
	const struct civil_date first = earliest(amendment, facts);
	if (civil_compare(from, first) < 0) {
		civil_format(first, day);
		issues_add(issues, "/from", "too_early", arena_printf(facts->arena, "Give a first day from %s on.", day),
			   "%s comes before %s, the day of the approval or an earlier day that was asked for",
			   civil_format(from, said), day);
	}
}

/* False where the days are no span that can be held against anything else. */
static bool read_days(const struct amendment *amendment, const struct determination_facts *facts, struct issues *issues,
		      struct day_span *span)
{
	char day[CIVIL_TEXT_SIZE];
	if (!civil_parse(input_text(amendment, "from"), &span->from) || !civil_parse(input_text(amendment, "to"), &span->to)) {
		return false; /* the shape has said so */
	}
	check_first(amendment, facts, span->from, issues);
	if (civil_compare(span->to, span->from) < 0) {
		issues_add(issues, "/to", "wrong_order", "Give the last day, included.", "the last day comes before the first");
		return false;
	}
	const int days = civil_days_between(span->from, span->to) + 1;
	if (days > PLACEMENT_DAYS_MOST) {
		civil_format(civil_add_days(span->from, PLACEMENT_DAYS_MOST - 1), day);
		issues_add(issues, "/to", "too_long", arena_printf(facts->arena, "Give a last day up to %s.", day),
			   "%d days are placed; a placement is for at most %d", days, PLACEMENT_DAYS_MOST);
		return false;
	}
	return true;
}

/* UNITS are those that are said, where there are any; that they are above 0 is checked with the grant, if its days can be used. */
static void check_units(const struct asked_line *line, const struct json *units, bool dated, struct issues *issues)
{
	if (units == NULL && !line->daily) {
		issues_add(issues, "/units", "missing_member", "Say how many.", "units that are not days are said in so many");
	} else if (units != NULL && !dated && json_number(units) <= 0) {
		issues_add(issues, "/units", "no_units", "Give units above 0.", "what is granted has units above 0");
	}
}

bool placement_line(const struct amendment *amendment, const struct determination_facts *facts, struct issues *issues,
		    struct asked_line *ret_line)
{
	struct day_span span;
	const char *code = input_text(amendment, "code");
	const char *unit = input_text(amendment, "unit");
	const struct json *said = json_member(amendment->input, "units");
	const struct json *units = said != NULL && json_kind(said) == JSON_NUMBER ? said : NULL;
	const bool dated = read_days(amendment, facts, issues, &span);
	if (code != NULL && text_blank(code)) {
		issues_add(issues, "/code", "empty", "Leave it out, or give the billing code.", "the code is blank");
	}
	*ret_line = (struct asked_line){.code = code != NULL ? code : code_of(facts), .unit = unit != NULL ? unit : "day"};
	ret_line->key = facts_code_key(facts->arena, ret_line->code);
	ret_line->daily = strcmp(ret_line->unit, "day") == 0;
	check_units(ret_line, units, dated, issues);
	if (dated) {
		ret_line->days = days_of(facts->arena, &span, 1);
		ret_line->units = units != NULL ? json_number(units) : (double)days_count(ret_line->days);
	}
	return dated;
}
