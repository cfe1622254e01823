/* SPDX-License-Identifier: Apache-2.0 */
/* Decisions and appeals as they are read: one by one, and pages against a list that is filtered and sorted by hand. */
#include "fixture.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

enum { ROWS = 1500, QUERIES = 300 };

static struct fixture fx;
static struct request_row requests[ROWS];
static struct decision_row decisions[ROWS];
static size_t order[ROWS]; /* newest first */

static const char *const payers[] = {"trillium", "tufts", "louisiana", "performcare"};
static const char *const organizations[] = {"org-1", "org-2", "org-3", NULL};
static const char *const services[] = {"PDTS", "PRTS", "SUBACUTE", "TM"};
static const char *const reviews[] = {"initial", "concurrent"};
static const char *const dispositions[] = {"determined", "determined", "determined", "returned", "not_required", "withdrawn"};
static const char *const outcomes[] = {"approved", "approved_in_part", "denied"};
static const char *const deciders[] = {"prn_a", "prn_b", "prn_c"};

#define PICK(seed, list) ((list)[roll(seed) % (sizeof(list) / sizeof((list)[0]))])

static unsigned roll(uint64_t *seed)
{
	*seed = *seed * 6364136223846793005u + 1442695040888963407u;
	return (unsigned)(*seed >> 33);
}

static int compare(const void *a, const void *b)
{
	const struct decision_row *x = &decisions[*(const size_t *)a];
	const struct decision_row *y = &decisions[*(const size_t *)b];

	return x->decided_at.us != y->decided_at.us ? (x->decided_at.us < y->decided_at.us) - (x->decided_at.us > y->decided_at.us)
	                                            : strcmp(y->id, x->id);
}

static bool run_decided(struct task *task, struct store_txn *txn, struct err *err)
{
	const struct task *before = task->context;

	if (before == NULL) {
		task->event.decision = task->decision;
		return run_insert(task, txn, err) && decision_insert(txn, task->decision, task->sequence, err);
	}
	return request_insert(txn, &before->row, task->body, strlen(task->body), &before->event, &task->sequence, err) &&
	       run_decide(task, txn, err);
}

static int64_t sequences[ROWS]; /* of the events of the decisions */

static void make(int i, uint64_t *seed)
{
	struct request_row *row = &requests[i];
	struct decision_row *decision = &decisions[i];

	*row = fixture_row(fx.arena, i);
	row->payer = PICK(seed, payers);
	row->organization = PICK(seed, organizations);
	row->service = PICK(seed, services);
	row->review = PICK(seed, reviews);
	const char *disposition = PICK(seed, dispositions);
	const char *outcome = PICK(seed, outcomes);
	*decision = strcmp(outcome, "denied") == 0 ? fixture_denial(fx.arena, row) : fixture_approval(fx.arena, row);
	decision->outcome = outcome;
	decision->basis = strcmp(outcome, "approved") == 0 ? NULL : "policy_limit";
	if (strcmp(disposition, "determined") != 0) {
		*decision = (struct decision_row){.id = decision->id, .request_id = row->id, .disposition = disposition};
	}
	decision->decider = PICK(seed, deciders);
	decision->decided_at.us = 1 + roll(seed) % 400; /* many at the same instant */
	decision->late = roll(seed) % 3 == 0;
	row->status = strcmp(disposition, "determined") == 0 ? "decided" : disposition;
	row->version = strcmp(disposition, "determined") == 0 ? 2 : 1;
	row->open = false;
	order[i] = (size_t)i;
}

/* What is determined arrived, and was in review, before. */
static void arrive(struct task *before, struct task *task)
{
	before->row = task->row;
	before->row.version = 1;
	before->row.status = "in_review";
	before->event = fixture_event(fx.arena, &before->row, "received");
	task->context = before;
	task->body = "{}";
}

static void setup(void)
{
	static struct task tasks[ROWS];
	static struct task before[ROWS];
	uint64_t seed = 4;

	fixture_prepare(&fx);
	fixture_open(&fx);
	for (int i = 0; i < ROWS; i++) {
		make(i, &seed);
		task_init(&tasks[i], run_decided);
		tasks[i].row = requests[i];
		tasks[i].decision = &decisions[i];
		tasks[i].event = fixture_event(fx.arena, &requests[i], "received");
		if (requests[i].version == 2) {
			arrive(&before[i], &tasks[i]);
		}
		task_submit(&fx, &tasks[i]);
	}
	for (int i = 0; i < ROWS; i++) {
		ck_assert_msg(task_wait(&tasks[i]), "%d: %s", i, tasks[i].err.detail);
		sequences[i] = tasks[i].sequence;
	}
	qsort(order, ROWS, sizeof(order[0]), compare);
}

