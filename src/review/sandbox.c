/* SPDX-License-Identifier: Apache-2.0 */
#include "review/sandbox.h"

#include "base/json_write.h"
#include "base/log.h"
#include "base/text.h"
#include "review/scheduler.h"

#include <string.h>

enum { ADVANCE_DIGITS = 5 };

/* "90m", "36h", "3d": minutes, hours, days of elapsed time. */
static bool parse_advance(const char *text, int64_t *ret_us)
{
	static const struct {
		char unit;
		int64_t seconds;
	} units[] = {{'s', 1}, {'m', 60}, {'h', 3600}, {'d', 86400}};
	size_t digits = strspn(text, "0123456789");
	int64_t amount = 0;
	if (digits == 0 || digits > ADVANCE_DIGITS || text[digits] == '\0' || text[digits + 1] != '\0') {
		return false;
	}
	for (size_t i = 0; i < digits; i++) {
		amount = amount * 10 + (text[i] - '0');
	}
	for (size_t i = 0; i < sizeof(units) / sizeof(units[0]); i++) {
		if (units[i].unit == text[digits]) {
			*ret_us = amount * units[i].seconds * INT64_C(1000000);
			return true;
		}
	}
	return false;
}

static bool wanted_step(const struct json *root, struct instant now, int64_t *ret_us, struct outcome *outcome)
{
	const char *advance = json_text(json_member(root, "advance"));
	const char *set = json_text(json_member(root, "set"));
	struct instant target;
	if ((advance == NULL) == (set == NULL)) {
		issues_add(&outcome->issues, "", "one_of_two",
			   "Send {\"advance\": \"3d\"} or {\"set\": \"2026-11-25T09:00:00-08:00\"}.",
			   "give either advance or set");
	} else if (advance != NULL && !parse_advance(advance, ret_us)) {
		issues_add(&outcome->issues, "/advance", "not_a_duration",
			   "Use seconds, minutes, hours or days: \"90m\", \"36h\", \"3d\".", "advance is not a duration");
	} else if (set != NULL && instant_parse(set, &target)) {
		*ret_us = instant_since(target, now).us;
		if (*ret_us < 0) {
			issues_add(&outcome->issues, "/set", "in_the_past", "Start a new sandbox to go back.",
				   "the clock only moves forward");
		}
	}
	return !issues_any(&outcome->issues) || outcome_invalid(outcome);
}

const struct zone *sandbox_zone(struct service *service)
{
	const struct policy_set *set = service_policies(service);
	const struct instant now = service_now(service);
	const struct zone *found = policy_set_at(set, 0)->zone;
	for (size_t i = 1; i < policy_set_count(set); i++) {
		const struct zone *zone = policy_set_at(set, i)->zone;
		found = zone_offset(zone, now) < zone_offset(found, now) ? zone : found;
	}
	return found;
}

void sandbox_move_clock(struct service *service, const char *bytes, size_t length, struct arena *arena, struct outcome *outcome)
{
	struct err err = {0};
	int64_t step = 0;
	char now[INSTANT_TEXT_SIZE];
	if (!service->sandbox) {
		(void)outcome_refuse(outcome, ERR_NOT_FOUND, "the clock can be moved in the sandbox only");
		return;
	}
	const struct json *root = json_parse(arena, bytes, length, &json_limits_body, &err);
	if (root == NULL) {
		(void)outcome_fail(outcome, &err);
		return;
	}
	if (shape_decode(service->shapes[SHAPE_CLOCK], root, arena, &outcome->issues) == NULL) {
		(void)outcome_invalid(outcome);
		return;
	}
	if (!wanted_step(root, service_now(service), &step, outcome)) {
		return;
	}
	atomic_fetch_add(&service->clock_offset_us, step);
	if (!scheduler_catch_up(service->scheduler)) {
		LOG(LOG_WARNING, "clock_moved_far", LOG_TEXT("detail", "what became due is still being raised"));
	}
	struct text out;
	struct json_writer writer;
	text_init(&out, arena, 128);
	json_writer_init(&writer, &out);
	json_open_object(&writer);
	json_member_text(&writer, "now", zone_format(sandbox_zone(service), service_now(service), now));
	json_close_object(&writer);
	outcome_answer(outcome, &out);
}
