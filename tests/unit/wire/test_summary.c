/* SPDX-License-Identifier: Apache-2.0 */
#include "wire/answer.h"

#include "../run_suite.h"
#include "../sketch.h"

#include <check.h>
#include <string.h>

#define RECEIVED "2026-11-20T15:40:12-08:00"
#define DUE " A determination is due by Wed 2026-12-02 23:59"

enum clocks { CLOCKS_NONE, CLOCKS_OWN, CLOCKS_BOTH, CLOCKS_OVERLAY };

#define DECISION(outcome, more) "\"decision\": {\"id\": \"dec_2\", \"outcome\": \"" outcome "\"" more "}"
#define AUTHORIZED(days, to, again) \
	"\"authorization\": {\"number\": \"AU-1\", \"days\": " days ", \"from\": \"2026-11-23\", \"to\": \"" to \
	"\", \"ask_again_by\": " again "}"
#define AGAIN "\"2026-12-07T23:59:59-08:00\""
#define NOTICE(to, due, told) "{\"to\": \"" to "\", \"due_at\": \"" due "\", \"told_at\": " told "}"
#define APPEAL(decision, status) \
	"\"appeals\": [{\"id\": \"apl_1\", \"decision\": \"" decision "\", \"status\": \"" status \
	"\", \"due_at\": \"2026-12-03T10:00:00-08:00\"}]"

