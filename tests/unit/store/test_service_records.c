/* SPDX-License-Identifier: Apache-2.0 */
/* Records of running care and of what providers attest: their lists, what is owed in them, what may change, and that changes past the guards are found. */
#include "fixture.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

enum { DAY = 1000 };

static struct fixture fx;
static const char *const payers[] = {"trillium", "lhcc"};

static void setup(void)
{
	fixture_prepare(&fx);
	fixture_open(&fx);
}

static void teardown(void)
{
	fixture_finish(&fx);
}

static const char body_start[] = "{\"body\":{\"payer\":\"trillium\"},\"plan\":{},\"version\":1}";

static struct request_row care_row(int number)
{
	struct request_row row = fixture_row(fx.arena, number);

	row.id = arena_printf(fx.arena, "svc_01HZZZZZZZZZZZZZZZZZ%06d", number);
	row.service = "TM";
	row.review = "care";
	row.status = "recorded";
	row.waiting_on = "nobody";
	row.open = false;
	row.tasks = RECORD_DONE;
	row.due_at.us = row.act_by.us = 0;
	row.act_by_rule = NULL;
	row.missing_count = row.requested_count = 0;
	row.provider_npi = "1234567893";
	return row;
}

static struct request_row standing_row(int number)
{
	struct request_row row = care_row(number);

	row.id = arena_printf(fx.arena, "prv_01HZZZZZZZZZZZZZZZZZ%06d", number);
	row.review = "standing";
	return row;
}

/* Inserts ROW, or makes it the next version, with what is owed. */
static bool store(struct request_row *row, const char *body, const struct obligation_row *owed, size_t count)
{
	struct task task;

	task_init(&task, row->version == 1 ? run_insert : run_update);
	task.row = *row;
	task.body = body;
	task.event = fixture_event(fx.arena, row, "occurrences_recorded");
	task.event.at.us += row->version;
	task.event.obligations = owed;
	task.event.obligation_count = count;
	const bool good = task_do(&fx, &task);
	fx.err = task.err;
	return good;
}

#define GOOD(done) ck_assert_msg(done, "%s", fx.err.detail)

static struct obligation_row duty(const char *item, const char *key, int64_t number, const char *state, int64_t due)
{
	return (struct obligation_row){item, key, number, state, {due}};
}

static struct obligations_query staff(size_t limit)
{
	return (struct obligations_query){.payers = payers, .payer_count = 2, .limit = limit};
}

/* "item#number state due" of each row, separated by commas. */
static const char *listed(const struct obligations_query *query, struct obligation_page *page)
{
	const char *text = "";

	GOOD(obligations_read(fx.reader, query, fx.arena, page, &fx.err));
	for (size_t i = 0; i < page->count; i++) {
		const struct obligation_row *row = &page->rows[i].row;
		text = arena_printf(fx.arena, "%s%s%s#%lld %s %lld", text, i > 0 ? "," : "", row->item, (long long)row->number, row->state,
		                    (long long)row->due_at.us);
	}
	return text;
}

/* ---- what is owed ---- */

