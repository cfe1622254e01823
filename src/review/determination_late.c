/* SPDX-License-Identifier: Apache-2.0 */
/* A determination that comes late is taken all the same, and says why. */
#include "review/determination.h"

#include <string.h>

static const char certificate_of_need[] = "certificate_of_need";

bool clock_late(const struct clock *clock, struct instant now)
{
	/* The last second of a day is part of it. */
	int64_t grace = clock->item->clock.unit == CLOCK_HOURS ? 0 : 999999;
	return now.us > clock->due.due_at.us + grace;
}

/* What takes the place of a decision was decided when that one was. */
bool determination_late(const struct determination *determination)
{
	const struct json *late = json_member(determination->before, "late");
	if (determination->before != NULL) {
		return late != NULL && json_kind(late) == JSON_BOOLEAN && json_boolean(late);
	}
	for (size_t i = 0; i < determination->facts->clocks.count; i++) {
		if (clock_late(&determination->facts->clocks.clocks[i], determination->facts->now)) {
			return true;
		}
	}
	return false;
}

/* The certificate of need was complete only after each time that has passed. */
static bool certificate_was_late(const struct determination_facts *facts)
{
	struct instant completed;
	const char *text = json_text(json_at(facts->plan, "/con/completed_at"));
	if (text == NULL || !instant_parse(text, &completed)) {
		return false;
	}
	for (size_t i = 0; i < facts->clocks.count; i++) {
		const struct clock *clock = &facts->clocks.clocks[i];
		if (clock_late(clock, facts->now) && instant_compare(completed, clock->due.due_at) <= 0) {
			return false;
		}
	}
	return true;
}

const char *determination_late_cause(const struct determination *determination)
{
	if (!determination_late(determination)) {
		return NULL;
	}
	if (determination->before != NULL) {
		return json_text(json_member(determination->before, "late_cause"));
	}
	const char *given = determination_text(determination, "late_cause");
	return given != NULL || !certificate_was_late(determination->facts) ? given : certificate_of_need;
}

/* The first of the times that have passed. */
static const struct clock *passed(const struct determination_facts *facts)
{
	const struct clock *first = NULL;
	for (size_t i = 0; i < facts->clocks.count; i++) {
		const struct clock *clock = &facts->clocks.clocks[i];
		if (clock_late(clock, facts->now) &&
		    (first == NULL || instant_compare(clock->due.due_at, first->due.due_at) < 0)) {
			first = clock;
		}
	}
	return first;
}

void determination_check_late(const struct determination *determination, struct issues *body)
{
	char due[INSTANT_TEXT_SIZE];
	if (determination->before != NULL || !determination_late(determination)) {
		return;
	}
	const char *cause = determination_late_cause(determination);
	if (cause != NULL && strcmp(cause, certificate_of_need) == 0 && !certificate_was_late(determination->facts)) {
		issues_add(body, "/late_cause", "wrong_cause", "Say why it comes late; it is taken all the same.",
			   "a certificate of need was not what it waited for: none came after every time that has passed");
	} else if (cause == NULL) {
		const struct clock *clock = passed(determination->facts);
		issues_add(body, "/late_cause", "missing_member", "Say why it comes late; it is taken all the same.",
			   "the time of %s passed on %s", clock->item->id,
			   zone_format(determination->facts->program->policy->zone, clock->due.due_at, due));
	} else if (strcmp(cause, "other") == 0 && determination_text(determination, "late_note") == NULL) {
		issues_add(body, "/late_note", "missing_member", "Say it in words.", "another cause needs its words");
	}
}