static const struct scene {
	const char *name;
	enum status status;
	bool check; /* nothing was recorded */
	size_t missing;
	size_t requested;
	size_t flags;
	int attempts;
	const char *reason; /* of a return that is proposed or was made */
	const char *confirmed; /* the reason that staff confirmed */
	const char *route;
	enum clocks clocks;
	bool owes; /* a notice or the decision of an appeal is owed */
	const char *plan; /* what the plan recorded; NULL: nothing, or the reason above */
	const char *summary;
} scenes[] = {
	{.name = "by hand",
	 .status = STATUS_MANUAL_ROUTE,
	 .route = "Plan staff take it by hand.",
	 .summary = "We have your request. This policy does not answer it: Plan staff take it by hand. Staff will route it."},
	{.name = "by hand, nothing said",
	 .status = STATUS_MANUAL_ROUTE,
	 .summary = "We have your request. This policy does not answer it: it is handled elsewhere. Staff will route it."},
	{.name = "not required",
	 .status = STATUS_NOT_REQUIRED,
	 .clocks = CLOCKS_OWN,
	 .summary = "No authorization is needed for what you asked. Payment still depends on the member's coverage on the day "
		    "of service."},
	{.name = "returned for what is missing",
	 .status = STATUS_RETURNED,
	 .missing = 2,
	 .attempts = 3,
	 .clocks = CLOCKS_OWN,
	 .summary = "Your request was returned. This is not a denial. After 3 attempts to reach you, 2 items are still "
		    "missing; see `missing`. "
		    "Send a new request that replaces it."},
	{.name = "returned for a reason",
	 .status = STATUS_RETURNED,
	 .reason = "ineligible",
	 .summary = "Your request was returned. This is not a denial. The member is not covered. Send a new request that "
		    "replaces it."},
	{.name = "returned for a reason that staff confirmed",
	 .status = STATUS_RETURNED,
	 .reason = "ineligible",
	 .confirmed = "ineligible",
	 .summary = "Your request was returned. This is not a denial. The member is not covered. Send a new request that "
		    "replaces it."},
	{.name = "returned for what is missing, while a reason was proposed",
	 .status = STATUS_RETURNED,
	 .missing = 2,
	 .attempts = 2,
	 .reason = "ineligible",
	 .confirmed = "missing_components",
	 .summary = "Your request was returned. This is not a denial. After 2 attempts to reach you, 2 items are still "
		    "missing; see `missing`. "
		    "Send a new request that replaces it."},
	{.name = "incomplete",
	 .status = STATUS_INCOMPLETE,
	 .missing = 1,
	 .clocks = CLOCKS_OWN,
	 .summary = "We have your request. 1 item is missing. Nothing is denied." DUE "."},
	{.name = "incomplete, papers too",
	 .status = STATUS_INCOMPLETE,
	 .missing = 2,
	 .requested = 1,
	 .clocks = CLOCKS_OWN,
	 .summary = "We have your request. 2 items are missing. Nothing is denied. We also ask for 1 clinical item; this alone "
		    "never "
		    "returns a request." DUE "."},
	{.name = "waiting for the certificate",
	 .status = STATUS_PENDING_CON,
	 .requested = 2,
	 .clocks = CLOCKS_OWN,
	 .summary = "We have your request. It waits for the certificate of need; the clock runs on. We also ask for 2 clinical "
		    "items; "
		    "this alone never returns a request." DUE "."},
	{.name = "in review",
	 .status = STATUS_IN_REVIEW,
	 .clocks = CLOCKS_OWN,
	 .summary = "We have your request. A licensed reviewer reads it." DUE "."},
	{.name = "in review, flagged, no clock",
	 .status = STATUS_IN_REVIEW,
	 .flags = 2,
	 .summary = "We have your request. A licensed reviewer reads it. 2 points are noted for the reviewer."},
	{.name = "in review, another clock is earlier",
	 .status = STATUS_IN_REVIEW,
	 .clocks = CLOCKS_BOTH,
	 .summary = "We have your request. A licensed reviewer reads it." DUE
		    "; the plan acts by Fri 2026-11-27 23:59, because another clock runs as well: o.clock from receipt."},
	{.name = "in review, only another clock",
	 .status = STATUS_IN_REVIEW,
	 .clocks = CLOCKS_OVERLAY,
	 .summary = "We have your request. A licensed reviewer reads it. The plan acts by Fri 2026-11-27 23:59."},
	{.name = "a return is proposed",
	 .status = STATUS_IN_REVIEW,
	 .reason = "ineligible",
	 .summary = "We have your request. Before it is read, something about it must be settled. Staff will check whether it "
		    "must be "
		    "returned: The member is not covered."},
	{.name = "a check",
	 .status = STATUS_INCOMPLETE,
	 .check = true,
	 .missing = 1,
	 .clocks = CLOCKS_OWN,
	 .summary = "If you sent this now: 1 item is missing. Nothing is denied." DUE "."},
	{.name = "a check of what would be returned",
	 .status = STATUS_RETURNED,
	 .check = true,
	 .reason = "ineligible",
	 .summary = "If you sent this now: it would be returned at once, which is not a denial. The member is not covered."},
	{.name = "decided", .status = STATUS_DECIDED, .clocks = CLOCKS_OWN, .summary = "Your request is decided."},
	{.name = "approved",
	 .status = STATUS_DECIDED,
	 .plan = "{" DECISION("approved", "") ", " AUTHORIZED("30", "2026-12-22", AGAIN) "}",
	 .summary = "Your request is approved: 30 days, 2026-11-23 to 2026-12-22, authorization AU-1. If the care is to go on, "
		    "ask again by "
		    "Mon 2026-12-07 23:59."},
	{.name = "one day approved late",
	 .status = STATUS_DECIDED,
	 .plan = "{" DECISION("approved", ", \"late\": true") ", " AUTHORIZED("1", "2026-11-23", "null") "}",
	 .summary = "Your request is approved: 1 day, 2026-11-23 to 2026-11-23, authorization AU-1. It was decided late: the "
		    "time for it had passed."},
	{.name = "approved in part",
	 .status = STATUS_DECIDED,
	 .plan = "{" DECISION("approved_in_part",
			      ", \"basis\": \"policy_limit\", \"not_approved\": [{\"line\": 0, \"from\": "
			      "\"2026-12-23\", \"to\": \"2026-12-24\"}]") ", " AUTHORIZED("30", "2026-12-22", "null") "}",
	 .summary = "Your request is approved in part: 30 days, 2026-11-23 to 2026-12-22, authorization AU-1. The other days "
		    "(2026-12-23 to 2026-12-24) are not approved, "
		    "because one authorization holds no more. The reasons are in `decision.rationale`. You have the right to "
		    "appeal. "
		    "Appeals are quick."},
	{.name = "all days, fewer units",
	 .status = STATUS_DECIDED,
	 .plan = "{" DECISION("approved_in_part",
			      ", \"basis\": \"criterion_not_met\", \"not_approved\": [], \"appeal\": "
			      "\"apl_1\"") ", " AUTHORIZED("30", "2026-12-22", "null") ", " APPEAL("dec_1", "overturned") "}",
	 .summary = "Your request is approved in part: 30 days, 2026-11-23 to 2026-12-22, authorization AU-1. Less is approved "
		    "than was asked "
		    "for, because a criterion is not met. The reasons are in `decision.rationale`. It was decided on appeal. "
		    "You have the "
		    "right to appeal. Appeals are quick."},
	{.name = "denied",
	 .status = STATUS_DECIDED,
	 .plan = "{" DECISION("denied", ", \"basis\": \"criterion_not_met\", \"alternative\": \"Call Sample Youth-One.\"") "}",
	 .summary = "Your request is denied, because a criterion is not met. The reasons are in `decision.rationale`. What is "
		    "recommended "
		    "instead is in `decision.alternative`. You have the right to appeal. Appeals are quick."},
	{.name = "denied instead, appeal open",
	 .status = STATUS_DECIDED,
	 .plan = "{" DECISION("denied", ", \"basis\": \"before_con\", \"supersedes\": \"dec_1\", \"note\": \"Authorization "
					"AU-1 is withdrawn.\"") ", " APPEAL("dec_2", "open") "}",
	 .summary = "Your request is denied, because the certification of need was not complete then. The reasons are in "
		    "`decision.rationale`. It corrects an earlier decision. Authorization AU-1 is withdrawn. An appeal is "
		    "open; it is "
		    "decided by Thu 2026-12-03 10:00."},
	{.name = "denied, upheld",
	 .status = STATUS_DECIDED,
	 .plan = "{" DECISION("denied", ", \"basis\": \"unheard_of\"") ", " APPEAL("dec_2", "upheld") "}",
	 .summary = "Your request is denied, because the reasons stand in the decision. The reasons are in "
		    "`decision.rationale`. It was upheld "
		    "on appeal."},
	{.name = "withdrawn",
	 .status = STATUS_WITHDRAWN,
	 .clocks = CLOCKS_OWN,
	 .summary = "This request was withdrawn. Nothing was decided, and nothing is denied."},
	{.name = "recorded",
	 .status = STATUS_RECORDED,
	 .clocks = CLOCKS_OWN,
	 .summary = "This is recorded. Nothing is to be decided."},
};

