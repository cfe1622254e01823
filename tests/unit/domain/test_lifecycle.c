/* SPDX-License-Identifier: Apache-2.0 */
#include "domain/lifecycle.h"

#include "../run_suite.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

enum { STANDINGS = 1 << 8 };

/* Each combination of the eight facts of a standing is a number. */
static struct standing standing_of(int code)
{
	return (struct standing){
		.manual_route = (code & 1) != 0,
		.not_required = (code & 2) != 0,
		.returned = (code & 4) != 0,
		.return_proposed = (code & 8) != 0,
		.missing = (code & 16) != 0,
		.requested = (code & 32) != 0,
		.gate_open = (code & 64) != 0,
		.recorded = (code & 128) != 0,
	};
}

/* Whoever fits first, as a search over the order written out. */
START_TEST(status_of_every_standing)
{
	const struct standing standing = standing_of(_i);
	const bool fits[] = {
		standing.manual_route,
		standing.recorded,
		standing.not_required,
		standing.returned,
		standing.missing,
		standing.gate_open,
		true,
	};
	static const char *const order[] = {
		"manual_route", "recorded", "not_required", "returned", "incomplete", "pending_con", "in_review",
	};
	size_t first = 0;

	while (!fits[first]) {
		first++;
	}
	ck_assert_msg(strcmp(status_name(lifecycle_status(&standing)), order[first]) == 0, "standing %d", _i);
}
END_TEST

struct turn {
	const char *status;
	const char *proposed; /* a return is proposed */
	const char *requested; /* else information is outstanding */
	const char *gate; /* else the gate is open */
	const char *otherwise;
};

static const struct turn turns[] = {
	{"manual_route", "plan", "plan", "plan", "plan"},
	{"not_required", "nobody", "nobody", "nobody", "nobody"},
	{"returned", "provider", "provider", "provider", "provider"},
	{"incomplete", "plan", "provider", "provider", "provider"},
	{"pending_con", "plan", "provider", "con_reviewer", "plan"},
	{"in_review", "plan", "provider", "con_reviewer", "plan"},
	{"decided", "nobody", "nobody", "nobody", "nobody"},
	{"withdrawn", "nobody", "nobody", "nobody", "nobody"},
	{"recorded", "nobody", "nobody", "nobody", "nobody"},
};
_Static_assert(sizeof(turns) / sizeof(turns[0]) == STATUS_COUNT, "every status has a row");

START_TEST(whose_turn_in_every_standing)
{
	const struct turn *const row = &turns[_i];
	enum status status = STATUS_RECORDED;

	ck_assert_msg(status_from_name(row->status, &status), "%s", row->status);
	for (int code = 0; code < STANDINGS; code++) {
		const struct standing standing = standing_of(code);
		const char *expected = row->otherwise;
		if (standing.return_proposed) {
			expected = row->proposed;
		} else if (standing.requested) {
			expected = row->requested;
		} else if (standing.gate_open) {
			expected = row->gate;
		}
		ck_assert_msg(strcmp(waiting_on_name(lifecycle_waiting_on(status, &standing)), expected) == 0,
			      "%s, standing %d", row->status, code);
	}
}
END_TEST

/* What must hold of the status and the turn that follow from any standing. */
START_TEST(properties_of_every_standing)
{
	const struct standing standing = standing_of(_i);
	const enum status status = lifecycle_status(&standing);
	const enum waiting_on waiting = lifecycle_waiting_on(status, &standing);

	/* The machine neither decides nor withdraws, and records only what is never decided. */
	ck_assert(status < STATUS_DECIDED || (status == STATUS_RECORDED && standing.recorded));
	/* Somebody's turn as long as it is open, so that every request can end. */
	ck_assert(!status_open(status) || waiting != WAITING_NOBODY);
	/* A return needs more than papers, and a proposed one is no return. */
	ck_assert(status != STATUS_RETURNED || standing.returned);
	/* Clinical papers alone never change the status. */
	struct standing without = standing;
	without.requested = false;
	without.return_proposed = false;
	ck_assert_int_eq(lifecycle_status(&without), status);
	/* A certificate is awaited from its reviewer only while its gate is open. */
	ck_assert(waiting != WAITING_CON_REVIEWER || standing.gate_open);
}
END_TEST

START_TEST(open_statuses)
{
	static const bool open[STATUS_COUNT] = {
		[STATUS_MANUAL_ROUTE] = true,
		[STATUS_INCOMPLETE] = true,
		[STATUS_PENDING_CON] = true,
		[STATUS_IN_REVIEW] = true,
	};

	for (int i = 0; i < STATUS_COUNT; i++) {
		ck_assert_msg(status_open((enum status)i) == open[i], "%s", status_name((enum status)i));
	}
}
END_TEST

