/* SPDX-License-Identifier: Apache-2.0 */
/* Calendars: what only the day tells, and holidays that were written down as they fall, not as they are observed. */
#include "policy/lint.h"

static const char *place_of(struct arena *arena, const struct calendar *calendar, const char *member)
{
	return arena_printf(arena, "calendars/%s.json#%s", calendar->id, member);
}

/* Whether no version before that one uses the same calendar: it is told of once. */
static bool first_use(const struct policy_set *set, size_t index)
{
	for (size_t i = 0; i < index; i++) {
		if (policy_set_at(set, i)->calendar == policy_set_at(set, index)->calendar) {
			return false;
		}
	}
	return true;
}

/* Versions that have ended need no more of it, and drafts not yet. */
static bool needed_on(const struct policy_set *set, const struct calendar *calendar, struct civil_date today)
{
	for (size_t i = 0; i < policy_set_count(set); i++) {
		const struct policy *policy = policy_set_at(set, i);
		if (policy->calendar == calendar && !policy->draft && civil_compare(today, policy->in_force_to) <= 0) {
			return true;
		}
	}
	return false;
}

static void judge_end(const struct calendar *calendar, struct civil_date today, struct arena *arena, struct issues *warnings)
{
	char day[CIVIL_TEXT_SIZE];
	const enum calendar_end end = calendar_end(calendar, today);
	if (end != CALENDAR_GOES_ON) {
		issues_add(warnings, place_of(arena, calendar, "/to"), "calendar_ends", NULL,
			   "the list %s %s: holidays after that are counted as business days",
			   end == CALENDAR_ENDED ? "ended" : "ends within a year,", civil_format(calendar->to, day));
	}
}

static void judge_weekends(const struct calendar *calendar, struct arena *arena, struct issues *warnings)
{
	for (size_t i = 0; i < calendar->holiday_count; i++) {
		const struct civil_date on = calendar->holidays[i].on;
		const enum civil_weekday weekday = civil_weekday(on);
		char day[CIVIL_TEXT_SIZE];
		if (weekday == CIVIL_SATURDAY || weekday == CIVIL_SUNDAY) {
			issues_add(warnings, place_of(arena, calendar, "/holidays"), "closed_anyway", NULL,
				   "%s is a %s, on which nothing is open: the list names observed days", civil_format(on, day),
				   civil_weekday_name(weekday));
		}
	}
}

void policy_lint_calendars(const struct policy_set *set, struct civil_date today, struct arena *arena, struct issues *warnings)
{
	for (size_t i = 0; i < policy_set_count(set); i++) {
		const struct calendar *calendar = policy_set_at(set, i)->calendar;
		if (!first_use(set, i)) {
			continue;
		}
		judge_weekends(calendar, arena, warnings);
		if (needed_on(set, calendar, today)) {
			judge_end(calendar, today, arena, warnings);
		}
	}
}
