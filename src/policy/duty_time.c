/* SPDX-License-Identifier: Apache-2.0 */
/* When duties are due. */
#include "policy/duty_rule.h"

#include "policy/evaluator.h"

static struct civil_date back(const struct calendar *calendar, enum clock_unit unit, struct civil_date from, int amount)
{
	struct civil_date day = from;
	if (unit != CLOCK_BUSINESS_DAYS) {
		return civil_add_days(from, -amount);
	}
	for (int left = amount; left > 0;) {
		const struct civil_date previous = civil_add_days(day, -1);
		if (civil_compare(previous, day) == 0) {
			break; /* the first day that can be written */
		}
		day = previous;
		left -= calendar_closed(calendar, day) == NULL;
	}
	return day;
}

static struct civil_date forth(const struct calendar *calendar, enum clock_unit unit, struct civil_date from, int amount)
{
	size_t skipped;
	return unit == CLOCK_BUSINESS_DAYS ? calendar_add_business_days(calendar, from, amount, NULL, 0, &skipped)
					   : civil_add_days(from, amount);
}

static struct duty_due day_due(const struct policy *policy, struct civil_date on)
{
	return (struct duty_due){zone_end_of_day(policy->zone, on), on};
}

struct duty_due duty_due_within(const struct policy *policy, const struct clock_rule *rule, const struct happening *from,
				bool ahead)
{
	if (rule->unit == CLOCK_HOURS) {
		const struct instant at = instant_add(from->at, span_hours(ahead ? -rule->amount : rule->amount));
		return (struct duty_due){at, zone_date(policy->zone, at)};
	}
	return day_due(policy, ahead ? back(policy->calendar, rule->unit, from->on, rule->amount)
				     : forth(policy->calendar, rule->unit, from->on, rule->amount));
}

struct duty_due duty_due_every(const struct policy *policy, const struct duty_length *every, const struct happening *from)
{
	return every->years ? day_due(policy, duty_length_end(policy, every, from->on))
			    : duty_due_within(policy, &every->rule, from, false);
}

struct civil_date duty_length_end(const struct policy *policy, const struct duty_length *length, struct civil_date from)
{
	return length->years ? civil_add_years(from, length->rule.amount)
			     : forth(policy->calendar, length->rule.unit, from, length->rule.amount);
}