static void teardown(void)
{
	fixture_finish(&fx);
}

static bool same(const char *filter, const char *value)
{
	return filter == NULL || (value != NULL && strcmp(filter, value) == 0);
}

static bool wanted(const struct decisions_query *query, size_t i)
{
	const struct decision_row *decision = &decisions[i];
	bool payer = query->payer_count == 0 && query->organization != NULL;

	for (size_t p = 0; p < query->payer_count; p++) {
		payer = payer || strcmp(query->payers[p], requests[i].payer) == 0;
	}
	return payer && same(query->organization, requests[i].organization) && same(query->outcome, decision->outcome) &&
	       same(query->disposition, decision->disposition) && same(query->payer, requests[i].payer) &&
	       same(query->service, requests[i].service) && same(query->review, requests[i].review) &&
	       same(query->decider, decision->decider) && (query->late < 0 || decision->late == (query->late == 1)) &&
	       decision->decided_at.us >= query->decided_from.us &&
	       (query->decided_to.us == 0 || decision->decided_at.us < query->decided_to.us);
}

static void check_row(const struct decision_row *got, const struct decision_row *expected)
{
	ck_assert_str_eq(got->id, expected->id);
	ck_assert_str_eq(got->request_id, expected->request_id);
	ck_assert_str_eq(got->disposition, expected->disposition);
	ck_assert_pstr_eq(got->outcome, expected->outcome);
	ck_assert_pstr_eq(got->basis, expected->basis);
	ck_assert_pstr_eq(got->reason, expected->reason);
	ck_assert_pstr_eq(got->rationale, expected->rationale);
	ck_assert_str_eq(got->required, expected->required != NULL ? expected->required : "[]");
	ck_assert_str_eq(got->parts, expected->parts != NULL ? expected->parts : "{}");
	ck_assert_pstr_eq(got->decider, expected->decider);
	ck_assert_pstr_eq(got->decider_role, expected->decider_role);
	ck_assert_pstr_eq(got->credential, expected->credential);
	ck_assert_int_eq(got->decided_at.us, expected->decided_at.us);
	ck_assert_int_eq(got->late, expected->late);
	ck_assert_pstr_eq(got->supersedes, expected->supersedes);
	ck_assert_pstr_eq(got->appeal, expected->appeal);
	ck_assert_pstr_eq(got->authorization_number, expected->authorization_number);
	ck_assert_pstr_eq(got->covered_from, expected->covered_from);
	ck_assert_pstr_eq(got->covered_to, expected->covered_to);
}

static void check_view(const struct decision_view *view, size_t i)
{
	check_row(&view->row, &decisions[i]);
	ck_assert_str_eq(view->tracking_number, requests[i].tracking_number);
	ck_assert_str_eq(view->payer, requests[i].payer);
	ck_assert_str_eq(view->service, requests[i].service);
	ck_assert_str_eq(view->review, requests[i].review);
	ck_assert_pstr_eq(view->organization, requests[i].organization);
	ck_assert_int_eq(view->event, sequences[i]);
	ck_assert_ptr_null(view->superseded_by);
}

/* Follows the cursor from the first page to the last. */
static void check_query(struct decisions_query query, const char *name)
{
	struct arena *arena = arena_create();
	struct decision_page page = {.more = true};
	size_t place = 0;

	while (page.more) {
		ck_assert_msg(decisions_read(fx.reader, &query, arena, &page, &fx.err), "%s: %s", name, fx.err.detail);
		ck_assert_msg(page.count <= query.limit && (!page.more || page.count == query.limit), "%s: page size", name);
		for (size_t i = 0; i < page.count; i++) {
			while (place < ROWS && !wanted(&query, order[place])) {
				place++;
			}
			ck_assert_msg(place < ROWS, "%s: more rows than there are", name);
			check_view(&page.rows[i], order[place++]);
			ck_assert_ptr_null(page.rows[i].snapshot);
		}
		if (page.more) {
			query.after_decided_at = page.rows[page.count - 1].row.decided_at;
			query.after_id = page.rows[page.count - 1].row.id;
		}
	}
	while (place < ROWS && !wanted(&query, order[place])) {
		place++;
	}
	ck_assert_msg(place == ROWS, "%s: row %zu is left out", name, place);
	arena_destroy(arena);
}