START_TEST(what_is_owed_is_what_the_newest_event_left)
{
	struct request_row row = care_row(1);
	struct obligation_row owed[] = {duty("tm.plan", "o1", 1, "open", 3 * DAY), duty("tm.plan", "o2", 2, "open", 5 * DAY),
	                                duty("tm.outreach", "o1", 1, "overdue", DAY), duty("tm.other", "o9", 1, "open", 0)};
	const struct obligations_query query = staff(50);
	struct obligation_page page;
	int64_t count = 0;

	GOOD(store(&row, body_start, owed, 4));
	ck_assert_str_eq(listed(&query, &page), "tm.outreach#1 overdue 1000,tm.plan#1 open 3000,tm.plan#2 open 5000,tm.other#1 open 0");
	ck_assert_str_eq(page.rows[0].record, row.id);
	ck_assert_str_eq(page.rows[0].policy_version, row.policy_version);
	ck_assert_str_eq(page.rows[0].provider_npi, "1234567893");
	row.version++;
	owed[0].state = "fulfilled";
	owed[1].due_at.us = 6 * DAY;
	GOOD(store(&row, NULL, owed, 4));
	ck_assert_str_eq(listed(&query, &page), "tm.outreach#1 overdue 1000,tm.plan#2 open 6000,tm.other#1 open 0");
	row.version++;
	GOOD(store(&row, NULL, owed, 2)); /* what began the others was retracted */
	ck_assert_str_eq(listed(&query, &page), "tm.plan#2 open 6000");
	ck_assert_int_eq(raw_number(&fx, "SELECT count(*) FROM obligation WHERE state <> 'retracted'"), 2);
	row.version++;
	GOOD(store(&row, NULL, NULL, 0)); /* an event that says nothing of it leaves it */
	ck_assert_int_eq(raw_number(&fx, "SELECT count(*) FROM obligation WHERE state <> 'retracted'"), 2);
	row.version++;
	GOOD(store(&row, NULL, owed, 0));
	ck_assert_int_eq(raw_number(&fx, "SELECT count(*) FROM obligation WHERE state <> 'retracted'"), 0);
	row.version++;
	GOOD(store(&row, NULL, owed + 1, 1)); /* and again */
	ck_assert_str_eq(listed(&query, &page), "tm.plan#2 open 6000");
	ck_assert_int_eq(raw_number(&fx, "SELECT count(*) FROM obligation"), 4);
	GOOD(events_verify(fx.reader, &count, &fx.err));
	ck_assert_int_eq(count, 6);
}
END_TEST

START_TEST(what_is_owed_is_listed_by_due_instant)
{
	struct obligation_page page;
	const char *seen = "";
	size_t pages = 0;

	for (int i = 0; i < 9; i++) {
		struct request_row row = care_row(i);
		row.payer = payers[i % 2];
		row.organization = i < 6 ? "org-1" : "org-2";
		row.service = i % 3 == 0 ? "PSS" : "TM";
		const struct obligation_row owed[] = {duty("a", "o1", 1, "open", (20 - i) * DAY), duty("b", "o1", 1, "overdue", (1 + i / 2) * DAY),
		                                      duty("c", "o1", 1, "fulfilled", 7 * DAY)};
		GOOD(store(&row, body_start, owed, 3));
	}
	struct obligations_query query = staff(4);
	do {
		listed(&query, &page);
		for (size_t i = 0; i < page.count; i++) {
			seen = arena_printf(fx.arena, "%s%s%s.%d", seen, *seen != '\0' ? " " : "", page.rows[i].row.item,
			                    atoi(page.rows[i].record + 24));
		}
		const struct obligation_view *last = &page.rows[page.count - 1];
		query.after_due_at = last->row.due_at;
		query.after_record = last->record;
		query.after_item = last->row.item;
		query.after_key = last->row.key;
		pages++;
	} while (page.more);
	ck_assert_str_eq(seen, "b.0 b.1 b.2 b.3 b.4 b.5 b.6 b.7 b.8 a.8 a.7 a.6 a.5 a.4 a.3 a.2 a.1 a.0");
	ck_assert_uint_eq(pages, 5);

	query = staff(50);
	query.due_before.us = 2 * DAY;
	ck_assert_str_eq(listed(&query, &page), "b#1 overdue 1000,b#1 overdue 1000");
	query = staff(50);
	query.state = "fulfilled";
	query.payer = "lhcc";
	listed(&query, &page);
	ck_assert_uint_eq(page.count, 4);
	query = staff(50);
	query.service = "PSS";
	listed(&query, &page);
	ck_assert_uint_eq(page.count, 6);
	query = staff(50);
	query.provider_npi = "1000000004";
	listed(&query, &page);
	ck_assert_uint_eq(page.count, 0);
	query = (struct obligations_query){.organization = "org-2", .limit = 50};
	listed(&query, &page);
	ck_assert_uint_eq(page.count, 6);
	query = (struct obligations_query){.organization = "", .limit = 50};
	listed(&query, &page);
	ck_assert_uint_eq(page.count, 0);
	query = (struct obligations_query){.payer_count = 0, .limit = 50};
	listed(&query, &page);
	ck_assert_uint_eq(page.count, 0);
}
END_TEST

/* ---- lists of records ---- */