/* The columns of the table below. */
static const enum step step_columns[] = {
	STEP_INFORM, STEP_OUTREACH,      STEP_RETURN, STEP_SET_ASIDE, STEP_WITHDRAW, STEP_PLAN_FACTS,
	STEP_ASK,    STEP_CERTIFY,       STEP_FIND,   STEP_DETERMINE, STEP_CORRECT,  STEP_NOTIFY,
	STEP_APPEAL, STEP_DECIDE_APPEAL, STEP_CLOSE,  STEP_PLACE,     STEP_OCCUR,
};
_Static_assert(sizeof(step_columns) / sizeof(step_columns[0]) == STEP_COUNT, "every step has a column");

/* Which step is lawful in which status, written out by hand: y may, n may not. */
/* clang-format off */
static const struct {
	const char *status;
	const char *cells;
	const char *says; /* what every refusal there says; NULL: it does not say that the request is closed */
} steps[] = {
	/*               inf out ret set wdr fct ask con fnd det cor ntf apl dap cls plc occ */
	{"manual_route", "y   n   n   n   y   y   n   n   n   n   n   n   n   n   y   n   n", NULL},
	{"not_required", "n   n   n   n   n   n   n   n   n   n   n   y   n   n   n   n   n", "closed"},
	{"returned",     "n   n   n   n   n   n   n   n   n   n   n   y   n   n   n   n   n", "closed"},
	{"incomplete",   "y   y   y   y   y   y   y   y   y   n   n   n   n   n   n   n   n", NULL},
	{"pending_con",  "y   y   y   y   y   y   y   y   y   n   n   n   n   n   n   n   n", NULL},
	{"in_review",    "y   y   y   y   y   y   y   y   y   y   n   n   n   n   n   n   n", NULL},
	{"decided",      "n   n   n   n   n   n   n   n   n   n   y   y   y   y   n   y   n", "decided"},
	{"withdrawn",    "n   n   n   n   n   n   n   n   n   n   n   n   n   n   n   n   n", "closed"},
	{"recorded",     "n   n   n   n   n   n   n   n   y   n   n   y   n   n   n   n   y", "closed"},
};
/* clang-format on */
_Static_assert(sizeof(steps) / sizeof(steps[0]) == STATUS_COUNT, "every status has a row");

START_TEST(every_step_in_every_status)
{
	const char *cell = steps[_i].cells;
	enum status status = STATUS_RECORDED;

	ck_assert_msg(status_from_name(steps[_i].status, &status), "%s", steps[_i].status);
	for (size_t i = 0; i < STEP_COUNT; i++) {
		const bool may = *cell == 'y';
		ck_assert_msg(*cell == 'y' || *cell == 'n', "%s, step %zu: no cell", steps[_i].status, i);
		ck_assert_msg(lifecycle_allows(status, step_columns[i]) == may, "%s, step %zu", steps[_i].status, i);
		const char *why = lifecycle_refusal(status, step_columns[i]);
		const char *says = steps[_i].says;
		ck_assert_msg(may || (says != NULL ? strstr(why, says) != NULL : strstr(why, "closed;") == NULL),
			      "%s, step %zu: %s", steps[_i].status, i, why);
		cell += 1 + strspn(cell + 1, " ");
	}
	ck_assert_msg(*cell == '\0', "%s: a cell too many", steps[_i].status);
}
END_TEST

/* Nothing that judges is done to a closed request, but that people answer beside what was recorded; an open one can always be taken back. */
START_TEST(steps_follow_openness)
{
	for (int i = 0; i < STATUS_COUNT; i++) {
		const enum status status = (enum status)i;
		ck_assert_msg(lifecycle_allows(status, STEP_WITHDRAW) == status_open(status), "%s", status_name(status));
		for (int step = 0; step < STEP_CORRECT; step++) {
			const bool beside = status == STATUS_RECORDED && step == STEP_FIND;
			ck_assert_msg(status_open(status) || beside || !lifecycle_allows(status, (enum step)step),
				      "%s, step %d", status_name(status), step);
		}
	}
}
END_TEST

/* Where the plan's own steps lead; what the provider does is not counted on. */
static const struct {
	enum step step;
	enum status from;
	enum status to;
} ways[] = {
	{STEP_CLOSE, STATUS_MANUAL_ROUTE, STATUS_RECORDED},
	{STEP_RETURN, STATUS_INCOMPLETE, STATUS_RETURNED},
	{STEP_CERTIFY, STATUS_PENDING_CON, STATUS_IN_REVIEW},
	{STEP_DETERMINE, STATUS_IN_REVIEW, STATUS_DECIDED},
};

/* Every request can end, without the provider's help: each open status leads to a closed one. */
START_TEST(every_open_status_has_an_end)
{
	enum status status = (enum status)_i;
	for (size_t steps_left = STATUS_COUNT; status_open(status) && steps_left > 0; steps_left--) {
		for (size_t i = 0; i < sizeof(ways) / sizeof(ways[0]); i++) {
			if (ways[i].from == status && lifecycle_allows(status, ways[i].step)) {
				status = ways[i].to;
				break;
			}
		}
	}
	ck_assert_msg(!status_open(status), "%s has no end", status_name((enum status)_i));
}
END_TEST

