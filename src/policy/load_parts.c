/* SPDX-License-Identifier: Apache-2.0 */
/* What versions share: calendars and overlays. */
#include "policy/form.h"
#include "policy/loader.h"

#include <stdlib.h>
#include <string.h>

/* A file of a shared directory whose name says what it holds. */
struct part {
	const char *name; /* in issues */
	const char *id; /* the file name without ".json" */
	const struct json *json;
	const char *digest_hex; /* of its bytes */
};

/* Reads every file of a directory; a directory that is not there is empty. */
static struct part *read_parts(struct loader *loader, const char *folder, const struct json *schema, const char *member,
			       size_t *ret_count)
{
	struct arena *arena = loader->arena;
	const char *directory = arena_printf(arena, "%s/%s", loader->directory, folder);
	struct file_names names = {NULL, 0};
	files_list(arena, directory, FILES_JSON, &names);
	struct part *parts = arena_array(arena, names.count + 1, sizeof(*parts));
	*ret_count = 0;
	for (size_t i = 0; i < names.count; i++) {
		struct part part = {.name = arena_printf(arena, "%s/%s", folder, names.names[i]),
				    .id = arena_text(arena, names.names[i], strlen(names.names[i]) - 5)};
		const struct spot spot = spot_file(part.name);
		part.json = files_json_digest(arena, arena_printf(arena, "%s/%s", directory, names.names[i]), part.name,
					      loader->issues, &part.digest_hex);
		if (!part.json || !form_check(schema, part.json, &spot, loader->issues) ||
		    !load_text(part.json, &spot, loader->issues)) {
			continue;
		}
		if (strcmp(json_text(json_member(part.json, member)), part.id) != 0) {
			const struct spot here = spot_member(&spot, member);
			spot_issue(loader->issues, &here, "wrong_name", "must be \"%s\", the name of the file", part.id);
			continue;
		}
		parts[(*ret_count)++] = part;
	}
	return parts;
}

static int compare_holidays(const void *a, const void *b)
{
	return civil_compare(((const struct holiday *)a)->on, ((const struct holiday *)b)->on);
}

static struct civil_date date_of(const struct json *json)
{
	struct civil_date date = {0};
	return json_text(json) && civil_parse(json_text(json), &date) ? date : (struct civil_date){0};
}

/* A week whose business days are all closed is a slip of the pen: clocks would stand still in it. *ret_index is its first day. */
static bool closed_week(const struct calendar *calendar, size_t *ret_index)
{
	enum { WORKING_DAYS = 5 };
	for (size_t i = 0; i + WORKING_DAYS <= calendar->holiday_count; i++) {
		const struct holiday *first = &calendar->holidays[i];
		const struct holiday *last = first + WORKING_DAYS - 1;
		if (civil_weekday(first->on) == CIVIL_MONDAY && civil_days_between(first->on, last->on) == WORKING_DAYS - 1) {
			*ret_index = i;
			return true;
		}
	}
	return false;
}

static bool load_calendar(struct loader *loader, const struct part *part, struct calendar *ret_calendar)
{
	const struct spot spot = spot_file(part->name);
	const struct json *holidays = json_member(part->json, "holidays");
	const struct spot at_holidays = spot_member(&spot, "holidays");
	struct holiday *days = arena_array(loader->arena, json_count(holidays) + 1, sizeof(*days));
	struct calendar calendar = {.id = part->id,
				    .title = json_text(json_member(part->json, "title")),
				    .holidays = days,
				    .from = date_of(json_member(part->json, "from")),
				    .to = date_of(json_member(part->json, "to")),
				    .digest_hex = part->digest_hex};
	bool good = true;
	for (const struct json *one = json_first(holidays); one; one = json_next(one)) {
		const struct spot here = spot_element(&at_holidays, calendar.holiday_count);
		const struct civil_date on = date_of(json_member(one, "on"));
		if (civil_compare(on, calendar.from) < 0 || civil_compare(on, calendar.to) > 0) {
			spot_issue(loader->issues, &here, "out_of_range", "the day lies outside from and to");
			good = false;
		}
		days[calendar.holiday_count++] = (struct holiday){on, json_text(json_member(one, "name"))};
	}
	qsort(days, calendar.holiday_count, sizeof(*days), compare_holidays);
	for (size_t i = 1; i < calendar.holiday_count; i++) {
		if (civil_compare(days[i - 1].on, days[i].on) == 0) {
			char buffer[CIVIL_TEXT_SIZE];
			spot_issue(loader->issues, &at_holidays, "duplicate", "%s stands there twice",
				   civil_format(days[i].on, buffer));
			good = false;
		}
	}
	size_t monday = 0;
	if (good && closed_week(&calendar, &monday)) {
		char buffer[CIVIL_TEXT_SIZE];
		spot_issue(loader->issues, &at_holidays, "no_business_day", "the week of %s has no business day",
			   civil_format(days[monday].on, buffer));
		good = false;
	}
	if (civil_compare(calendar.from, calendar.to) > 0) {
		const struct spot here = spot_member(&spot, "to");
		spot_issue(loader->issues, &here, "out_of_range", "the calendar ends before it begins");
		good = false;
	}
	*ret_calendar = calendar;
	return good;
}

bool load_calendars(struct loader *loader)
{
	size_t count;
	const struct part *parts = read_parts(loader, "calendars", loader->set->schemas.calendar, "calendar", &count);
	struct calendar *calendars = arena_array(loader->arena, count + 1, sizeof(*calendars));
	bool good = true;
	for (size_t i = 0; i < count; i++) {
		good = load_calendar(loader, &parts[i], &calendars[i]) && good;
	}
	loader->set->calendars = calendars;
	loader->set->calendar_count = count;
	return good;
}

/* By its basis an item of law is told from one of the policy, whose clock decides. */
static bool check_basis(struct loader *loader, const struct json *item, const struct spot *spot)
{
	const char *basis = json_text(json_member(item, "basis"));
	if (basis && strcmp(basis, "overlay") == 0) {
		return true;
	}
	const struct spot here = spot_member(spot, "basis");
	spot_issue(loader->issues, &here, basis ? "unknown_word" : "missing_member",
		   "an item of an overlay has the basis overlay");
	return false;
}

bool load_overlays(struct loader *loader)
{
	size_t count;
	const struct part *parts = read_parts(loader, "overlays", loader->set->schemas.overlay, "overlay", &count);
	struct policy_overlay *overlays = arena_array(loader->arena, count + 1, sizeof(*overlays));
	bool good = true;
	for (size_t i = 0; i < count; i++) {
		overlays[i] = (struct policy_overlay){.id = parts[i].id,
						      .title = json_text(json_member(parts[i].json, "title")),
						      .file = parts[i].name,
						      .json = parts[i].json,
						      .digest_hex = parts[i].digest_hex};
		const struct spot spot = spot_file(parts[i].name);
		const struct spot at_items = spot_member(&spot, "items");
		size_t index = 0;
		overlays[i].sound = true;
		for (const struct json *one = json_first(json_member(parts[i].json, "items")); one; one = json_next(one)) {
			const struct spot here = spot_element(&at_items, index++);
			const bool formed =
				form_check_part(loader->set->schemas.items, "/$defs/item", one, &here, loader->issues);
			overlays[i].sound = formed && overlays[i].sound;
			good = check_basis(loader, one, &here) && formed && good;
		}
	}
	loader->set->overlays = overlays;
	loader->set->overlay_count = count;
	return good;
}
