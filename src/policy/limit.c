/* SPDX-License-Identifier: Apache-2.0 */
/* Limits: inclusive calendar days and per-day units of one authorization (rules B, "days or units: both"). */
#include "policy/follow.h"

#include "policy/limit_until.h"

#include <string.h>

/* What is asked in units of a day, of the code with the most. */
struct asked_units {
	double units;
	uint32_t line; /* with which they pass the limit */
};

static double units_of(const struct evaluator *evaluator, const struct record *line)
{
	const struct places *places = evaluator->places;
	const struct value *units = &line->values[places->line_units];
	const struct value *unit = &line->values[places->line_unit];
	if (!value_given(unit) || unit->word != places->unit_day || !value_given(units) || units->senseless) {
		return 0;
	}
	return units->type == VALUE_INTEGER ? (double)units->integer : units->number;
}

static bool same_code(const struct evaluator *evaluator, const struct record *a, const struct record *b)
{
	const struct value *first = &a->values[evaluator->places->line_code];
	const struct value *second = &b->values[evaluator->places->line_code];
	return a == b || (value_given(first) && value_given(second) && strcmp(first->text, second->text) == 0);
}

static struct asked_units sum_units(const struct evaluator *evaluator, double limit)
{
	struct asked_units asked = {0};
	size_t count;
	const struct record *const *lines = body_records(evaluator, evaluator->places->lines, &count);
	for (size_t i = 0; i < count; i++) {
		struct asked_units code = {0, lines[i]->index};
		bool passed = false;
		for (size_t k = 0; k < count; k++) {
			code.units += same_code(evaluator, lines[i], lines[k]) ? units_of(evaluator, lines[k]) : 0;
			code.line = !passed && code.units > limit ? lines[k]->index : code.line;
			passed = passed || code.units > limit;
		}
		asked = code.units > asked.units ? code : asked;
	}
	return asked;
}

/* The days that can be reviewed at all: less those of flags that bar them. */
static struct day_set reviewable(struct evaluator *evaluator)
{
	const struct program *program = evaluator->submission->program;
	struct day_set days = evaluator->requested;
	for (size_t i = 0; i < program->item_count; i++) {
		const struct item *item = program->items[i];
		const bool bars = item->unapprovable && evaluator_item(evaluator, item)->answer == ANSWER_NOT_MET;
		days = bars ? days_minus(evaluator->arena, days, evaluator_worded(evaluator, item)->days) : days;
	}
	return days;
}

/* Where the last day is written: in the line that ends last, or in the period. */
static const char *last_day_pointer(const struct evaluator *evaluator, struct civil_date last)
{
	size_t count;
	const struct record *const *lines = body_records(evaluator, evaluator->places->lines, &count);
	for (size_t i = 0; i < count; i++) {
		const struct value *end = &lines[i]->values[evaluator->places->line_end];
		if (value_given(end) && civil_compare(end->date, last) == 0) {
			return arena_printf(evaluator->arena, "/lines/%u/end", lines[i]->index);
		}
	}
	return "/service_period/end";
}

/* "30.5": a whole number without a point. */
static const char *units_text(struct arena *arena, double units)
{
	return arena_printf(arena, "%.15g", units);
}

static const char *excess_say(struct arena *arena, const struct limit_excess *excess, int limit, bool days, int64_t left)
{
	char from[CIVIL_TEXT_SIZE];
	char to[CIVIL_TEXT_SIZE];
	const char *asked = days ? arena_printf(arena, "%lld days", (long long)excess->asked_days)
				 : arena_printf(arena, "%s units of a day", units_text(arena, excess->asked_units));
	const char *less =
		left > 0 ? arena_printf(arena, "; %lld of the days cannot be reviewed as they stand", (long long)left) : "";
	return arena_printf(arena,
			    "You asked for %s%s. One authorization is at most %d days, so %s to %s can be reviewed now; "
			    "ask for more with a concurrent review.",
			    asked, less, limit, civil_format(excess->from, from), civil_format(excess->allowed_to, to));
}

static const char *excess_unreviewed(struct arena *arena, const struct limit_excess *excess, int limit)
{
	char from[CIVIL_TEXT_SIZE];
	char to[CIVIL_TEXT_SIZE];
	return arena_printf(arena, "One authorization is at most %d days; of these it holds %s to %s.", limit,
			    civil_format(excess->from, from), civil_format(excess->allowed_to, to));
}