static void fill_query(struct decisions_query *query, uint64_t *seed)
{
	const unsigned scope = roll(seed) % 6;

	*query = (struct decisions_query){.late = -1, .payers = payers, .limit = 1 + roll(seed) % 60};
	query->organization = scope == 0 || scope == 5 ? organizations[roll(seed) % 3] : NULL;
	query->payer_count = scope == 0 ? 0 : scope == 5 ? 2 : scope;
	query->outcome = roll(seed) % 4 == 0 ? PICK(seed, outcomes) : NULL;
	query->disposition = roll(seed) % 4 == 0 ? PICK(seed, dispositions) : NULL;
	query->payer = roll(seed) % 4 == 0 ? PICK(seed, payers) : NULL;
	query->service = roll(seed) % 4 == 0 ? PICK(seed, services) : NULL;
	query->review = roll(seed) % 4 == 0 ? PICK(seed, reviews) : NULL;
	query->decider = roll(seed) % 4 == 0 ? PICK(seed, deciders) : NULL;
	query->late = (int)(roll(seed) % 3) - 1;
	query->decided_from.us = roll(seed) % 3 == 0 ? roll(seed) % 300 : 0;
	query->decided_to.us = roll(seed) % 3 == 0 ? 1 + roll(seed) % 400 : 0;
	query->effective_only = roll(seed) % 2 == 0;
}

START_TEST(pages_of_every_caller)
{
	uint64_t seed = 11;

	for (int i = 0; i < QUERIES; i++) {
		struct decisions_query query;
		fill_query(&query, &seed);
		check_query(query, arena_printf(fx.arena, "query %d", i));
	}
}
END_TEST

START_TEST(who_has_neither_organization_nor_payers_sees_nothing)
{
	struct decisions_query query = {.late = -1, .limit = 10};
	struct decision_page page;

	check_query(query, "nobody");
	query.organization = "";
	ck_assert(decisions_read(fx.reader, &query, fx.arena, &page, &fx.err));
	ck_assert_uint_eq(page.count, 0);
}
END_TEST

START_TEST(a_decision_is_read_with_the_snapshot_of_its_event)
{
	const struct decision_view *view = NULL;

	for (size_t i = 0; i < 50; i++) {
		ck_assert_msg(decision_read(fx.reader, decisions[i].id, fx.arena, &view, &fx.err), "%s", fx.err.detail);
		ck_assert_ptr_nonnull(view);
		check_view(view, i);
		ck_assert_str_eq(view->snapshot, fixture_snapshot(fx.arena, &requests[i], NULL));
		ck_assert_uint_eq(view->snapshot_length, strlen(view->snapshot));
	}
	ck_assert(decision_read(fx.reader, "dec_none", fx.arena, &view, &fx.err));
	ck_assert_ptr_null(view);
}
END_TEST

static const struct appeal_view *read_appeal(const char *id)
{
	const struct appeal_view *view = NULL;

	ck_assert_msg(appeal_read(fx.reader, id, fx.arena, &view, &fx.err), "%s", fx.err.detail);
	return view;
}

static struct decision_row overturn(struct request_row *row, const struct decision_row *denial, struct appeal_row *appeal)
{
	struct decision_row approval = fixture_approval(fx.arena, row);

	appeal->status = "overturned";
	appeal->decider = approval.decider = "prn_apl";
	appeal->decider_role = approval.decider_role = "appeals";
	appeal->credential = approval.credential = "physician";
	appeal->rationale = "A plan of care came.";
	appeal->decided_at = approval.decided_at = (struct instant){denial->decided_at.us + 150};
	approval.id = "dec_after_appeal";
	approval.supersedes = denial->id;
	approval.appeal = appeal->id;
	return approval;
}