static const char *records_of(const struct service_records_query *query, struct worklist_page *page)
{
	const char *text = "";

	GOOD(service_records_read(fx.reader, query, fx.arena, page, &fx.err));
	for (size_t i = 0; i < page->count; i++) {
		text = arena_printf(fx.arena, "%s%s%d", text, i > 0 ? " " : "", atoi(page->rows[i].id + 24));
	}
	return text;
}

START_TEST(records_are_listed_by_what_is_due_first)
{
	struct worklist_page page;

	for (int i = 0; i < 6; i++) {
		struct request_row row = care_row(i);
		row.payer = payers[i % 2];
		row.organization = i < 4 ? "org-1" : "org-2";
		row.provider_npi = i == 2 ? "1000000004" : "1234567893";
		row.tasks = i < 2 ? RECORD_OVERDUE : i < 4 ? RECORD_OPEN : RECORD_DONE;
		row.act_by.us = i < 4 ? (10 - i) * DAY : 0;
		GOOD(store(&row, body_start, NULL, 0));
	}
	struct request_row standing = standing_row(7);
	GOOD(store(&standing, body_start, NULL, 0));
	struct service_records_query query = {.payers = payers, .payer_count = 2, .state = -1, .limit = 50};
	ck_assert_str_eq(records_of(&query, &page), "3 2 1 0 4 5");
	ck_assert_str_eq(page.rows[1].provider_npi, "1000000004");
	query.limit = 3;
	ck_assert_str_eq(records_of(&query, &page), "3 2 1");
	ck_assert(page.more);
	query.after_act_by = page.rows[2].act_by;
	query.after_id = page.rows[2].id;
	ck_assert_str_eq(records_of(&query, &page), "0 4 5");
	ck_assert(!page.more);
	query = (struct service_records_query){.payers = payers, .payer_count = 2, .state = RECORD_OVERDUE, .limit = 50};
	ck_assert_str_eq(records_of(&query, &page), "1 0");
	query.state = RECORD_DONE;
	query.payer = "lhcc";
	ck_assert_str_eq(records_of(&query, &page), "5");
	query = (struct service_records_query){.organization = "org-1", .state = -1, .provider_npi = "1234567893", .limit = 50};
	ck_assert_str_eq(records_of(&query, &page), "3 1 0");
	query = (struct service_records_query){.organization = "org-1", .state = -1, .service = "PSS", .limit = 50};
	ck_assert_str_eq(records_of(&query, &page), "");
}
END_TEST

/* Each way to find requests finds none of the records that fit it too. */
START_TEST(worklists_leave_records_out)
{
	struct request_row row = care_row(1);
	struct request_row standing = standing_row(2);
	struct worklist_page page;

	row.authorization_number = NULL;
	GOOD(store(&row, body_start, NULL, 0));
	GOOD(store(&standing, body_start, NULL, 0));
	struct request_row closed = fixture_row(fx.arena, 3);
	closed.status = "not_required";
	closed.waiting_on = "nobody";
	closed.open = false;
	closed.tasks = 0;
	fixture_insert_all(&fx, &closed, 1);
	const struct worklist_query queries[] = {
		{.payers = payers, .payer_count = 2},
		{.organization = "org-1"},
		{.payers = payers, .payer_count = 2, .member_id = "OHP1"},
		{.payers = payers, .payer_count = 2, .provider_npi = "1234567893"},
		{.organization = "org-1", .submitter_reference = "CR-1"},
	};
	for (size_t i = 0; i < sizeof(queries) / sizeof(queries[0]); i++) {
		struct worklist_query query = queries[i];
		query.limit = 50;
		GOOD(worklist_read(fx.reader, &query, fx.arena, &page, &fx.err));
		ck_assert_msg(page.count == 1 && strcmp(page.rows[0].id, closed.id) == 0, "query %zu: %zu rows", i, page.count);
	}
	const struct worklist_query number = {.organization = "org-1", .tracking_number = row.tracking_number, .limit = 50};
	GOOD(worklist_read(fx.reader, &number, fx.arena, &page, &fx.err));
	ck_assert_uint_eq(page.count, 0);
}
END_TEST

