/* SPDX-License-Identifier: Apache-2.0 */
/* Worklists against a list that is filtered and sorted by hand. */
#include "fixture.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

enum { ROWS = 5000, QUERIES = 400 };

static struct fixture fx;
static struct request_row rows[ROWS]; /* in the order of a list */

static const char *const payers[] = {"trillium", "tufts", "louisiana", "performcare"};
static const char *const organizations[] = {"org-1", "org-2", "org-3", "org-4", "org-5", "org-6", "org-7", NULL};
static const char *const services[] = {"PDTS", "PRTS", "SUBACUTE", "TM"};
static const char *const reviews[] = {"initial", "concurrent", "discharge"};
static const char *const statuses[] = {"incomplete", "pending_con", "in_review", "decided", "withdrawn", "returned"};
static const char *const waiting[] = {"provider", "plan", "con_reviewer", "nobody"};
static const char *const members[] = {"M1", "M2", "M3", "M4", "M5", NULL};
static const char *const births[] = {"2010-01-01", "2011-02-02", NULL};
static const char *const npis[] = {"1234567893", "1003000126", NULL};
static const char *const references[] = {"CR-1", "CR-2", "CR-3", NULL, NULL};

static const char *const authorizations[] = {"AU-1", "AU-2", NULL, NULL, NULL, NULL, NULL};

#define PICK(seed, list) ((list)[roll(seed) % (sizeof(list) / sizeof((list)[0]))])

static unsigned roll(uint64_t *seed)
{
	*seed = *seed * 6364136223846793005u + 1442695040888963407u;
	return (unsigned)(*seed >> 33);
}

static int64_t order_key(const struct request_row *row)
{
	return row->act_by.us == 0 ? INT64_MAX : row->act_by.us;
}

static int compare(const void *a, const void *b)
{
	const struct request_row *x = a;
	const struct request_row *y = b;

	return order_key(x) != order_key(y) ? (order_key(x) > order_key(y)) - (order_key(x) < order_key(y))
	                                    : strcmp(x->id, y->id);
}

static void setup(void)
{
	uint64_t seed = 42;

	fixture_prepare(&fx);
	fixture_open(&fx);
	for (int i = 0; i < ROWS; i++) {
		struct request_row *row = &rows[i];
		*row = fixture_row(fx.arena, i);
		row->payer = PICK(&seed, payers);
		row->organization = PICK(&seed, organizations);
		row->service = PICK(&seed, services);
		row->review = PICK(&seed, reviews);
		row->status = PICK(&seed, statuses);
		row->waiting_on = PICK(&seed, waiting);
		row->open = row->status[0] == 'i' || row->status[0] == 'p';
		row->member_id = PICK(&seed, members);
		row->member_birth_date = PICK(&seed, births);
		row->provider_npi = PICK(&seed, npis);
		row->submitter_reference = PICK(&seed, references);
		row->authorization_number = PICK(&seed, authorizations);
		row->tasks = roll(&seed) % 256;
		row->sensitivity = roll(&seed) % 3 == 0 ? 1 + roll(&seed) % 3 : 0;
		row->act_by.us = roll(&seed) % 5 == 0 ? 0 : 1 + roll(&seed) % 300; /* many ties, many without */
		row->due_at.us = roll(&seed) % 7 == 0 ? 0 : 1 + roll(&seed) % 1000;
	}
	fixture_insert_all(&fx, rows, ROWS);
	qsort(rows, ROWS, sizeof(rows[0]), compare);
}

static void teardown(void)
{
	fixture_finish(&fx);
}

static bool same(const char *filter, const char *value)
{
	return filter == NULL || (value != NULL && strcmp(filter, value) == 0);
}

static bool in_scope(const struct worklist_query *query, const struct request_row *row)
{
	bool payer = query->payer_count == 0;

	for (size_t i = 0; i < query->payer_count; i++) {
		payer = payer || strcmp(query->payers[i], row->payer) == 0;
	}
	if (query->organization == NULL && query->payer_count == 0) {
		return false;
	}
	return payer && (query->organization == NULL || same(query->organization, row->organization));
}