enum { SCENES = sizeof(scenes) / sizeof(scenes[0]) };

static struct entry *entries(const struct sketch *sketch, enum sketch_item item, size_t count)
{
	struct entry *list = arena_array(sketch->arena, count + 1, sizeof(*list));

	for (size_t i = 0; i < count; i++) {
		list[i] = (struct entry){
			.item = &sketch->items[item], .pointer = "/lines", .problem = PROBLEM_MISSING, .fix = "Send it."};
	}
	return list;
}

static struct evaluation evaluation_of(const struct sketch *sketch, const struct scene *scene)
{
	struct evaluation evaluation = {
		.missing = entries(sketch, SKETCH_DATES, scene->missing),
		.missing_count = scene->missing,
		.requested = entries(sketch, SKETCH_PAPER, scene->requested),
		.requested_count = scene->requested,
		.flag_count = scene->flags,
		.route = scene->route,
		.status = scene->status,
		.standing =
			{
				.missing = scene->missing > 0,
				.requested = scene->requested > 0,
				.gate_open = scene->status == STATUS_PENDING_CON,
				.return_proposed = scene->reason != NULL && scene->status != STATUS_RETURNED,
				.notice_owed = scene->owes,
			},
	};
	if (scene->reason != NULL) {
		evaluation.returns = arena_alloc(sketch->arena, sizeof(*evaluation.returns));
		evaluation.returns[0] = (struct return_reason){
			.item = &sketch->items[SKETCH_RETURN], .reason = scene->reason, .say = "The member is not covered."};
		evaluation.return_count = 1;
	}
	evaluation.waiting_on = lifecycle_waiting_on(evaluation.status, &evaluation.standing);
	return evaluation;
}

static struct clock_list clocks_of(const struct sketch *sketch, enum clocks clocks)
{
	struct clock *list = arena_array(sketch->arena, 2, sizeof(*list));
	size_t count = 0;

	if (clocks == CLOCKS_OWN || clocks == CLOCKS_BOTH) {
		list[count++] = sketch_clock(sketch, SKETCH_CLOCK, RECEIVED);
	}
	if (clocks == CLOCKS_OVERLAY || clocks == CLOCKS_BOTH) {
		list[count++] = sketch_clock(sketch, SKETCH_OVERLAY, RECEIVED);
	}
	return (struct clock_list){list, count};
}

