/* SPDX-License-Identifier: Apache-2.0 */
#include "wire/clock_json.h"

#include "wire/cite.h"
#include "wire/policy_json.h"
#include "wire/time_json.h"

#include <assert.h>
#include <string.h>

const struct clock *clock_list_first(const struct clock_list *list)
{
	const struct clock *first = NULL;
	for (size_t i = 0; i < list->count; i++) {
		const struct clock *clock = &list->clocks[i];
		if (first == NULL || instant_compare(clock->due.act_by, first->due.act_by) < 0) {
			first = clock;
		}
	}
	return first;
}

const struct clock *clock_list_own(const struct clock_list *list)
{
	return clocks_own(list->clocks, list->count);
}

static struct instant instant_member(const struct json *node, const char *name)
{
	struct instant instant = {0};
	const char *text = json_text(json_member(node, name));
	return text != NULL && instant_parse(text, &instant) ? instant : (struct instant){0};
}

static struct civil_date date_member(const struct json *node, const char *name)
{
	struct civil_date date = {0};
	const char *text = json_text(json_member(node, name));
	return text != NULL && civil_parse(text, &date) ? date : (struct civil_date){0};
}

static void read_skipped(const struct json *list, struct clock_due *due)
{
	for (const struct json *node = json_first(list); node != NULL && due->skipped_count < CLOCK_SKIPPED_MAX;
	     node = json_next(node)) {
		due->skipped[due->skipped_count++] =
			(struct skipped_day){date_member(node, "on"), json_text(json_member(node, "why"))};
	}
}

static bool read_clock(const struct json *node, const struct policy *policy, struct clock *clock)
{
	const char *rule = json_text(json_member(node, "rule"));
	clock->item = policy_item_find(policy, rule);
	clock->started_at = instant_member(node, "started_at");
	clock->say = json_text(json_member(node, "say"));
	clock->due.due_at = instant_member(node, "due_at");
	clock->due.act_by = instant_member(node, "act_by");
	clock->due.due_on = zone_date(policy->zone, clock->due.due_at);
	clock->due.last_business_day = date_member(node, "last_business_day");
	read_skipped(json_member(node, "skipped"), &clock->due);
	clock->stored = node;
	return clock->item != NULL;
}

struct clock_list clock_list_read(struct arena *arena, const struct json *clock, const struct policy *policy)
{
	const struct json *all = json_member(clock, "all");
	struct clock *clocks = arena_array(arena, json_count(all) + 1, sizeof(*clocks));
	size_t count = 0;
	for (const struct json *node = json_first(all); node != NULL; node = json_next(node)) {
		count += read_clock(node, policy, &clocks[count]);
	}
	return (struct clock_list){clocks, count};
}

static void write_skipped(struct json_writer *writer, const struct clock_due *due)
{
	json_put_name(writer, "skipped");
	json_open_array(writer);
	for (size_t i = 0; i < due->skipped_count; i++) {
		json_open_object(writer);
		json_member_day(writer, "on", due->skipped[i].on);
		json_member_text(writer, "why", due->skipped[i].why);
		json_close_object(writer);
	}
	json_close_array(writer);
}

/* By what it was counted: a clock that was kept names the files of its own day. */
static void write_counted_by(struct json_writer *writer, const struct clock *clock, const struct policy *policy)
{
	if (clock->stored != NULL) {
		json_member_tree(writer, "calendar", json_member(clock->stored, "calendar"));
		json_member_tree(writer, "overlay", json_member(clock->stored, "overlay"));
		return;
	}
	const struct policy_overlay *overlay = NULL;
	for (size_t i = 0; i < policy->overlay_count; i++) {
		if (strcmp(policy->overlays[i]->id, clock->item->document) == 0) {
			overlay = policy->overlays[i];
		}
	}
	file_write(writer, "calendar", policy->calendar->id, policy->calendar->digest_hex);
	if (overlay != NULL) {
		file_write(writer, "overlay", overlay->id, overlay->digest_hex);
	} else {
		json_member_text(writer, "overlay", NULL);
	}
}

static void write_clock(struct json_writer *writer, const struct clock *clock, const struct policy *policy)
{
	const struct zone *zone = policy->zone;
	json_open_object(writer);
	json_member_text(writer, "rule", clock->item->id);
	json_member_text(writer, "say", clock->say);
	json_member_text(writer, "basis", clock->item->basis);
	json_member_text(writer, "unit", clock_unit_name(clock->item->clock.unit));
	json_member_integer(writer, "amount", clock->item->clock.amount);
	json_member_instant(writer, "started_at", clock->started_at, zone);
	json_member_instant(writer, "due_at", clock->due.due_at, zone);
	json_member_instant(writer, "act_by", clock->due.act_by, zone);
	json_member_text(writer, "zone", zone_name(zone));
	json_member_day(writer, "last_business_day", clock->due.last_business_day);
	write_skipped(writer, &clock->due);
	write_counted_by(writer, clock, policy);
	cite_write(writer, clock->item);
	json_close_object(writer);
}

static void write_waiting(struct json_writer *writer, const struct item *gate)
{
	json_put_name(writer, "also_waiting_for");
	json_open_array(writer);
	if (gate != NULL) {
		json_open_object(writer);
		json_member_text(writer, "item", gate->id);
		json_member_text(writer, "say", gate->text);
		json_member_boolean(writer, "stops_clock", false);
		cite_write(writer, gate);
		json_close_object(writer);
	}
	json_close_array(writer);
}

/* An instant and the rule that set it; null when there is no such clock. */
static void write_deadline(struct json_writer *writer, const char *at, const char *rule, const struct clock *clock,
			   struct instant instant, const struct zone *zone)
{
	json_member_instant_if(writer, at, clock != NULL, instant, zone);
	json_member_text(writer, rule, clock != NULL ? clock->item->id : NULL);
}

void clock_list_write(struct json_writer *writer, const struct clock_list *list, const struct policy *policy,
		      const struct item *gate, bool running, const struct json *late_against)
{
	const struct zone *zone = policy->zone;
	assert(list->count == 0 || list->clocks != NULL);
	const struct clock *own = clock_list_own(list);
	const struct clock *first = clock_list_first(list);
	json_open_object(writer);
	json_member_boolean(writer, "running", running && list->count > 0);
	write_deadline(writer, "due_at", "rule", own, own != NULL ? own->due.due_at : (struct instant){0}, zone);
	write_deadline(writer, "act_by", "act_by_rule", first, first != NULL ? first->due.act_by : (struct instant){0}, zone);
	json_put_name(writer, "all");
	json_open_array(writer);
	for (size_t i = 0; i < list->count; i++) {
		write_clock(writer, &list->clocks[i], policy);
	}
	json_close_array(writer);
	write_waiting(writer, gate);
	json_put_name(writer, "late_against");
	if (late_against != NULL) {
		json_put_tree(writer, late_against);
	} else {
		json_open_array(writer);
		json_close_array(writer);
	}
	json_close_object(writer);
}
