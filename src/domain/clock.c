/* SPDX-License-Identifier: Apache-2.0 */
#include "domain/clock.h"

#include "base/word.h"

static const char *const unit_names[] = {
	[CLOCK_HOURS] = "hours",
	[CLOCK_CALENDAR_DAYS] = "calendar_days",
	[CLOCK_BUSINESS_DAYS] = "business_days",
};
_Static_assert(sizeof(unit_names) / sizeof(unit_names[0]) == CLOCK_UNIT_COUNT, "every unit has a name");

const char *clock_unit_name(enum clock_unit unit)
{
	return unit_names[unit];
}

bool clock_unit_from_name(const char *name, enum clock_unit *ret_unit)
{
	size_t place = 0;

	if (!word_find(unit_names, CLOCK_UNIT_COUNT, name, &place)) {
		return false;
	}
	*ret_unit = (enum clock_unit)place;
	return true;
}

/*
 * When a plan that is closed on the due day has to act: by the end of its last business day before. A clock
 * that started after that moment leaves only the due instant itself.
 */
static struct instant act_by_of(const struct clock_due *due, struct instant start, const struct zone *zone)
{
	const struct instant last_open = zone_end_of_day(zone, due->last_business_day);

	const bool due_on_open_day = civil_compare(due->last_business_day, due->due_on) == 0;

	return due_on_open_day || instant_compare(last_open, start) < 0 ? due->due_at : last_open;
}

struct clock_due clock_compute(const struct clock_rule *rule, struct instant start, const struct zone *zone,
			       const struct calendar *calendar)
{
	const struct civil_date start_on = zone_date(zone, start);
	struct clock_due due = {0};
	size_t skipped = 0;

	switch (rule->unit) {
	case CLOCK_HOURS:
		due.due_at = instant_add(start, span_hours(rule->amount));
		due.due_on = zone_date(zone, due.due_at);
		break;
	case CLOCK_CALENDAR_DAYS:
		due.due_on = civil_add_days(start_on, rule->amount);
		due.due_at = zone_end_of_day(zone, due.due_on);
		break;
	case CLOCK_BUSINESS_DAYS:
		due.due_on =
			calendar_add_business_days(calendar, start_on, rule->amount, due.skipped, CLOCK_SKIPPED_MAX, &skipped);
		due.due_at = zone_end_of_day(zone, due.due_on);
		break;
	}
	due.skipped_count = skipped < CLOCK_SKIPPED_MAX ? skipped : CLOCK_SKIPPED_MAX;
	due.last_business_day = calendar_last_business_day(calendar, due.due_on);
	due.act_by = rule->unit == CLOCK_CALENDAR_DAYS ? act_by_of(&due, start, zone) : due.due_at;
	return due;
}

struct instant clock_count_back(const struct clock_rule *rule, struct civil_date last, const struct zone *zone,
				const struct calendar *calendar)
{
	struct civil_date day = last;

	switch (rule->unit) {
	case CLOCK_HOURS: return instant_add(zone_end_of_day(zone, last), span_hours(-(int64_t)rule->amount));
	case CLOCK_CALENDAR_DAYS: day = civil_add_days(last, -rule->amount); break;
	case CLOCK_BUSINESS_DAYS:
		for (int i = 0; i < rule->amount; i++) {
			day = calendar_last_business_day(calendar, civil_add_days(day, -1));
		}
		break;
	}
	return zone_end_of_day(zone, day);
}
