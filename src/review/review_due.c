/* SPDX-License-Identifier: Apache-2.0 */
#include "review/review_due.h"

#include "base/log.h"

bool review_past(const struct policy *policy, struct instant now)
{
	const bool none = civil_parts(policy->review_due).year <= 1;
	const struct civil_date today = zone_date(policy->zone, now);
	return !policy->draft && !none && civil_compare(policy->review_due, today) < 0 &&
	       civil_compare(today, policy->in_force_to) <= 0;
}

/* Of a version that decides, or will: whether its list of holidays goes on. */
static enum calendar_end calendar_short(const struct policy *policy, struct instant now)
{
	const struct civil_date today = zone_date(policy->zone, now);
	const bool needed = !policy->draft && civil_compare(today, policy->in_force_to) <= 0;
	return needed ? calendar_end(policy->calendar, today) : CALENDAR_GOES_ON;
}

void review_tell(const struct policy_set *set, struct instant now, struct instant *told_to)
{
	const bool first = told_to->us == 0;
	if (!first && now.us / 60000000 == told_to->us / 60000000) {
		return;
	}
	for (size_t i = 0; i < policy_set_count(set); i++) {
		const struct policy *policy = policy_set_at(set, i);
		char day[CIVIL_TEXT_SIZE];
		if (review_past(policy, now) && (first || !review_past(policy, *told_to))) {
			LOG(LOG_WARNING, "policy_review_due", LOG_TEXT("policy", policy->id),
			    LOG_TEXT("version", policy->version),
			    LOG_TEXT("review_due", civil_format(policy->review_due, day)));
		}
		if (calendar_short(policy, now) != CALENDAR_GOES_ON &&
		    (first || calendar_short(policy, now) != calendar_short(policy, *told_to))) {
			LOG(LOG_WARNING, "calendar_ends", LOG_TEXT("policy", policy->id), LOG_TEXT("version", policy->version),
			    LOG_TEXT("calendar", policy->calendar->id),
			    LOG_TEXT("to", civil_format(policy->calendar->to, day)));
		}
	}
	*told_to = now;
}
