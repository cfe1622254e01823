/* SPDX-License-Identifier: Apache-2.0 */
/* Boundary cases of clocks: receipts at both ends of a day, around a holiday and around the days on which clocks are changed. */
#include "policy/boundary_place.h"
#include "policy/boundary_trial.h"

#include <string.h>

enum { LAST_SECOND = 86399, NOON = 12 * 3600, STARTS_MAX = 24, YEAR = 366, CHANGES_MAX = 2 };

/* When something starts that is counted from. */
struct start {
	struct hand_day day;
	int second;
	const char *why;
};

struct starts {
	struct start list[STARTS_MAX];
	size_t count;
};

/* As the item is written; what was made of that when it was loaded is what is tried. */
static struct clock_rule written(const struct bound *bound)
{
	return (struct clock_rule){.unit = bound->unit == UNIT_HOURS           ? CLOCK_HOURS
					   : bound->unit == UNIT_BUSINESS_DAYS ? CLOCK_BUSINESS_DAYS
									       : CLOCK_CALENDAR_DAYS,
				   .amount = bound->amount};
}

static void add(struct starts *starts, struct hand_day day, int second, const char *why)
{
	if (starts->count < STARTS_MAX) {
		starts->list[starts->count++] = (struct start){day, second, why};
	}
}

static int offset_at_noon(const struct scene *scene, struct hand_day day)
{
	return zone_offset(scene->policy->zone, zone_instant(scene->policy->zone, hand_date(day), NOON));
}

/* So many days, hours or business days before DAY: what starts then comes to it, or for hours passes it. */
static struct hand_day before(const struct scene *scene, const struct clock_rule *rule, struct hand_day day)
{
	switch (rule->unit) {
	case CLOCK_HOURS: return hand_step(day, -1);
	case CLOCK_CALENDAR_DAYS: return hand_step(day, -rule->amount);
	case CLOCK_BUSINESS_DAYS: break;
	}
	return hand_business(day, -rule->amount, scene->policy->calendar);
}

static void add_around(const struct scene *scene, const struct clock_rule *rule, struct hand_day day, const char *why,
		       struct starts *starts)
{
	const struct hand_day at = before(scene, rule, day);
	for (int step = -1; step <= 1; step++) {
		add(starts, hand_step(at, step), NOON, why);
	}
}

static void add_changes(const struct scene *scene, const struct clock_rule *rule, struct starts *starts)
{
	char buffer[HAND_TEXT_SIZE];
	size_t changes = 0;
	struct hand_day day = scene->received;
	for (int i = 0; i < YEAR && changes < CHANGES_MAX; i++) {
		const struct hand_day next = hand_step(day, 1);
		if (offset_at_noon(scene, day) != offset_at_noon(scene, next)) {
			changes++;
			add_around(scene, rule, next,
				   arena_printf(scene->arena, "clocks change on %s", hand_text(next, buffer)), starts);
		}
		day = next;
	}
}

static void add_holiday(const struct scene *scene, const struct clock_rule *rule, struct starts *starts)
{
	const struct calendar *calendar = scene->policy->calendar;
	for (size_t i = 0; i < calendar->holiday_count; i++) {
		const struct hand_day day = hand_of(calendar->holidays[i].on);
		if (hand_compare(day, hand_step(scene->received, 1)) > 0) {
			add_around(scene, rule, day, arena_printf(scene->arena, "around %s", calendar->holidays[i].name),
				   starts);
			return;
		}
	}
}

static void find_starts(const struct scene *scene, const struct clock_rule *rule, struct starts *ret_starts)
{
	*ret_starts = (struct starts){.count = 0};
	add(ret_starts, scene->received, zone_second_of_day(scene->policy->zone, scene->submission->received_at), "as it is");
	add(ret_starts, scene->received, 0, "in the first second of the day");
	add(ret_starts, scene->received, LAST_SECOND, "in the last second of the day");
	add(ret_starts, hand_step(scene->received, 1), 0, "in the first second of the next day");
	if (rule->unit != CLOCK_HOURS) {
		add_holiday(scene, rule, ret_starts);
	}
	add_changes(scene, rule, ret_starts);
}

static struct instant instant_of(const struct scene *scene, const struct start *start)
{
	return zone_instant(scene->policy->zone, hand_date(start->day), start->second);
}

/* The local day on which a clock of days is due, and how many closed days it passed over. */
static struct hand_day due_day(const struct scene *scene, const struct clock_rule *rule, struct hand_day day,
			       size_t *ret_closed)
{
	const struct calendar *calendar = scene->policy->calendar;
	*ret_closed = 0;
	if (rule->unit == CLOCK_CALENDAR_DAYS) {
		return hand_step(day, rule->amount);
	}
	const struct hand_day due = hand_business(day, rule->amount, calendar);
	for (struct hand_day at = hand_step(day, 1); hand_compare(at, due) < 0; at = hand_step(at, 1)) {
		*ret_closed += hand_closed(at, calendar);
	}
	return due;
}

/* What is wrong with a due instant, or NULL. */
static const char *fault(const struct scene *scene, const struct clock_rule *rule, const struct start *start,
			 const struct clock_due *due)
{
	char found[INSTANT_TEXT_SIZE];
	char wanted[INSTANT_TEXT_SIZE];
	const struct zone *zone = scene->policy->zone;
	(void)zone_format(zone, due->due_at, found);
	if (rule->unit == CLOCK_HOURS) {
		const struct instant at = instant_add(instant_of(scene, start), span_hours(rule->amount));
		return at.us == due->due_at.us
			       ? NULL
			       : arena_printf(scene->arena, "due %s, counted %s", found, zone_format(zone, at, wanted));
	}
	size_t closed = 0;
	char day[HAND_TEXT_SIZE];
	const struct hand_day on = due_day(scene, rule, start->day, &closed);
	const char *last = arena_printf(scene->arena, "%sT23:59:59", hand_text(on, day));
	if (strncmp(found, last, strlen(last)) != 0) {
		return arena_printf(scene->arena, "due %s, counted %s", found, last);
	}
	if (closed <= CLOCK_SKIPPED_MAX && due->skipped_count != closed) {
		return arena_printf(scene->arena, "%zu days passed over, counted %zu", due->skipped_count, closed);
	}
	return NULL;
}

