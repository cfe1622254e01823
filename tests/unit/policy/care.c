/* SPDX-License-Identifier: Apache-2.0 */
#include "care.h"

#include "base/json_write.h"
#include "fixture.h"

#include <check.h>
#include <stdio.h>
#include <string.h>

#define ROOM "care-sketch/1/"

enum { WAIVERS = 8 };

/* Those that stand before the files of the items, which policy.json names. */
static const char *const files[] = {"calendars/holidays.json", ROOM "policy.json", ROOM "clauses.json"};

static const struct json *read_file(struct arena *arena, const char *name)
{
	const size_t size = (size_t)1 << 18;
	FILE *stream = fopen(arena_printf(arena, "%s/tests/policies/%s", CHECKOUT, name), "rbe");
	ck_assert_msg(stream != NULL, "%s", name);
	char *bytes = arena_alloc(arena, size);
	const size_t length = fread(bytes, 1, size, stream);
	fclose(stream);
	struct err err = {0};
	const struct json *json = json_parse(arena, bytes, length, &json_limits_file, &err);
	ck_assert_msg(json != NULL, "%s: %s", name, err.detail);
	return json;
}

static void write_file(struct library *library, const struct library_change *change, const char *name)
{
	const struct json *json = read_file(library->arena, name);
	struct text text;
	struct json_writer writer;
	struct err err = {0};
	if (change->file && strcmp(change->file, name) == 0) {
		const struct json *value = change->value ? fixture_json(library->arena, change->value) : NULL;
		json = json_edit(library->arena, json, change->pointer, value, &err);
		ck_assert_msg(json != NULL, "%s: %s", change->pointer, err.detail);
	}
	text_init(&text, library->arena, 16384);
	json_writer_init(&writer, &text);
	json_put_tree(&writer, json);
	library_write(library, name, text.data);
}

static void write_frame(struct library *library, const struct library_change *change)
{
	for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++) {
		write_file(library, change, files[i]);
	}
}

void care_write(struct library *library, const struct library_change *change)
{
	const struct json *policy = read_file(library->arena, ROOM "policy.json");
	write_frame(library, change);
	for (const struct json *one = json_first(json_member(policy, "items")); one; one = json_next(one)) {
		write_file(library, change, arena_printf(library->arena, ROOM "%s", json_text(one)));
	}
}

static void load(struct care *care, const char *review)
{
	struct instant at;
	care->set = library_load(&care->library);
	const struct issues *issues = &care->library.issues;
	ck_assert_msg(care->set != NULL, "%s: %s", issues->count > 0 ? issues->items[0].pointer : "",
		      issues->count > 0 ? issues->items[0].detail : "");
	ck_assert(instant_parse("2026-03-01T09:00:00-05:00", &at));
	ck_assert_int_eq(policy_set_match(care->set, "care-sketch", "WALK", review, at, &care->program), POLICY_ANSWERS);
}

void care_init(struct care *care, const char *review)
{
	library_init(&care->library);
	care_write(&care->library, &(struct library_change){NULL, NULL, NULL});
	load(care, review);
}

static char *quoted(struct arena *arena, const char *text)
{
	char *copy = arena_printf(arena, "%s", text);
	for (char *at = strchr(copy, '\''); at; at = strchr(at, '\'')) {
		*at = '"';
	}
	return copy;
}

void care_init_item(struct care *care, const char *item)
{
	library_init(&care->library);
	struct library *library = &care->library;
	write_frame(library, &(struct library_change){ROOM "policy.json", "/items", "[\"duties.json\"]"});
	library_write(library, ROOM "duties.json",
		      arena_printf(library->arena,
				   "{\"section\":\"2\",\"title\":\"One item\",\"items\":[{\"id\":\"r\",\"for\":[\"WALK/care\"],"
				   "\"cite\":[\"2\"],%s}]}",
				   quoted(library->arena, item)));
	load(care, "care");
}

void care_init_rule(struct care *care, const char *rule)
{
	struct arena *arena = arena_create();
	care_init_item(care, arena_printf(arena, "'kind':'obligation','text':'It is done.',%s", rule));
	arena_destroy(arena);
}

void care_finish(struct care *care)
{
	policy_set_destroy(care->set);
	library_finish(&care->library);
}

/* The next word before STOP; *AT goes on behind it. */
static char *word(struct arena *arena, const char **at, const char *stop)
{
	*at += strspn(*at, " ;");
	const size_t length = strcspn(*at, stop);
	char *found = arena_printf(arena, "%.*s", (int)length, *at);
	*at += length;
	return found;
}

