/* SPDX-License-Identifier: Apache-2.0 */
#include "fixture.h"

#include <check.h>
#include <string.h>

enum { REQUESTS = 60, EVENTS = 600 };

static struct fixture fx;

static const char *const payers[] = {"trillium", "tufts", "louisiana"};
static const char *const organizations[] = {"org-1", "org-2", NULL};

/* What is expected of every event, by sequence number. */
static struct request_row history[EVENTS + 1];

static void setup(void)
{
	static struct task tasks[EVENTS];
	struct request_row now[REQUESTS];

	fixture_prepare(&fx);
	fixture_open(&fx);
	for (int i = 0; i < EVENTS; i++) {
		const int number = i < REQUESTS ? i : (i * 7) % REQUESTS;
		struct request_row *row = &now[number];
		if (i < REQUESTS) {
			*row = fixture_row(fx.arena, number);
			row->payer = payers[number % 3];
			row->organization = organizations[(number / 3) % 3];
		} else {
			row->version++;
		}
		task_init(&tasks[i], i < REQUESTS ? run_insert : run_update);
		tasks[i].row = *row;
		tasks[i].event = fixture_event(fx.arena, row, i < REQUESTS ? "received" : "information_supplied");
		task_submit(&fx, &tasks[i]);
		history[i + 1] = *row;
	}
	for (int i = 0; i < EVENTS; i++) {
		ck_assert_msg(task_wait(&tasks[i]), "%s", tasks[i].err.detail);
		ck_assert_int_eq(tasks[i].sequence, i + 1);
	}
}

static void teardown(void)
{
	fixture_finish(&fx);
}

static void check_event(const struct event_view *event, int64_t sequence)
{
	const struct request_row *row = &history[sequence];

	ck_assert_int_eq(event->sequence, sequence);
	ck_assert_str_eq(event->request_id, row->id);
	ck_assert_str_eq(event->payer, row->payer);
	ck_assert_pstr_eq(event->organization, row->organization);
	ck_assert_str_eq(event->action, row->version == 1 ? "received" : "information_supplied");
	ck_assert_str_eq(event->actor, "prn_1");
	ck_assert_str_eq(event->actor_role, "provider");
	ck_assert_int_eq(event->at.us, row->received_at.us);
	ck_assert_str_eq(event->service, row->service);
	ck_assert_str_eq(event->provider_npi, row->provider_npi);
	ck_assert_str_eq(event->policy_id, row->policy_id);
	ck_assert_str_eq(event->policy_version, row->policy_version);
	ck_assert_pstr_eq(event->policy_digest, row->policy_digest);
}

START_TEST(a_timeline_is_the_history_of_one)
{
	int64_t after = 0;
	int64_t version = 0;
	struct event_page page = {.more = true};

	while (page.more) {
		ck_assert(timeline_read(fx.reader, history[5].id, after, 3, fx.arena, &page, &fx.err));
		for (size_t i = 0; i < page.count; i++) {
			check_event(&page.events[i], page.events[i].sequence);
			ck_assert_str_eq(page.events[i].request_id, history[5].id);
			struct request_row row = history[5];
			row.version = ++version;
			ck_assert_str_eq(page.events[i].snapshot, fixture_snapshot(fx.arena, &row, NULL));
			ck_assert_int_gt(page.events[i].sequence, after);
			after = page.events[i].sequence;
		}
	}
	int64_t expected = 0;
	for (int i = 1; i <= EVENTS; i++) {
		expected += strcmp(history[i].id, history[5].id) == 0 ? 1 : 0;
	}
	ck_assert_int_eq(version, expected);
}
END_TEST

