/* SPDX-License-Identifier: Apache-2.0 */
#include "sketch.h"

#include <check.h>
#include <string.h>

static const char *const clause[] = {"C.1"};

/* clang-format off */
static const struct item items[SKETCH_ITEMS] = {
	[SKETCH_CLOCK] = {.id = "p.clock", .kind = KIND_CLOCK, .basis = "policy", .clock = {CLOCK_BUSINESS_DAYS, 7}},
	[SKETCH_OVERLAY] = {.id = "o.clock", .kind = KIND_CLOCK, .basis = "overlay", .clock = {CLOCK_CALENDAR_DAYS, 7}},
	[SKETCH_HOURS] = {.id = "p.hours", .kind = KIND_CLOCK, .basis = "policy", .clock = {CLOCK_HOURS, 72}},
	[SKETCH_GATE] = {.id = "p.gate", .kind = KIND_GATE, .text = "The certificate is complete."},
	[SKETCH_DATES] = {.id = "p.dates", .kind = KIND_COMPLETENESS, .text = "Dates are given."},
	[SKETCH_UNITS] = {.id = "p.units", .kind = KIND_COMPLETENESS, .text = "Units are given.", .owner = "tcm"},
	[SKETCH_PAPER] = {.id = "p.paper", .kind = KIND_INFORMATION, .text = "The paper is there."},
	[SKETCH_RETURN] = {.id = "p.return", .kind = KIND_ELIGIBILITY, .then = THEN_RETURN, .text = "The member is covered."},
};
/* clang-format on */

void sketch_init(struct sketch *sketch)
{
	struct err err = {0};

	*sketch = (struct sketch){.arena = arena_create(), .zone = zone_open("America/Los_Angeles", &err)};
	ck_assert_msg(sketch->zone != NULL, "%s", err.detail);
	sketch->holidays[0] = (struct holiday){sketch_day("2026-11-26"), "Thanksgiving Day"};
	sketch->calendar = (struct calendar){
		.id = "us-or",
		.title = "Oregon",
		.holidays = sketch->holidays,
		.holiday_count = 1,
		.from = sketch_day("2026-01-01"),
		.to = sketch_day("2026-12-31"),
		.digest_hex = "or1",
	};
	sketch->law = (struct policy_overlay){.id = "law", .digest_hex = "law1"};
	sketch->overlays[0] = &sketch->law;
	for (size_t i = 0; i < SKETCH_ITEMS; i++) {
		sketch->items[i] = items[i];
		sketch->items[i].cite = clause;
		sketch->items[i].cite_count = 1;
		sketch->items[i].document = i == SKETCH_OVERLAY ? "law" : "sketch";
		sketch->items[i].index = i;
		sketch->places[i] = &sketch->items[i];
	}
	sketch->policy = (struct policy){
		.id = "sketch",
		.version = "1",
		.payer = "acme",
		.zone = sketch->zone,
		.calendar = &sketch->calendar,
		.overlays = sketch->overlays,
		.overlay_count = 1,
		.items = sketch->places,
		.item_count = SKETCH_ITEMS,
	};
	sketch->program = (struct program){.policy = &sketch->policy, .service = "CARE", .review = "initial"};
}

void sketch_finish(struct sketch *sketch)
{
	zone_close(sketch->zone);
	arena_destroy(sketch->arena);
}

struct clock sketch_clock(const struct sketch *sketch, enum sketch_item item, const char *start)
{
	const struct item *rule = &sketch->items[item];
	const struct instant at = sketch_instant(start);

	ck_assert_msg(rule->kind == KIND_CLOCK, "%s is no clock", rule->id);
	return (struct clock){
		.item = rule,
		.started_at = at,
		.due = clock_compute(&rule->clock, at, sketch->zone, &sketch->calendar),
		.say = arena_printf(sketch->arena, "%s from receipt", rule->id),
	};
}

struct instant sketch_instant(const char *text)
{
	struct instant at = {0};

	ck_assert_msg(instant_parse(text, &at), "%s is no instant", text);
	return at;
}

struct civil_date sketch_day(const char *text)
{
	struct civil_date day = {0};

	ck_assert_msg(civil_parse(text, &day), "%s is no day", text);
	return day;
}

const struct json *sketch_json(const struct sketch *sketch, const char *text)
{
	struct err err = {0};
	const struct json *json = json_parse(sketch->arena, text, strlen(text), &json_limits_file, &err);

	ck_assert_msg(json != NULL, "%s in %s", err.detail, text);
	return json;
}