START_TEST(an_organization_attests_once)
{
	const char *const *ids = NULL;
	size_t count = 0;
	struct request_row rows[4];

	for (int i = 0; i < 4; i++) {
		rows[i] = standing_row(i);
	}
	rows[1].organization = "";
	rows[2].service = "PSS";
	for (int i = 0; i < 3; i++) {
		GOOD(store(&rows[i], body_start, NULL, 0));
	}
	ck_assert(!store(&rows[3], body_start, NULL, 0));
	ck_assert_int_eq(fx.err.code, ERR_BUSY);
	GOOD(standing_records_read(fx.reader, "trillium", "TM", "1234567893", NULL, 10, fx.arena, &ids, &count, &fx.err));
	ck_assert_uint_eq(count, 2);
	GOOD(standing_records_read(fx.reader, "trillium", "TM", "1234567893", "org-1", 10, fx.arena, &ids, &count, &fx.err));
	ck_assert_uint_eq(count, 1);
	ck_assert_str_eq(ids[0], rows[0].id);
	GOOD(standing_records_read(fx.reader, "trillium", "TM", "1234567893", "org-2", 10, fx.arena, &ids, &count, &fx.err));
	ck_assert_uint_eq(count, 0);
}
END_TEST

START_TEST(what_is_attested_is_held_against_the_policy_of_its_day)
{
	struct request_row row = standing_row(1);

	GOOD(store(&row, body_start, NULL, 0));
	row.version = 2;
	row.policy_version = "2027-01";
	GOOD(store(&row, NULL, NULL, 0));
}
END_TEST

/* ---- what may change ---- */

static const char with[] = "{\"body\":{\"payer\":\"trillium\",\"facts\":{\"other\":1,\"occurrences\":[{\"id\":\"o1\",\"kind\":\"a\"}]}},"
			   "\"plan\":{},\"version\":2}";

static const struct {
	const char *body;
	bool may;
} papers[] = {
	{"{\"body\":{\"payer\":\"trillium\",\"facts\":{\"other\":1,\"occurrences\":[{\"id\":\"o1\",\"kind\":\"a\"},{\"id\":\"o2\",\"x\":{\"y\":[1]}}]}},\"plan\":{\"waivers\":[1]}}", true},
	{"{\"body\":{\"payer\":\"trillium\",\"facts\":{\"other\":1,\"occurrences\":[{\"id\":\"o1\",\"kind\":\"a\"}]}},\"plan\":{}}", true},
	{"{\"body\":{\"payer\":\"trillium\",\"facts\":{\"other\":1,\"occurrences\":[{\"id\":\"o1\",\"kind\":\"b\"}]}},\"plan\":{}}", false},
	{"{\"body\":{\"payer\":\"trillium\",\"facts\":{\"other\":1,\"occurrences\":[{\"id\":\"o1\",\"kind\":\"a\",\"reason\":\"r\"}]}},\"plan\":{}}", false},
	{"{\"body\":{\"payer\":\"trillium\",\"facts\":{\"other\":1,\"occurrences\":[]}},\"plan\":{}}", false},
	{"{\"body\":{\"payer\":\"trillium\",\"facts\":{\"other\":1,\"occurrences\":[{\"id\":\"o0\"},{\"id\":\"o1\",\"kind\":\"a\"}]}},\"plan\":{}}", false},
	{"{\"body\":{\"payer\":\"trillium\",\"facts\":{\"other\":2,\"occurrences\":[{\"id\":\"o1\",\"kind\":\"a\"}]}},\"plan\":{}}", false},
	{"{\"body\":{\"payer\":\"trillium\",\"facts\":{\"other\":1,\"more\":1,\"occurrences\":[{\"id\":\"o1\",\"kind\":\"a\"}]}},\"plan\":{}}", false},
	{"{\"body\":{\"payer\":\"trillium\",\"member\":{},\"facts\":{\"other\":1,\"occurrences\":[{\"id\":\"o1\",\"kind\":\"a\"}]}},\"plan\":{}}", false},
	{"{\"body\":{\"payer\":\"lhcc\",\"facts\":{\"other\":1,\"occurrences\":[{\"id\":\"o1\",\"kind\":\"a\"}]}},\"plan\":{}}", false},
	{"{\"plan\":{}}", false},
};