static void put_occurrence(struct arena *arena, struct text *text, const char *one)
{
	const char *at = one;
	text_printf(text, "{\"kind\":\"%s\"", word(arena, &at, " "));
	const char *day = word(arena, &at, " ");
	ck_assert_msg(*day != '\0', "%s has no day", one);
	if (strcmp(day, "-") != 0) {
		text_printf(text, ",\"%s\":\"%s\"", strchr(day, 'T') ? "at" : "on", day);
	}
	for (char *pair = word(arena, &at, " "); *pair; pair = word(arena, &at, " ")) {
		char *value = strchr(pair, '=');
		ck_assert_msg(value != NULL, "%s", one);
		*value++ = '\0';
		text_printf(text, ",\"%s\":\"%s\"", pair, value);
	}
	text_puts(text, "}");
}

const char *care_list(struct arena *arena, const char *history)
{
	struct text text;
	text_init(&text, arena, 1024);
	text_puts(&text, "");
	const char *at = history;
	const char *between = "";
	for (const char *one = word(arena, &at, ";"); *one; one = word(arena, &at, ";")) {
		text_puts(&text, between);
		put_occurrence(arena, &text, one);
		between = ",";
	}
	return text.data;
}

struct evaluation care_judge(const struct care *care, struct arena *arena, const char *list, const char *now,
			     const struct duty_waiver *waivers, size_t waiver_count)
{
	const struct json *body = fixture_json(arena, arena_printf(arena,
								   "{\"payer\":\"care-sketch\",\"service\":\"WALK\","
								   "\"review\":\"care\",\"facts\":{\"occurrences\":[%s]}}",
								   list));
	struct issues issues;
	issues_init(&issues, arena);
	const struct policy *policy = care->program->policy;
	struct submission submission = {
		.set = care->set, .program = care->program, .waivers = waivers, .waiver_count = waiver_count};
	submission.body = shape_decode(policy->request, body, arena, &issues);
	ck_assert_msg(submission.body != NULL, "%s %s", issues.count > 0 ? issues.items[0].pointer : "", list);
	ck_assert(instant_parse("2026-01-01T09:00:00-05:00", &submission.received_at));
	ck_assert_msg(instant_parse(now, &submission.now), "%s is no instant", now);
	submission.received_on = submission.today = zone_date(policy->zone, submission.received_at);
	struct evaluation evaluation;
	evaluate(&submission, arena, &evaluation);
	return evaluation;
}

const char *care_owed(const struct care *care, struct arena *arena, const struct evaluation *evaluation)
{
	struct text text;
	text_init(&text, arena, 1024);
	text_puts(&text, "");
	for (size_t i = 0; i < evaluation->duty_count; i++) {
		const struct care_duty *duty = &evaluation->duties[i];
		char day[CIVIL_TEXT_SIZE];
		char moment[INSTANT_TEXT_SIZE];
		const char *due = duty->in_hours ? zone_format(care->program->policy->zone, duty->due_at, moment)
						 : civil_format(duty->due_on, day);
		text_printf(&text, "%s%s#%u %s %s", i > 0 ? "; " : "", duty->key, duty->number, duty->has_due ? due : "-",
			    duty_state_name(duty->state));
		if (duty->fulfilled) {
			text_printf(&text, " by %s", duty->fulfilled_by);
		}
		if (duty->state == DUTY_LATE || duty->state == DUTY_OVERDUE) {
			text_printf(&text, " +%d", duty->late_by_days);
		}
	}
	return text.data;
}

void care_try(const struct care_row *row)
{
	struct care care;
	struct duty_waiver waivers[WAIVERS];
	size_t waived = 0;
	care_init_rule(&care, row->rule);
	struct arena *arena = arena_create();
	const char *at = row->waived ? row->waived : "";
	for (const char *key = word(arena, &at, " "); *key; key = word(arena, &at, " ")) {
		ck_assert_uint_lt(waived, WAIVERS);
		waivers[waived++] = (struct duty_waiver){"r", key};
	}
	const struct evaluation evaluation =
		care_judge(&care, arena, care_list(arena, row->history), row->now, waivers, waived);
	const char *owed = care_owed(&care, arena, &evaluation);
	ck_assert_msg(strcmp(owed, row->owed) == 0, "%s\n  owed:   %s\n  wanted: %s", row->name, owed, row->owed);
	arena_destroy(arena);
	care_finish(&care);
}
