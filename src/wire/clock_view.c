/* SPDX-License-Identifier: Apache-2.0 */
#include "wire/clock_view.h"

#include "base/civil.h"
#include "wire/cite.h"

#include <string.h>

/* The earliest own clock is the policy's deadline. Ties go to the clock that comes first: the policy's own before overlays. */
static struct clock_views summed(const struct clock_view *clocks, size_t count)
{
	struct clock_views views = {.clocks = clocks, .count = count};
	for (size_t i = 0; i < count; i++) {
		const struct clock_view *clock = &clocks[i];
		bool own = strcmp(clock->basis, "overlay") != 0;
		if (own && (views.policy == NULL || instant_compare(clock->due_at, views.policy->due_at) < 0)) {
			views.policy = clock;
		}
		if (views.first == NULL || instant_compare(clock->act_by, views.first->act_by) < 0) {
			views.first = clock;
		}
	}
	return views;
}

struct clock_views clock_views_start(struct arena *arena, const struct evaluation *evaluation, const struct zone *zone)
{
	struct clock_view *clocks = arena_array(arena, evaluation->clock_count, sizeof(*clocks));
	for (size_t i = 0; i < evaluation->clock_count; i++) {
		const struct clock *clock = &evaluation->clocks[i];
		char day[CIVIL_TEXT_SIZE];
		clocks[i] = (struct clock_view){
			.rule = clock->item->id,
			.document = clock->item->document,
			.clause = clock->item->cite_count > 0 ? clock->item->cite[0] : NULL,
			.basis = clock->item->basis,
			.unit = clock_unit_name(clock->item->clock.unit),
			.amount = clock->item->clock.amount,
			.zone = zone_name(zone),
			.started_at = clock->started_at,
			.due_at = clock->due.due_at,
			.act_by = clock->due.act_by,
			.last_business_day = arena_copy(arena, civil_format(clock->due.last_business_day, day)),
			.say = clock->say,
			.skipped = clock->due.skipped,
			.skipped_count = clock->due.skipped_count,
		};
	}
	return summed(clocks, evaluation->clock_count);
}

static struct instant instant_member(const struct json *node, const char *name)
{
	struct instant instant = {0};
	const char *text = json_text(json_member(node, name));
	if (text != NULL && !instant_parse(text, &instant)) {
		instant = (struct instant){0};
	}
	return instant;
}

static const struct skipped_day *read_skipped(struct arena *arena, const struct json *list, size_t *ret_count)
{
	struct skipped_day *days = arena_array(arena, json_count(list), sizeof(*days));
	size_t count = 0;
	for (const struct json *node = json_first(list); node != NULL; node = json_next(node)) {
		const char *on = json_text(json_member(node, "on"));
		if (on != NULL && civil_parse(on, &days[count].on)) {
			days[count++].why = json_text(json_member(node, "why"));
		}
	}
	*ret_count = count;
	return days;
}

struct clock_views clock_views_read(struct arena *arena, const struct json *clock)
{
	const struct json *all = json_member(clock, "all");
	struct clock_view *clocks = arena_array(arena, json_count(all), sizeof(*clocks));
	size_t count = 0;
	for (const struct json *node = json_first(all); node != NULL; node = json_next(node)) {
		const struct json *cite = json_first(json_member(node, "cite"));
		struct clock_view *view = &clocks[count++];
		*view = (struct clock_view){
			.rule = json_text(json_member(node, "rule")),
			.document = json_text(json_member(cite, "document")),
			.clause = json_text(json_member(cite, "clause")),
			.basis = json_text(json_member(node, "basis")),
			.unit = json_text(json_member(node, "unit")),
			.zone = json_text(json_member(node, "zone")),
			.started_at = instant_member(node, "started_at"),
			.due_at = instant_member(node, "due_at"),
			.act_by = instant_member(node, "act_by"),
			.last_business_day = json_text(json_member(node, "last_business_day")),
			.say = json_text(json_member(node, "say")),
		};
		const struct json *amount = json_member(node, "amount");
		if (amount != NULL && !json_integer(amount, &view->amount)) {
			view->amount = 0;
		}
		view->skipped = read_skipped(arena, json_member(node, "skipped"), &view->skipped_count);
	}
	return summed(clocks, count);
}