START_TEST(papers_of_a_record_grow)
{
	struct request_row row = care_row(1);

	GOOD(store(&row, body_start, NULL, 0));
	row.version = 2;
	ck_assert(!store(&row, "{\"body\":{\"payer\":\"trillium\",\"member\":{}},\"plan\":{}}", NULL, 0));
	GOOD(store(&row, "{\"body\":{\"payer\":\"trillium\",\"facts\":{\"occurrences\":[]}},\"plan\":{}}", NULL, 0)); /* the first */
	row = care_row(2);
	GOOD(store(&row, with, NULL, 0));
	row.version = 2;
	const bool good = store(&row, papers[_i].body, NULL, 0);
	ck_assert_msg(good == papers[_i].may, "%s: %s", papers[_i].body, fx.err.detail);
}
END_TEST

#define ATTESTED(id, item, on) "{\"id\":\"" id "\",\"item\":\"" item "\",\"on\":\"" on "\"}"
#define TAKEN(id, item, of) "{\"id\":\"" id "\",\"item\":\"" item "\",\"retracts\":\"" of "\"}"
#define STANDING(payer, list) "{\"body\":{\"payer\":\"" payer "\",\"facts\":{\"occurrences\":[" list "]}},\"plan\":{}}"
#define FIRST ATTESTED("o1", "a", "2026-01-01")
#define SECOND ATTESTED("o2", "b", "2026-01-02")
#define THIRD ATTESTED("o3", "b", "2026-01-03")

/* A record with "a" and "b", of which "b" was retracted once. */
static const char standing_start[] = STANDING("trillium", FIRST "," SECOND "," TAKEN("o4", "b", "o2") "," THIRD);

static const struct {
	const char *name;
	const char *body;
	bool may;
} attested[] = {
	{"the same", STANDING("trillium", FIRST "," SECOND "," TAKEN("o4", "b", "o2") "," THIRD), true},
	{"one more", STANDING("trillium", FIRST "," SECOND "," TAKEN("o4", "b", "o2") "," THIRD "," ATTESTED("o5", "c", "2026-01-05")), true},
	{"what was retracted goes", STANDING("trillium", FIRST "," THIRD), true},
	{"attested anew", STANDING("trillium", FIRST "," ATTESTED("o5", "b", "2026-01-05")), true},
	{"retracted, as it was done before", STANDING("trillium", FIRST "," SECOND "," TAKEN("o4", "b", "o2") "," THIRD "," TAKEN("o5", "b", "o3")), true},
	{"what stands goes", STANDING("trillium", THIRD), false},
	{"another item does not take its place", STANDING("trillium", FIRST "," ATTESTED("o5", "c", "2026-01-05")), false},
	{"it is not changed", STANDING("trillium", ATTESTED("o1", "a", "2026-02-01") "," THIRD), false},
	{"a name is not given again", STANDING("trillium", FIRST "," ATTESTED("o3", "b", "2026-01-05")), false},
	{"nor that of what was retracted", STANDING("trillium", FIRST "," ATTESTED("o2", "b", "2026-01-05")), false},
	{"nothing of it", STANDING("trillium", ""), false},
	{"null in its place", STANDING("trillium", "null"), false},
	{"null beside what is left", STANDING("trillium", THIRD ",null"), false},
	{"no list", "{\"body\":{\"payer\":\"trillium\",\"facts\":{\"occurrences\":null}},\"plan\":{}}", false},
	{"no papers", "{\"plan\":{}}", false},
	{"another payer", STANDING("lhcc", FIRST "," THIRD), false},
	{"more facts", "{\"body\":{\"payer\":\"trillium\",\"facts\":{\"occurrences\":[" FIRST "," THIRD "],\"x\":1}},\"plan\":{}}", false},
};