static bool wanted(const struct worklist_query *query, const struct request_row *row)
{
	return in_scope(query, row) && (query->hidden & row->sensitivity) == 0 && same(query->status, row->status) && same(query->service, row->service) &&
	       same(query->payer, row->payer) && same(query->review, row->review) &&
	       same(query->waiting_on, row->waiting_on) && same(query->tracking_number, row->tracking_number) &&
	       same(query->submitter_reference, row->submitter_reference) && same(query->member_id, row->member_id) &&
	       same(query->member_birth_date, row->member_birth_date) && same(query->provider_npi, row->provider_npi) &&
	       same(query->authorization_number, row->authorization_number) && (query->tasks == 0 || (query->tasks & row->tasks) != 0) &&
	       (query->due_before.us == 0 || (row->act_by.us != 0 && row->act_by.us < query->due_before.us)) &&
	       (!query->open_only || row->open);
}

static void check_listed(const struct request_row *got, const struct request_row *expected)
{
	ck_assert_str_eq(got->id, expected->id);
	ck_assert_str_eq(got->tracking_number, expected->tracking_number);
	ck_assert_str_eq(got->payer, expected->payer);
	ck_assert_str_eq(got->status, expected->status);
	ck_assert_str_eq(got->waiting_on, expected->waiting_on);
	ck_assert_pstr_eq(got->submitter_reference, expected->submitter_reference);
	ck_assert_int_eq(got->act_by.us, expected->act_by.us);
	ck_assert_int_eq(got->due_at.us, expected->due_at.us);
	ck_assert_int_eq(got->open, expected->open);
	ck_assert_uint_eq(got->tasks, expected->tasks);
	ck_assert_uint_eq(got->sensitivity, expected->sensitivity);
	ck_assert_int_eq(got->missing_count, expected->missing_count);
	ck_assert_pstr_eq(got->policy_id, expected->policy_id);
	ck_assert_ptr_null(got->member_id);
}

/* Follows the cursor from the first page to the last. */
static void check_query(struct worklist_query query, const char *name)
{
	struct arena *arena = arena_create();
	struct worklist_page page = {.more = true};
	size_t place = 0;

	while (page.more) {
		ck_assert_msg(worklist_read(fx.reader, &query, arena, &page, &fx.err), "%s: %s", name, fx.err.detail);
		ck_assert_msg(page.count <= query.limit && (!page.more || page.count == query.limit), "%s: page size", name);
		for (size_t i = 0; i < page.count; i++) {
			while (place < ROWS && !wanted(&query, &rows[place])) {
				place++;
			}
			ck_assert_msg(place < ROWS, "%s: more rows than there are", name);
			check_listed(&page.rows[i], &rows[place++]);
		}
		if (page.more) {
			query.after_act_by = page.rows[page.count - 1].act_by;
			query.after_id = page.rows[page.count - 1].id;
		}
	}
	while (place < ROWS && !wanted(&query, &rows[place])) {
		place++;
	}
	ck_assert_msg(place == ROWS, "%s: row %zu is left out", name, place);
	arena_destroy(arena);
}

enum filter {
	BY_STATUS,
	BY_SERVICE,
	BY_PAYER,
	BY_REVIEW,
	BY_WAITING_ON,
	BY_TRACKING_NUMBER,
	BY_SUBMITTER_REFERENCE,
	BY_MEMBER_ID,
	BY_MEMBER_BIRTH_DATE,
	BY_PROVIDER_NPI,
	BY_AUTHORIZATION_NUMBER,
	BY_TASKS,
	BY_HIDDEN,
	BY_DUE_BEFORE,
	BY_OPEN,
	FILTERS
};