/* Another text judges from now on: each event keeps naming its own. One of an older schema names none, and its snapshot does. */
START_TEST(an_event_names_the_policy_that_judged_it)
{
	static const char other[] = "0000000000000000000000000000000000000000000000000000000000000001";
	static const char older[] = "0000000000000000000000000000000000000000000000000000000000000002";
	const char *digests[] = {other, NULL, NULL};
	struct task tasks[3];
	struct event_page page;

	for (int i = 0; i < 3; i++) {
		struct request_row row = fixture_row(fx.arena, i);
		for (int k = 1; k <= EVENTS; k++) {
			row.version = strcmp(history[k].id, row.id) == 0 ? history[k].version + 1 : row.version;
			row.payer = strcmp(history[k].id, row.id) == 0 ? history[k].payer : row.payer;
		}
		task_init(&tasks[i], run_update);
		row.policy_digest = digests[i] != NULL ? digests[i] : row.policy_digest;
		tasks[i].row = row;
		tasks[i].event = fixture_event(fx.arena, &row, "information_supplied");
		tasks[i].event.policy_digest = digests[i];
		if (i == 1) {
			fixture_say(
				&tasks[i].event,
				fixture_snapshot(fx.arena, &row,
						 arena_printf(fx.arena, "\"policy\":{\"id\":\"p\",\"digest\":\"%s\"}", older)));
		}
		task_submit(&fx, &tasks[i]);
		ck_assert_msg(task_wait(&tasks[i]), "%s", tasks[i].err.detail);
	}
	ck_assert(feed_read(fx.reader, &(struct worklist_query){.payers = payers, .payer_count = 3}, EVENTS, 9, fx.arena, &page,
			    &fx.err));
	ck_assert_uint_eq(page.count, 3);
	ck_assert_str_eq(page.events[0].policy_digest, other);
	ck_assert_str_eq(page.events[1].policy_digest, older);
	ck_assert_ptr_null(page.events[2].policy_digest);
	ck_assert_str_eq(page.events[2].policy_version, "2026-01");
	ck_assert(feed_read(fx.reader, &(struct worklist_query){.payers = payers, .payer_count = 3}, 0, 1, fx.arena, &page,
			    &fx.err));
	ck_assert_str_eq(page.events[0].policy_digest, history[1].policy_digest);
}
END_TEST

START_TEST(an_unknown_request_has_no_history)
{
	struct event_page page;

	ck_assert(timeline_read(fx.reader, "req_none", 0, 10, fx.arena, &page, &fx.err));
	ck_assert_uint_eq(page.count, 0);
	ck_assert(!page.more);
}
END_TEST

static bool in_feed(const struct worklist_query *scope, const struct request_row *row)
{
	if (scope->organization != NULL) {
		return row->organization != NULL && strcmp(scope->organization, row->organization) == 0;
	}
	for (size_t i = 0; i < scope->payer_count; i++) {
		if (strcmp(scope->payers[i], row->payer) == 0) {
			return true;
		}
	}
	return false;
}

static void check_feed(const struct worklist_query *scope, size_t limit)
{
	struct event_page page = {.more = true};
	int64_t place = 0;
	int64_t after = 0;

	while (page.more) {
		ck_assert(feed_read(fx.reader, scope, after, limit, fx.arena, &page, &fx.err));
		for (size_t i = 0; i < page.count; i++) {
			do {
				place++;
			} while (place <= EVENTS && !in_feed(scope, &history[place]));
			check_event(&page.events[i], place);
			ck_assert_ptr_null(page.events[i].snapshot);
			after = place;
		}
	}
	for (place++; place <= EVENTS; place++) {
		ck_assert(!in_feed(scope, &history[place]));
	}
}

START_TEST(a_feed_holds_the_events_of_the_caller)
{
	static const size_t limits[] = {1, 7, 200};

	for (size_t i = 0; i < 3; i++) {
		check_feed(&(struct worklist_query){.organization = "org-1"}, limits[i]);
		check_feed(&(struct worklist_query){.organization = "org-9"}, limits[i]);
		for (size_t count = 0; count <= 3; count++) {
			check_feed(&(struct worklist_query){.payers = payers, .payer_count = count}, limits[i]);
		}
	}
}
END_TEST

int main(void)
{
	TCase *tcase = tcase_create("timeline");

	tcase_add_checked_fixture(tcase, setup, teardown);
	tcase_add_test(tcase, a_timeline_is_the_history_of_one);
	tcase_add_test(tcase, an_event_names_the_policy_that_judged_it);
	tcase_add_test(tcase, an_unknown_request_has_no_history);
	tcase_add_test(tcase, a_feed_holds_the_events_of_the_caller);
	return fixture_main(tcase);
}