/* Somebody has something to do as long as a request is open, and it is the one whose turn it is. */
START_TEST(tasks_of_every_standing)
{
	const struct standing standing = standing_of(_i);
	const enum status status = lifecycle_status(&standing);
	const unsigned tasks = lifecycle_tasks(status, &standing);
	const enum waiting_on waiting = lifecycle_waiting_on(status, &standing);

	ck_assert_msg(status_open(status) == (tasks != 0), "%s", status_name(status));
	ck_assert(waiting != WAITING_PROVIDER || status == STATUS_RETURNED || (tasks & TASK_SUPPLY) != 0);
	ck_assert(waiting != WAITING_CON_REVIEWER || (tasks & TASK_CON) != 0);
	ck_assert(((tasks & TASK_CONFIRM_RETURN) != 0) ==
		  (status_open(status) && status != STATUS_MANUAL_ROUTE && standing.return_proposed));
	ck_assert(((tasks & TASK_REVIEW) != 0) == (status == STATUS_IN_REVIEW));
}
END_TEST

START_TEST(tasks_after_a_determination)
{
	struct standing standing = {.missing = true, .requested = true, .gate_open = true};

	ck_assert_uint_eq(lifecycle_tasks(STATUS_DECIDED, &standing), 0);
	ck_assert_int_eq(lifecycle_waiting_on(STATUS_DECIDED, &standing), WAITING_NOBODY);
	standing.notice_owed = true;
	ck_assert_uint_eq(lifecycle_tasks(STATUS_DECIDED, &standing), TASK_NOTIFY);
	ck_assert_int_eq(lifecycle_waiting_on(STATUS_DECIDED, &standing), WAITING_PLAN);
	standing.appeal_open = true;
	ck_assert_uint_eq(lifecycle_tasks(STATUS_DECIDED, &standing), TASK_NOTIFY | TASK_APPEAL);
	standing = (struct standing){.placement_awaited = true};
	ck_assert_uint_eq(lifecycle_tasks(STATUS_DECIDED, &standing), TASK_PLACE);
	ck_assert_int_eq(lifecycle_waiting_on(STATUS_DECIDED, &standing), WAITING_PLAN);
	ck_assert_uint_eq(lifecycle_tasks(STATUS_WITHDRAWN, &standing), 0);
	standing = (struct standing){.missing = true, .outreach_owed = true};
	ck_assert_uint_eq(lifecycle_tasks(STATUS_INCOMPLETE, &standing), TASK_SUPPLY | TASK_OUTREACH);
}
END_TEST

START_TEST(names)
{
	enum status status = STATUS_MANUAL_ROUTE;
	enum waiting_on waiting = WAITING_PROVIDER;

	for (int i = 0; i < STATUS_COUNT; i++) {
		ck_assert_str_eq(status_name((enum status)i), turns[i].status);
		ck_assert(status_from_name(turns[i].status, &status));
		ck_assert_int_eq((int)status, i);
	}
	for (int i = 0; i < WAITING_COUNT; i++) {
		ck_assert(waiting_on_from_name(waiting_on_name((enum waiting_on)i), &waiting));
		ck_assert_int_eq((int)waiting, i);
	}
	for (unsigned place = 0; place < TASK_COUNT; place++) {
		enum task task = TASK_ROUTE;
		ck_assert(task_from_name(task_name(place), &task));
		ck_assert_uint_eq((unsigned)task, 1U << place);
	}
	ck_assert(!status_from_name("denied", &status));
	ck_assert(!status_from_name(NULL, &status));
	ck_assert(!waiting_on_from_name("member", &waiting));
	ck_assert(!waiting_on_from_name("", &waiting));
}
END_TEST

int main(void)
{
	Suite *const suite = suite_create("lifecycle");
	TCase *const tcase = tcase_create("lifecycle");

	tcase_add_loop_test(tcase, status_of_every_standing, 0, STANDINGS);
	tcase_add_loop_test(tcase, whose_turn_in_every_standing, 0, STATUS_COUNT);
	tcase_add_loop_test(tcase, properties_of_every_standing, 0, STANDINGS);
	tcase_add_test(tcase, open_statuses);
	tcase_add_loop_test(tcase, every_step_in_every_status, 0, STATUS_COUNT);
	tcase_add_test(tcase, steps_follow_openness);
	tcase_add_loop_test(tcase, every_open_status_has_an_end, 0, STATUS_COUNT);
	tcase_add_loop_test(tcase, tasks_of_every_standing, 0, STANDINGS);
	tcase_add_test(tcase, tasks_after_a_determination);
	tcase_add_test(tcase, names);
	suite_add_tcase(suite, tcase);
	return run_suite(suite);
}
