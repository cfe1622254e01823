/* SPDX-License-Identifier: Apache-2.0 */
#include "wire/event_json.h"

#include "../run_suite.h"
#include "../sketch.h"
#include "base/label.h"
#include "base/text.h"

#include <check.h>
#include <stdint.h>
#include <string.h>

static const struct id_row {
	const char *text;
	int64_t sequence; /* -1: refused */
} ids[] = {
	{"evt_000000000042", 42},
	{"evt_000000000000", 0},
	{"evt_999999999999", INT64_C(999999999999)},
	{"evt_0000000000421", -1},
	{"evt_000000000042x", -1},
	{"evt_000000000042 ", -1},
	{"evt_00000000042", -1},
	{"evt_00000000004x", -1},
	{"evt_-00000000042", -1},
	{"evt_+00000000042", -1},
	{"evt_ 00000000042", -1},
	{"EVT_000000000042", -1},
	{"evt-000000000042", -1},
	{"req_000000000042", -1},
	{"000000000042", -1},
	{"evt_", -1},
	{"", -1},
};

START_TEST(ids_are_read)
{
	const struct id_row *row = &ids[_i];
	int64_t sequence = -1;

	ck_assert_msg(event_id_read(row->text, &sequence) == (row->sequence >= 0), "\"%s\"", row->text);
	ck_assert_msg(sequence == row->sequence, "\"%s\": %lld", row->text, (long long)sequence);
}
END_TEST

START_TEST(ids_are_written_and_sort_as_numbers)
{
	static const int64_t sequences[] = {1, 9, 10, 99, 100, 123456789, INT64_C(999999999998), INT64_C(999999999999)};
	struct arena *arena = arena_create();
	const char *before = "evt_000000000000";

	for (size_t i = 0; i < sizeof(sequences) / sizeof(sequences[0]); i++) {
		int64_t found = 0;
		const char *id = event_id_write(arena, sequences[i]);
		ck_assert_msg(event_id_read(id, &found) && found == sequences[i], "%s", id);
		ck_assert_msg(strcmp(before, id) < 0, "%s sorts behind %s", id, before);
		before = id;
	}
	arena_destroy(arena);
}
END_TEST

static const struct json *written_of(const struct sketch *sketch, const char *id, const struct json *snapshot)
{
	struct text out;
	struct json_writer writer;
	const struct event_line line = {
		.sequence = 7,
		.at = sketch_instant("2026-11-20T23:40:12Z"),
		.zone = sketch->zone,
		.action = "received",
		.actor = "prn_1",
		.actor_role = "provider",
		.request_id = id,
		.payer = "acme",
		.service = "WALK",
		.provider_npi = "1234567893",
		.policy_id = "sketch",
		.policy_version = "1",
		.policy_digest = strcmp(id, "req_old") == 0 ? NULL : "d1",
		.sensitivity = LABEL_SUBSTANCE_USE,
		.snapshot = snapshot,
	};

	text_init(&out, sketch->arena, 64);
	json_writer_init(&writer, &out);
	event_line_write(&writer, &line);
	return sketch_json(sketch, out.data);
}

static const struct json *written(const struct sketch *sketch, const struct json *snapshot)
{
	return written_of(sketch, "req_1", snapshot);
}

START_TEST(a_line_leads_to_where_it_is_read)
{
	struct sketch sketch;
	sketch_init(&sketch);
	ck_assert_str_eq(json_text(json_member(written_of(&sketch, "svc_1", NULL), "href")), "/v1/service-records/svc_1");
	const struct json *standing = written_of(&sketch, "prv_1", NULL);
	ck_assert_str_eq(json_text(json_member(standing, "request")), "prv_1");
	ck_assert_str_eq(json_text(json_member(standing, "href")),
			 "/v1/providers/1234567893/attestations?payer=acme&service=WALK");
	ck_assert_str_eq(json_text(json_member(standing, "provider_npi")), "1234567893");
	sketch_finish(&sketch);
}
END_TEST

START_TEST(a_line_of_the_feed)
{
	static const char *const members[][2] = {
		{"id", "evt_000000000007"},
		{"at", "2026-11-20T15:40:12-08:00"},
		{"action", "received"},
		{"actor_role", "provider"},
		{"actor", "prn_1"},
		{"request", "req_1"},
		{"href", "/v1/requests/req_1"},
	};
	struct sketch sketch;
	sketch_init(&sketch);
	const struct json *line = written(&sketch, NULL);
	for (size_t i = 0; i < sizeof(members) / sizeof(members[0]); i++) {
		const char *found = json_text(json_member(line, members[i][0]));
		ck_assert_msg(found != NULL && strcmp(found, members[i][1]) == 0, "%s: %s", members[i][0], found);
	}
	ck_assert_ptr_null(json_member(line, "state"));
	ck_assert_uint_eq(json_count(json_member(line, "sensitivity")), 1);
	ck_assert_str_eq(json_text(json_first(json_member(line, "sensitivity"))), "substance_use");
	ck_assert_int_eq(json_kind(json_member(line, "provider_npi")), JSON_NULL);
	ck_assert_str_eq(json_text(json_at(line, "/policy/id")), "sketch");
	ck_assert_str_eq(json_text(json_at(line, "/policy/version")), "1");
	ck_assert_str_eq(json_text(json_at(line, "/policy/digest")), "d1");
	ck_assert_int_eq(json_kind(json_at(written_of(&sketch, "req_old", NULL), "/policy/digest")), JSON_NULL);
	ck_assert_uint_eq(json_count(line), sizeof(members) / sizeof(members[0]) + 3);
	sketch_finish(&sketch);
}
END_TEST

START_TEST(a_line_of_a_timeline_shows_the_state_after_it)
{
	struct sketch sketch;
	int64_t count = -1;
	sketch_init(&sketch);
	const struct json *snapshot = sketch_json(
		&sketch, "{\"status\": \"incomplete\", \"waiting_on\": \"provider\", \"summary\": \"Words.\", \"version\": 3,"
			 " \"missing\": [{}, {}], \"requested\": [{}], \"findings\": [{\"say\": \"not for timelines\"}]}");
	const struct json *state = json_member(written(&sketch, snapshot), "state");
	ck_assert_str_eq(json_text(json_member(state, "status")), "incomplete");
	ck_assert_str_eq(json_text(json_member(state, "waiting_on")), "provider");
	ck_assert_str_eq(json_text(json_member(state, "summary")), "Words.");
	ck_assert(json_integer(json_member(state, "version"), &count) && count == 3);
	ck_assert(json_integer(json_member(state, "missing"), &count) && count == 2);
	ck_assert(json_integer(json_member(state, "requested"), &count) && count == 1);
	ck_assert_uint_eq(json_count(state), 6);
	sketch_finish(&sketch);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("event_json");
	TCase *tests = tcase_create("event_json");

	tcase_add_loop_test(tests, ids_are_read, 0, (int)(sizeof(ids) / sizeof(ids[0])));
	tcase_add_test(tests, ids_are_written_and_sort_as_numbers);
	tcase_add_test(tests, a_line_leads_to_where_it_is_read);
	tcase_add_test(tests, a_line_of_the_feed);
	tcase_add_test(tests, a_line_of_a_timeline_shows_the_state_after_it);
	suite_add_tcase(suite, tests);
	return run_suite(suite);
}