static struct request_answer answer_of(const struct sketch *sketch, const struct scene *scene,
				       const struct evaluation *evaluation)
{
	const char *confirmed = scene->confirmed;
	return (struct request_answer){
		.id = scene->check ? NULL : "req_1",
		.tracking_number = scene->check ? NULL : "AR-1",
		.version = 1,
		.urgency = "standard",
		.received_at = sketch_instant(RECEIVED),
		.updated_at = sketch_instant(RECEIVED),
		.program = &sketch->program,
		.evaluation = evaluation,
		.clocks = clocks_of(sketch, scene->clocks),
		.attempts_made = scene->attempts,
		.plan = scene->plan != NULL ? sketch_json(sketch, scene->plan)
			: confirmed == NULL
				? NULL
				: sketch_json(sketch,
					      arena_printf(sketch->arena, "{\"return\": {\"reason\": \"%s\"}}", confirmed)),
	};
}

/* The policy lets those who were refused something appeal. */
static void offer_appeals(struct sketch *sketch)
{
	static const struct item appeal = {
		.id = "p.appeal", .kind = KIND_APPEAL, .of = RULING_DENIED, .text = "Appeals are quick."};
	static const struct item *const items[] = {&appeal};

	sketch->program.items = items;
	sketch->program.item_count = 1;
}

START_TEST(summary_of_a_scene)
{
	const struct scene *scene = &scenes[_i];
	struct sketch sketch;
	sketch_init(&sketch);
	offer_appeals(&sketch);
	const struct evaluation evaluation = evaluation_of(&sketch, scene);
	const struct request_answer answer = answer_of(&sketch, scene, &evaluation);
	const char *found = answer_summary(sketch.arena, &answer);
	ck_assert_msg(strcmp(found, scene->summary) == 0, "%s: %s", scene->name, found);
	sketch_finish(&sketch);
}
END_TEST

START_TEST(every_status_has_a_scene)
{
	bool seen[STATUS_COUNT] = {false};

	for (size_t i = 0; i < SCENES; i++) {
		seen[scenes[i].status] = true;
	}
	for (int i = 0; i < STATUS_COUNT; i++) {
		ck_assert_msg(seen[i], "%s", status_name((enum status)i));
	}
}
END_TEST

/* A calendar-day clock that ends on a closed day is acted on before. */
START_TEST(acted_on_before_a_closed_day)
{
	const struct scene scene = {.status = STATUS_IN_REVIEW};
	struct sketch sketch;
	sketch_init(&sketch);
	const struct evaluation evaluation = evaluation_of(&sketch, &scene);
	struct request_answer answer = answer_of(&sketch, &scene, &evaluation);
	sketch.items[SKETCH_OVERLAY].basis = "policy";
	const struct clock clock = sketch_clock(&sketch, SKETCH_OVERLAY, "2026-11-19T10:00:00-08:00");
	answer.clocks = (struct clock_list){&clock, 1};
	ck_assert_str_eq(
		answer_summary(sketch.arena, &answer),
		"We have your request. A licensed reviewer reads it. A determination is due by Thu 2026-11-26 23:59; the plan "
		"acts by Wed 2026-11-25 23:59, the last day before it that is not closed.");
	sketch_finish(&sketch);
}
END_TEST