static const struct clock_view *find_rule(const struct clock_views *views, const char *rule)
{
	for (size_t i = 0; i < views->count; i++) {
		if (strcmp(views->clocks[i].rule, rule) == 0) {
			return &views->clocks[i];
		}
	}
	return NULL;
}

struct clock_views clock_views_keep(struct arena *arena, const struct clock_views *stored, const struct clock_views *computed)
{
	struct clock_view *clocks = arena_array(arena, stored->count + computed->count, sizeof(*clocks));
	size_t count = 0;
	for (size_t i = 0; i < stored->count; i++) {
		const struct clock_view *now = find_rule(computed, stored->clocks[i].rule);
		bool sooner = now != NULL && instant_compare(now->due_at, stored->clocks[i].due_at) < 0;
		clocks[count++] = sooner ? *now : stored->clocks[i];
	}
	for (size_t i = 0; i < computed->count; i++) {
		const struct clock_view *clock = &computed->clocks[i];
		bool sooner = stored->policy == NULL || instant_compare(clock->due_at, stored->policy->due_at) < 0;
		if (find_rule(stored, clock->rule) == NULL && sooner) {
			clocks[count++] = *clock;
		}
	}
	return summed(clocks, count);
}

static void put_instant(struct json_writer *writer, const char *name, struct instant instant, const struct zone *zone)
{
	char text[INSTANT_TEXT_SIZE];
	json_member_text(writer, name, zone_format(zone, instant, text));
}

static void write_skipped(struct json_writer *writer, const struct clock_view *view)
{
	json_put_name(writer, "skipped");
	json_open_array(writer);
	for (size_t i = 0; i < view->skipped_count; i++) {
		char day[CIVIL_TEXT_SIZE];
		json_open_object(writer);
		json_member_text(writer, "on", civil_format(view->skipped[i].on, day));
		json_member_text(writer, "why", view->skipped[i].why);
		json_close_object(writer);
	}
	json_close_array(writer);
}

static void write_clock(struct json_writer *writer, const struct clock_view *view, const struct zone *zone)
{
	json_open_object(writer);
	json_member_text(writer, "rule", view->rule);
	json_member_text(writer, "say", view->say);
	json_member_text(writer, "basis", view->basis);
	json_member_text(writer, "unit", view->unit);
	json_member_integer(writer, "amount", view->amount);
	put_instant(writer, "started_at", view->started_at, zone);
	put_instant(writer, "due_at", view->due_at, zone);
	put_instant(writer, "act_by", view->act_by, zone);
	json_member_text(writer, "zone", view->zone);
	json_member_text(writer, "last_business_day", view->last_business_day);
	write_skipped(writer, view);
	json_put_name(writer, "cite");
	json_open_array(writer);
	cite_write_clause(writer, view->document, view->clause);
	json_close_array(writer);
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

void clock_views_write(struct json_writer *writer, const struct clock_views *views, const struct zone *zone,
		       const struct item *gate, bool running)
{
	json_open_object(writer);
	json_member_boolean(writer, "running", running && views->count > 0);
	if (views->policy != NULL) {
		put_instant(writer, "due_at", views->policy->due_at, zone);
		json_member_text(writer, "rule", views->policy->rule);
	} else {
		json_member_text(writer, "due_at", NULL);
		json_member_text(writer, "rule", NULL);
	}
	if (views->first != NULL) {
		put_instant(writer, "act_by", views->first->act_by, zone);
		json_member_text(writer, "act_by_rule", views->first->rule);
	} else {
		json_member_text(writer, "act_by", NULL);
		json_member_text(writer, "act_by_rule", NULL);
	}
	json_put_name(writer, "all");
	json_open_array(writer);
	for (size_t i = 0; i < views->count; i++) {
		write_clock(writer, &views->clocks[i], zone);
	}
	json_close_array(writer);
	write_waiting(writer, gate);
	json_close_object(writer);
}