START_TEST(what_is_attested_goes_only_for_a_new_one)
{
	struct request_row row = standing_row(1);

	GOOD(store(&row, body_start, NULL, 0));
	row.version = 2;
	GOOD(store(&row, "{\"body\":{\"payer\":\"trillium\",\"facts\":{\"occurrences\":[" FIRST "]}},\"plan\":{}}", NULL, 0)); /* the first */
	row = standing_row(2);
	row.service = "PSS";
	GOOD(store(&row, standing_start, NULL, 0));
	row.version = 2;
	const bool good = store(&row, attested[_i].body, NULL, 0);
	ck_assert_msg(good == attested[_i].may, "%s: %s", attested[_i].name, good ? "stored" : fx.err.detail);
	ck_assert(good || strstr(fx.err.detail, "attested anew") != NULL);
}
END_TEST

/* What somebody with the file and sqlite3 may not do. */
static const char *const refused[] = {
	"UPDATE request SET version = version + 1, last_event = 2, status = 'in_review' WHERE number = 1",
	"UPDATE request SET version = version + 1, last_event = 2, open = 1 WHERE number = 1",
	"UPDATE request SET version = version + 1, last_event = 2, waiting_on = 'plan' WHERE number = 1",
	"UPDATE request SET version = version + 1, last_event = 2, review = 'initial' WHERE number = 1",
	"UPDATE request SET version = version + 1, last_event = 2, review = 'standing' WHERE number = 1",
	"UPDATE request SET version = version + 1, last_event = 2, service = 'PSS' WHERE number = 1",
	"UPDATE request SET version = version + 1, last_event = 2, member_id = 'x' WHERE number = 1",
	"UPDATE request SET version = version + 1, last_event = 2, provider_npi = 'x' WHERE number = 1",
	"UPDATE request SET version = version + 1, last_event = 2, policy_digest = 'x' WHERE number = 1",
	"UPDATE request SET version = version + 1, last_event = 2, authorization_number = 'x' WHERE number = 1",
	"UPDATE request SET version = version + 1, last_event = 9, review = 'care' WHERE number = 2",
	"DELETE FROM request WHERE number = 1",
	"INSERT INTO obligation VALUES (2, 'a', 'o9', 1, 'open', 5, 'req_01HZZZZZZZZZZZZZZZZZ000002', 'trillium', 'PRTS', 'org-1', '1234567893')",
	"INSERT INTO obligation VALUES (1, 'a', 'o9', 1, 'open', 5, 'svc_01HZZZZZZZZZZZZZZZZZ000001', 'lhcc', 'TM', 'org-1', '1234567893')",
	"INSERT INTO obligation VALUES (1, 'a', 'o9', 1, 'done', 5, 'svc_01HZZZZZZZZZZZZZZZZZ000001', 'trillium', 'TM', 'org-1', '1234567893')",
	"UPDATE obligation SET payer = 'lhcc'",
	"UPDATE obligation SET item = 'b'",
	"DELETE FROM obligation",
};

START_TEST(of_a_record_only_what_is_owed_changes)
{
	struct request_row row = care_row(1);
	const struct obligation_row owed = duty("a", "o1", 1, "open", DAY);

	GOOD(store(&row, body_start, &owed, 1));
	(void)fixture_insert(&fx, 2);
	ck_assert_msg(raw_run(&fx, refused[_i]) == SQLITE_CONSTRAINT, "%s", refused[_i]);
}
END_TEST

START_TEST(a_record_is_recorded_under_its_own_name)
{
	struct request_row rows[6];

	for (int i = 0; i < 6; i++) {
		rows[i] = care_row(i);
	}
	rows[0].id = "req_01HZZZZZZZZZZZZZZZZZ000000";
	rows[1].review = "initial";
	rows[2].review = "standing";
	rows[3].status = "in_review";
	rows[4].open = true;
	rows[5].due_at.us = 5;
	for (int i = 0; i < 6; i++) {
		ck_assert_msg(!store(&rows[i], body_start, NULL, 0), "row %d", i);
	}
	struct request_row nobody = standing_row(7);
	nobody.provider_npi = NULL;
	ck_assert(!store(&nobody, body_start, NULL, 0));
}
END_TEST

/* ---- past the guards ---- */

