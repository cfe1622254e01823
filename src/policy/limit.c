/* SPDX-License-Identifier: Apache-2.0 */
/* Limits: inclusive calendar days and per-day units of one authorization (rules B, "days or units: both"). */
#include "policy/follow.h"

#include <string.h>

/* What is asked in units of a day, of the code with the most; the line that holds it. */
struct asked_units {
	double units;
	uint32_t line;
	bool any;
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

static struct asked_units sum_units(const struct evaluator *evaluator)
{
	struct asked_units asked = {0};
	size_t count;
	const struct record *const *lines = body_records(evaluator, evaluator->places->lines, &count);
	for (size_t i = 0; i < count; i++) {
		double sum = 0;
		for (size_t k = 0; k < count; k++) {
			sum += same_code(evaluator, lines[i], lines[k]) ? units_of(evaluator, lines[k]) : 0;
		}
		if (sum > asked.units) {
			asked = (struct asked_units){sum, lines[i]->index, true};
		}
	}
	return asked;
}

static const char *excess_pointer(const struct evaluator *evaluator, const struct asked_units *units, bool days)
{
	if (!days) {
		return arena_printf(evaluator->arena, "/lines/%u/units", units->line);
	}
	return value_given(body_value(evaluator, evaluator->places->period_end)) ? "/service_period/end" : "/lines/0/end";
}

static const char *excess_say(struct arena *arena, const struct limit_excess *excess, int limit, bool days)
{
	char from[CIVIL_TEXT_SIZE];
	char to[CIVIL_TEXT_SIZE];
	return arena_printf(arena,
			    "You asked for %lld %s. One authorization is at most %d days, so %s to %s can be reviewed now; "
			    "ask for more with a concurrent review.",
			    (long long)(days ? excess->asked_days : excess->asked_units), days ? "days" : "units of a day",
			    limit, civil_format(excess->from, from), civil_format(excess->allowed_to, to));
}

void follow_limit(struct evaluator *evaluator, const struct item *item, struct evaluation *evaluation)
{
	if (item->limit_days == 0 || days_empty(evaluator->requested)) {
		return;
	}
	const struct civil_date from = days_first(evaluator->requested);
	const struct civil_date last = days_last(evaluator->requested);
	const struct civil_date end = civil_add_days(from, item->limit_days - 1);
	const struct asked_units units = sum_units(evaluator);
	const bool days = civil_compare(last, end) > 0;
	if (!days && units.units <= item->limit_days) {
		return;
	}
	struct limit_excess *excess = &evaluation->limits[evaluation->limit_count++];
	*excess = (struct limit_excess){
		.item = item,
		.pointer = excess_pointer(evaluator, &units, days),
		.from = from,
		.asked_to = last,
		.allowed_to = days ? end : last,
		.asked_days = civil_days_between(from, last) + 1,
		.asked_units = (int64_t)units.units,
	};
	excess->allowed_days = civil_days_between(from, excess->allowed_to) + 1;
	excess->allowed_units = units.any && units.units > item->limit_days ? item->limit_days : excess->asked_units;
	excess->say = excess_say(evaluator->arena, excess, item->limit_days, days);
}