/* From a denial over its appeal to the approval that takes its place. */
START_TEST(an_overturned_denial)
{
	struct request_row row = fixture_row(fx.arena, ROWS + 1);
	row.status = "in_review";
	fixture_insert_all(&fx, &row, 1);
	const struct decision_row denial = fixture_denial(fx.arena, &row);
	ck_assert_msg(fixture_act(&fx, &row, "prn_rev", "determined", NULL, &denial), "%s", fx.err.detail);
	struct appeal_row appeal = fixture_appeal(fx.arena, &denial);
	ck_assert_msg(fixture_act(&fx, &row, "prn_1", "appeal_received", &appeal, NULL), "%s", fx.err.detail);
	const struct appeal_view *open = read_appeal(appeal.id);
	ck_assert_str_eq(open->row.status, "open");
	ck_assert_int_eq(open->row.due_at.us, appeal.due_at.us);
	ck_assert_int_eq(open->row.decided_at.us, 0);
	ck_assert_ptr_null(open->row.decider);

	const struct decision_row approval = overturn(&row, &denial, &appeal);
	ck_assert_msg(fixture_act(&fx, &row, "prn_apl", "appeal_decided", &appeal, &approval), "%s", fx.err.detail);
	const struct appeal_view *decided = read_appeal(appeal.id);
	ck_assert_str_eq(decided->row.id, appeal.id);
	ck_assert_str_eq(decided->row.request_id, row.id);
	ck_assert_str_eq(decided->row.decision, denial.id);
	ck_assert_str_eq(decided->row.kind, "expedited");
	ck_assert_str_eq(decided->row.appellant, "practitioner");
	ck_assert_str_eq(decided->row.status, "overturned");
	ck_assert_str_eq(decided->row.decider, "prn_apl");
	ck_assert_str_eq(decided->row.decider_role, "appeals");
	ck_assert_str_eq(decided->row.credential, "physician");
	ck_assert_str_eq(decided->row.rationale, appeal.rationale);
	ck_assert_int_eq(decided->row.received_at.us, appeal.received_at.us);
	ck_assert_int_eq(decided->row.decided_at.us, appeal.decided_at.us);
	ck_assert_str_eq(decided->payer, "trillium");
	ck_assert_str_eq(decided->organization, "org-1");
	ck_assert_ptr_null(read_appeal("apl_none"));

	const struct decision_view *view = NULL;
	ck_assert(decision_read(fx.reader, denial.id, fx.arena, &view, &fx.err));
	ck_assert_str_eq(view->superseded_by, approval.id);
	ck_assert(decision_read(fx.reader, approval.id, fx.arena, &view, &fx.err));
	check_row(&view->row, &approval);
	ck_assert_ptr_null(view->superseded_by);
	static const char *const mine[] = {"trillium"};
	struct decisions_query query = {.payers = mine, .payer_count = 1, .late = -1, .limit = 1000, .decided_from = {10000}};
	struct decision_page page;
	ck_assert(decisions_read(fx.reader, &query, fx.arena, &page, &fx.err));
	ck_assert_uint_eq(page.count, 2);
	query.effective_only = true;
	ck_assert(decisions_read(fx.reader, &query, fx.arena, &page, &fx.err));
	ck_assert_uint_eq(page.count, 1);
	ck_assert_str_eq(page.rows[0].row.id, approval.id);
	int64_t count = 0;
	ck_assert_msg(events_verify(fx.reader, &count, &fx.err), "%s", fx.err.detail);
}
END_TEST

/* After a restart the connection has a schema that it did not make. */
START_TEST(a_decision_is_recorded_after_a_restart)
{
	fixture_close(&fx);
	fixture_open(&fx);
	struct request_row row = fixture_row(fx.arena, ROWS + 1);
	row.status = "in_review";
	fixture_insert_all(&fx, &row, 1);
	const struct decision_row denial = fixture_denial(fx.arena, &row);
	ck_assert_msg(fixture_act(&fx, &row, "prn_rev", "determined", NULL, &denial), "%s", fx.err.detail);
}
END_TEST

START_TEST(only_one_of_many_determinations_wins)
{
	enum { CLIENTS = 32 };
	static struct task tasks[CLIENTS];
	static struct decision_row denials[CLIENTS];
	struct request_row row = fixture_row(fx.arena, ROWS + 1);
	row.status = "in_review";
	struct gate gate;
	int won = 0;

	fixture_insert_all(&fx, &row, 1);
	row.version++;
	row.status = "decided";
	gate_close(&fx, &gate);
	for (int i = 0; i < CLIENTS; i++) {
		denials[i] = fixture_denial(fx.arena, &row);
		denials[i].id = arena_printf(fx.arena, "dec_%d", i);
		task_init(&tasks[i], run_decide);
		tasks[i].row = row;
		tasks[i].body = NULL;
		tasks[i].decision = &denials[i];
		tasks[i].event = fixture_event(fx.arena, &row, "determined");
		task_submit(&fx, &tasks[i]);
	}
	gate_open(&gate);
	for (int i = 0; i < CLIENTS; i++) {
		won += task_wait(&tasks[i]) ? 1 : 0;
		ck_assert(!tasks[i].failed || tasks[i].err.code == ERR_STALE);
	}
	ck_assert_int_eq(won, 1);
	ck_assert_int_eq(raw_number(&fx, "SELECT count(*) FROM decision WHERE id LIKE 'dec_%' AND length(id) < 8"), 1);
}
END_TEST

int main(void)
{
	TCase *tcase = tcase_create("decisions");

	tcase_add_checked_fixture(tcase, setup, teardown);
	tcase_add_test(tcase, pages_of_every_caller);
	tcase_add_test(tcase, who_has_neither_organization_nor_payers_sees_nothing);
	tcase_add_test(tcase, a_decision_is_read_with_the_snapshot_of_its_event);
	tcase_add_test(tcase, an_overturned_denial);
	tcase_add_test(tcase, a_decision_is_recorded_after_a_restart);
	tcase_add_test(tcase, only_one_of_many_determinations_wins);
	return fixture_main(tcase);
}