static const struct {
	const char *sql;
	const char *says;
} tamperings[] = {
	{"UPDATE obligation SET state = 'fulfilled' WHERE item = 'a'", "what is owed in it"},
	{"UPDATE obligation SET due_at = due_at + 1 WHERE item = 'a'", "what is owed in it"},
	{"UPDATE obligation SET place = 2 WHERE item = 'a'", "what is owed in it"},
	{"UPDATE obligation SET name = 'o7' WHERE item = 'a'", "what is owed in it"},
	{"UPDATE obligation SET payer = 'lhcc' WHERE item = 'a'", "what is owed in it"},
	{"UPDATE obligation SET organization = 'org-9' WHERE item = 'a'", "what is owed in it"},
	{"UPDATE obligation SET provider_npi = NULL WHERE item = 'a'", "what is owed in it"},
	{"UPDATE obligation SET record = 'svc_x' WHERE item = 'a'", "what is owed in it"},
	{"DELETE FROM obligation WHERE item = 'a'", "what is owed in it"},
	{"DELETE FROM obligation", "what is owed in it"},
	{"INSERT INTO obligation SELECT request, 'c', name, place, state, due_at, record, payer, service, organization, provider_npi"
	 " FROM obligation WHERE item = 'a'", "what is owed in it"},
	{"UPDATE obligation SET request = 2 WHERE item = 'a'", "no running care"},
	{"UPDATE obligation SET request = 99 WHERE item = 'a'", "no running care"},
	{"UPDATE request SET tasks = 0 WHERE number = 1", "what is owed in it"},
	{"UPDATE request SET review = 'standing' WHERE number = 1", ": review"},
	{"UPDATE request_body SET body = '{}' WHERE request = 1", "what is owed in it"},
};

START_TEST(a_change_of_what_is_owed_is_found)
{
	struct request_row row = care_row(1);
	const struct obligation_row owed[] = {duty("a", "o1", 1, "overdue", DAY), duty("b", "o1", 1, "open", 2 * DAY)};
	int64_t count = 0;

	row.tasks = RECORD_OVERDUE;
	GOOD(store(&row, body_start, owed, 2));
	(void)fixture_insert(&fx, 2);
	GOOD(events_verify(fx.reader, &count, &fx.err));
	ck_assert_int_eq(raw_run(&fx, "DROP TRIGGER obligation_of_care; DROP TRIGGER obligation_not_deleted; DROP TRIGGER obligation_stays_with_its_record; DROP TRIGGER record_stays;"
	                              "DROP TRIGGER record_body_grows; DROP TRIGGER request_next_version;"), SQLITE_OK);
	ck_assert_msg(raw_run(&fx, tamperings[_i].sql) == SQLITE_OK, "%s", tamperings[_i].sql);
	ck_assert_msg(!events_verify(fx.reader, &count, &fx.err), "%s", tamperings[_i].sql);
	ck_assert_msg(strstr(fx.err.detail, tamperings[_i].says) != NULL, "%s: %s", tamperings[_i].sql, fx.err.detail);
}
END_TEST

int main(void)
{
	TCase *tcase = tcase_create("service_records");

	tcase_add_checked_fixture(tcase, setup, teardown);
	tcase_add_test(tcase, what_is_owed_is_what_the_newest_event_left);
	tcase_add_test(tcase, what_is_owed_is_listed_by_due_instant);
	tcase_add_test(tcase, records_are_listed_by_what_is_due_first);
	tcase_add_test(tcase, worklists_leave_records_out);
	tcase_add_test(tcase, an_organization_attests_once);
	tcase_add_test(tcase, what_is_attested_is_held_against_the_policy_of_its_day);
	tcase_add_loop_test(tcase, papers_of_a_record_grow, 0, sizeof(papers) / sizeof(papers[0]));
	tcase_add_loop_test(tcase, what_is_attested_goes_only_for_a_new_one, 0, sizeof(attested) / sizeof(attested[0]));
	tcase_add_loop_test(tcase, of_a_record_only_what_is_owed_changes, 0, sizeof(refused) / sizeof(refused[0]));
	tcase_add_test(tcase, a_record_is_recorded_under_its_own_name);
	tcase_add_loop_test(tcase, a_change_of_what_is_owed_is_found, 0, sizeof(tamperings) / sizeof(tamperings[0]));
	return fixture_main(tcase);
}