static int64_t count_days(struct day_set days)
{
	int64_t count = 0;
	for (size_t i = 0; i < days.count; i++) {
		count += civil_days_between(days.spans[i].from, days.spans[i].to) + 1;
	}
	return count;
}

static const char *until_say(struct arena *arena, const struct item *item, const struct limit_excess *excess, bool reviewed)
{
	char asked[CIVIL_TEXT_SIZE];
	char from[CIVIL_TEXT_SIZE];
	char to[CIVIL_TEXT_SIZE];
	civil_format(excess->asked_to, asked);
	civil_format(excess->allowed_to, to);
	const char *held = NULL;
	if (excess->allowed_days > 0) {
		held = arena_printf(arena, reviewed ? "So %s to %s can be reviewed now." : "That leaves %s to %s.",
				    civil_format(excess->from, from), to);
	} else {
		held = arena_printf(arena, "That was %s; %s.", to,
				    reviewed ? "none of the days can be reviewed" : "that leaves none of the days");
	}
	return arena_printf(arena, "You asked for days to %s. %s %s%s%s", asked, item->text, held, item->ask ? " " : "",
			    item->ask ? item->ask : "");
}

/* Of an authorization that may reach to a day; where that is not known nothing is cut off. */
static void follow_until(struct evaluator *evaluator, const struct item *item, struct evaluation *evaluation)
{
	const struct day_set can = reviewable(evaluator);
	struct civil_date last;
	if (days_empty(can) || !limit_last_day(item->until, evaluator, &last) || civil_compare(days_last(can), last) <= 0) {
		return;
	}
	const struct civil_date from = days_first(can);
	const struct civil_date asked_to = days_last(evaluator->requested);
	const int64_t days = civil_days_between(from, last) + 1;
	struct limit_excess *excess = &evaluation->limits[evaluation->limit_count++];
	*excess = (struct limit_excess){
		.item = item,
		.pointer = last_day_pointer(evaluator, asked_to),
		.from = from,
		.asked_to = asked_to,
		.allowed_to = last,
		.asked_days = civil_days_between(days_first(evaluator->requested), asked_to) + 1,
		.allowed_days = days > 0 ? days : 0,
		.asked_units = sum_units(evaluator, 0).units,
	};
	const double allowed = (double)excess->allowed_days;
	excess->allowed_units = excess->asked_units > allowed ? allowed : excess->asked_units;
	excess->say = until_say(evaluator->arena, item, excess, true);
	excess->unreviewed = until_say(evaluator->arena, item, excess, false);
}

void follow_limit(struct evaluator *evaluator, const struct item *item, struct evaluation *evaluation)
{
	if (item->until) {
		follow_until(evaluator, item, evaluation);
		return;
	}
	if (item->limit_days == 0) {
		return;
	}
	const struct day_set can = reviewable(evaluator);
	if (days_empty(can)) {
		return;
	}
	/* units stand for days: those of days that cannot be reviewed do not count against the limit */
	const int64_t left = count_days(evaluator->requested) - count_days(can);
	const double limit = item->limit_days;
	const struct civil_date from = days_first(can);
	const struct civil_date last = days_last(can);
	const struct civil_date end = civil_add_days(from, item->limit_days - 1);
	const struct asked_units units = sum_units(evaluator, limit + (double)left);
	const bool days = civil_compare(last, end) > 0;
	if (!days && units.units <= limit + (double)left) {
		return;
	}
	const struct civil_date asked_to = days_last(evaluator->requested);
	struct limit_excess *excess = &evaluation->limits[evaluation->limit_count++];
	*excess = (struct limit_excess){
		.item = item,
		.pointer = days ? last_day_pointer(evaluator, asked_to)
				: arena_printf(evaluator->arena, "/lines/%u/units", units.line),
		.from = from,
		.asked_to = asked_to,
		.allowed_to = days ? end : last,
		.asked_days = civil_days_between(days_first(evaluator->requested), asked_to) + 1,
		.asked_units = units.units,
		.allowed_units = units.units > limit ? limit : units.units,
	};
	excess->allowed_days = civil_days_between(from, excess->allowed_to) + 1;
	excess->say = excess_say(evaluator->arena, excess, item->limit_days, days, left);
	excess->unreviewed = excess_unreviewed(evaluator->arena, excess, item->limit_days);
}