static const char *case_name(const struct scene *scene, const struct start *start)
{
	char buffer[INSTANT_TEXT_SIZE];
	return arena_printf(scene->arena, "started %s, %s", zone_format(scene->policy->zone, instant_of(scene, start), buffer),
			    start->why);
}

static const struct clock *find_clock(const struct evaluation *evaluation, const struct item *item)
{
	for (size_t i = 0; i < evaluation->clock_count; i++) {
		if (evaluation->clocks[i].item == item) {
			return &evaluation->clocks[i];
		}
	}
	return NULL;
}

/* The clock of what is received then; false when it does not start. */
static bool clock_from(const struct trial *trial, const struct scene *scene, const struct json *body, const struct start *start,
		       struct clock_due *ret_due)
{
	const int days = hand_between(scene->received, start->day);
	struct submission later = scene_later(scene, days);
	struct scene moved = *scene;
	struct evaluation evaluation;
	later.received_at = instant_of(scene, start);
	later.received_on = hand_date(start->day);
	later.arrived_at = later.received_at;
	later.today = later.received_on;
	moved.submission = &later;
	moved.received = start->day;
	if (!trial_evaluate(&moved, scene_shift(scene, body, days), &evaluation)) {
		return false;
	}
	const struct clock *clock = find_clock(&evaluation, trial->result.bound.item);
	if (clock) {
		*ret_due = clock->due;
	}
	return clock != NULL;
}

void trial_clock(struct trial *trial, const struct scene *scene)
{
	const struct item *item = trial->result.bound.item;
	const struct json *body = scene->body;
	const struct clock_rule rule = written(&trial->result.bound);
	struct evaluation evaluation;
	struct starts starts;
	if (!trial_evaluate(scene, body, &evaluation) || !find_clock(&evaluation, item)) {
		body = boundary_clear_way(scene, &trial->result.bound, body);
		if (!body || !trial_evaluate(scene, body, &evaluation) || !find_clock(&evaluation, item)) {
			trial_reason(trial, NEAR_SCENE, "it starts in no case");
			return;
		}
	}
	find_starts(scene, &rule, &starts);
	for (size_t i = 0; i < starts.count; i++) {
		struct clock_due due;
		if (clock_from(trial, scene, body, &starts.list[i], &due)) {
			trial_case(trial, case_name(scene, &starts.list[i]), fault(scene, &rule, &starts.list[i], &due));
		}
	}
	trial_reason(trial, NEAR_MADE, NULL);
}

void trial_timer(struct trial *trial, const struct scene *scene)
{
	const struct item *item = trial->result.bound.item;
	const struct clock_rule *made = item->kind == KIND_OUTREACH ? &item->each_within : &item->clock;
	const struct clock_rule rule = written(&trial->result.bound);
	struct starts starts;
	find_starts(scene, &rule, &starts);
	for (size_t i = 0; i < starts.count; i++) {
		const struct clock_due due =
			clock_compute(made, instant_of(scene, &starts.list[i]), scene->policy->zone, scene->policy->calendar);
		trial_case(trial, case_name(scene, &starts.list[i]), fault(scene, &rule, &starts.list[i], &due));
	}
	trial_reason(trial, NEAR_MADE, NULL);
}

/* START is the last day of an authorization. */
static const char *back_fault(const struct scene *scene, const struct clock_rule *rule, struct hand_day last, struct instant at)
{
	char found[INSTANT_TEXT_SIZE];
	char day[HAND_TEXT_SIZE];
	const struct scene_moment end = {.day = last};
	const struct hand_day on = rule->unit == CLOCK_BUSINESS_DAYS
					   ? hand_business(last, -rule->amount, scene->policy->calendar)
					   : hand_step(last, -rule->amount);
	(void)zone_format(scene->policy->zone, at, found);
	if (rule->unit == CLOCK_HOURS) {
		const int64_t hours = (scene_end(scene, &end).us - at.us) / span_hours(1).us;
		return hours == rule->amount ? NULL
					     : arena_printf(scene->arena, "%s lies %lld hours before", found, (long long)hours);
	}
	const char *wanted = arena_printf(scene->arena, "%sT23:59:59", hand_text(on, day));
	return strncmp(found, wanted, strlen(wanted)) == 0 ? NULL : arena_printf(scene->arena, "%s, counted %s", found, wanted);
}

void trial_back(struct trial *trial, const struct scene *scene)
{
	const struct clock_rule *made = &trial->result.bound.item->ask_again;
	const struct clock_rule rule = written(&trial->result.bound);
	const struct policy *policy = scene->policy;
	struct starts lasts;
	find_starts(scene, &rule, &lasts);
	for (size_t i = 0; i < lasts.count; i++) {
		char day[HAND_TEXT_SIZE];
		const struct hand_day last = lasts.list[i].day;
		const struct instant at = clock_count_back(made, hand_date(last), policy->zone, policy->calendar);
		if (i > 0 && hand_compare(last, lasts.list[i - 1].day) == 0) {
			continue; /* the time of day says nothing here */
		}
		trial_case(trial, arena_printf(scene->arena, "last day %s, %s", hand_text(last, day), lasts.list[i].why),
			   back_fault(scene, &rule, last, at));
	}
	trial_reason(trial, NEAR_MADE, NULL);
}