/* Whose turn it is, by whom and where. */
static const struct turn {
	const char *name;
	struct scene scene;
	const char *who;
	const char *say;
	const char *href;
} turns[] = {
	{"missing",
	 {.status = STATUS_INCOMPLETE, .missing = 1},
	 "requesting_provider",
	 "Send the 1 missing item.",
	 "/v1/requests/req_1/information"},
	{"missing and papers",
	 {.status = STATUS_INCOMPLETE, .missing = 2, .requested = 2},
	 "requesting_provider",
	 "Send the 2 missing items and the 2 clinical items we ask for.",
	 "/v1/requests/req_1/information"},
	{"one paper",
	 {.status = STATUS_IN_REVIEW, .requested = 1},
	 "requesting_provider",
	 "Send it.",
	 "/v1/requests/req_1/information"},
	{"papers of a check",
	 {.status = STATUS_IN_REVIEW, .requested = 2, .check = true},
	 "requesting_provider",
	 "Send the 2 clinical items we ask for.",
	 NULL},
	{"returned",
	 {.status = STATUS_RETURNED, .missing = 1},
	 "requesting_provider",
	 "Read why it was returned, cure it, and send a new request.",
	 NULL},
	{"the certificate",
	 {.status = STATUS_PENDING_CON},
	 "con_reviewer",
	 "The independent reviewer completes the certificate of need.",
	 NULL},
	{"a proposed return",
	 {.status = STATUS_IN_REVIEW, .reason = "ineligible"},
	 "plan",
	 "Staff confirm or set aside the proposed return.",
	 NULL},
	{"by hand", {.status = STATUS_MANUAL_ROUTE}, "plan", "Staff route the request to where it is answered.", NULL},
	{"in review", {.status = STATUS_IN_REVIEW}, "plan", "A licensed reviewer reads the request.", NULL},
	{"withdrawn", {.status = STATUS_WITHDRAWN}, "nobody", "Nothing more is to be done here.", NULL},
	{"recorded", {.status = STATUS_RECORDED}, "nobody", "Nothing more is to be done here.", NULL},
	{"recorded, and thin",
	 {.status = STATUS_RECORDED, .requested = 2},
	 "nobody",
	 "It is closed as it stands; what is listed can still be said in a new request that `replaces` it.",
	 "/v1/requests"},
	{"decided", {.status = STATUS_DECIDED}, "nobody", "Nothing more is to be done here.", NULL},
	{"approved",
	 {.status = STATUS_DECIDED, .plan = "{" DECISION("approved", "") ", " AUTHORIZED("30", "2026-12-22", AGAIN) "}"},
	 "nobody",
	 "If the care is to go on, send the next request by Mon 2026-12-07 23:59.",
	 NULL},
	{"denied",
	 {.status = STATUS_DECIDED, .plan = "{" DECISION("denied", "") "}"},
	 "nobody",
	 "Whoever disagrees with what was refused may appeal.",
	 "/v1/requests/req_1/appeals"},
	{"denied, upheld",
	 {.status = STATUS_DECIDED, .plan = "{" DECISION("denied", "") ", " APPEAL("dec_2", "upheld") "}"},
	 "nobody",
	 "Nothing more is to be done here.",
	 NULL},
	{"notices are owed",
	 {.status = STATUS_DECIDED,
	  .owes = true,
	  .plan = "{" DECISION("denied", "") ", \"owed\": [" NOTICE(
		  "submitter", "2026-12-03T10:00:00-08:00",
		  "null") ", " NOTICE("practitioner", "2026-12-02T23:59:59-08:00",
				      "null") ", " NOTICE("member", "2026-12-01T10:00:00-08:00",
							  "\"2026-11-30T10:00:00-08:00\"") "]}"},
	 "plan",
	 "Staff tell the practitioner of the decision by Wed 2026-12-02 23:59.",
	 "/v1/requests/req_1/notices"},
	{"an appeal is open",
	 {.status = STATUS_DECIDED,
	  .owes = true,
	  .plan = "{" DECISION("denied", "") ", \"owed\": [" NOTICE("submitter", "2026-12-03T10:00:00-08:00",
								    "null") "], " APPEAL("dec_2", "open") "}"},
	 "plan",
	 "Somebody who was not involved decides the appeal by Thu 2026-12-03 10:00.",
	 "/v1/appeals/apl_1/determination"},
};

START_TEST(next_step_of_a_scene)
{
	const struct turn *row = &turns[_i];
	struct sketch sketch;
	sketch_init(&sketch);
	offer_appeals(&sketch);
	const struct evaluation evaluation = evaluation_of(&sketch, &row->scene);
	const struct request_answer answer = answer_of(&sketch, &row->scene, &evaluation);
	const struct next_step step = answer_next_step(sketch.arena, &answer);
	ck_assert_msg(strcmp(step.who, row->who) == 0, "%s: %s", row->name, step.who);
	ck_assert_msg(strcmp(step.say, row->say) == 0, "%s: %s", row->name, step.say);
	ck_assert_msg((step.href == NULL) == (row->href == NULL), "%s: href", row->name);
	ck_assert_msg(row->href == NULL || strcmp(step.href, row->href) == 0, "%s: %s", row->name, step.href);
	sketch_finish(&sketch);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("summary");
	TCase *tests = tcase_create("summary");

	tcase_add_loop_test(tests, summary_of_a_scene, 0, SCENES);
	tcase_add_test(tests, every_status_has_a_scene);
	tcase_add_test(tests, acted_on_before_a_closed_day);
	tcase_add_loop_test(tests, next_step_of_a_scene, 0, (int)(sizeof(turns) / sizeof(turns[0])));
	suite_add_tcase(suite, tests);
	return run_suite(suite);
}