static void set_filter(struct worklist_query *query, enum filter filter, uint64_t *seed)
{
	switch (filter) {
	case BY_STATUS:
		query->status = PICK(seed, statuses);
		return;
	case BY_SERVICE:
		query->service = PICK(seed, services);
		return;
	case BY_PAYER:
		query->payer = PICK(seed, payers);
		return;
	case BY_REVIEW:
		query->review = PICK(seed, reviews);
		return;
	case BY_WAITING_ON:
		query->waiting_on = PICK(seed, waiting);
		return;
	case BY_TRACKING_NUMBER:
		query->tracking_number = rows[roll(seed) % ROWS].tracking_number;
		return;
	case BY_SUBMITTER_REFERENCE:
		query->submitter_reference = references[roll(seed) % 3];
		return;
	case BY_MEMBER_ID:
		query->member_id = members[roll(seed) % 5];
		return;
	case BY_MEMBER_BIRTH_DATE:
		query->member_birth_date = births[roll(seed) % 2];
		return;
	case BY_PROVIDER_NPI:
		query->provider_npi = npis[roll(seed) % 2];
		return;
	case BY_AUTHORIZATION_NUMBER:
		query->authorization_number = authorizations[roll(seed) % 2];
		return;
	case BY_TASKS:
		query->tasks = 1u << roll(seed) % 8 | 1u << roll(seed) % 8;
		return;
	case BY_HIDDEN:
		query->hidden = 1 + roll(seed) % 3;
		return;
	case BY_DUE_BEFORE:
		query->due_before.us = 1 + roll(seed) % 300;
		return;
	case BY_OPEN:
		query->open_only = true;
		return;
	case FILTERS:
		return;
	}
}

static struct worklist_query scoped(unsigned scope)
{
	return (struct worklist_query){
		.organization = scope == 0 || scope == 5 ? "org-3" : NULL,
		.payers = payers,
		.payer_count = scope == 0 ? 0 : scope == 5 ? 2 : scope,
		.limit = 50,
	};
}

/* Every filter alone, for an organization, for one to four payers, and for both. */
START_TEST(every_filter_of_every_caller)
{
	uint64_t seed = 7;

	for (unsigned scope = 0; scope <= 5; scope++) {
		check_query(scoped(scope), "no filter");
		for (unsigned filter = 0; filter < FILTERS; filter++) {
			struct worklist_query query = scoped(scope);
			set_filter(&query, (enum filter)filter, &seed);
			const char *name = arena_printf(fx.arena, "scope %u filter %u", scope, filter);
			check_query(query, name);
			query.open_only = true;
			check_query(query, name);
		}
	}
}
END_TEST

START_TEST(filters_together)
{
	uint64_t seed = 99;

	for (int i = 0; i < QUERIES; i++) {
		struct worklist_query query = scoped(roll(&seed) % 6);
		query.limit = 1 + roll(&seed) % 200;
		for (unsigned filter = 0; filter < FILTERS; filter++) {
			if (roll(&seed) % 4 == 0 && (filter != BY_TRACKING_NUMBER || roll(&seed) % 4 == 0)) {
				set_filter(&query, (enum filter)filter, &seed);
			}
		}
		check_query(query, arena_printf(fx.arena, "query %d", i));
	}
}
END_TEST

START_TEST(who_has_neither_organization_nor_payers_sees_nothing)
{
	struct worklist_query query = {.limit = 10};
	struct worklist_page page;
	struct event_page events;

	check_query(query, "nobody");
	query.tracking_number = rows[0].tracking_number;
	check_query(query, "nobody by number");
	query.organization = "";
	ck_assert(worklist_read(fx.reader, &query, fx.arena, &page, &fx.err));
	ck_assert_uint_eq(page.count, 0);
	ck_assert(feed_read(fx.reader, &query, 0, 10, fx.arena, &events, &fx.err));
	ck_assert_uint_eq(events.count, 0);
}
END_TEST

START_TEST(one_payer_seen_by_eight)
{
	static const char *const many[] = {"a", "b", "trillium", "d", "e", "tufts", "g", "performcare"};
	struct worklist_query query = {.payers = many, .payer_count = 8, .limit = 33};

	check_query(query, "eight payers");
}
END_TEST

int main(void)
{
	TCase *tcase = tcase_create("worklist");

	tcase_add_checked_fixture(tcase, setup, teardown);
	tcase_add_test(tcase, every_filter_of_every_caller);
	tcase_add_test(tcase, filters_together);
	tcase_add_test(tcase, who_has_neither_organization_nor_payers_sees_nothing);
	tcase_add_test(tcase, one_payer_seen_by_eight);
	return fixture_main(tcase);
}
