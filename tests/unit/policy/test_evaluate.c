/* SPDX-License-Identifier: Apache-2.0 */
/* What follows from items: lists, findings, flags, returns, limits, clocks, status; and that evaluation is pure. */
#include "policy/evaluate.h"

#include "../run_suite.h"
#include "fixture.h"
#include "library.h"
#include "policy/clocks.h"
#include "policy/coverage.h"
#include "policy/requirement.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

static const char body_text[] =
	"{\"payer\":\"acme\",\"service\":\"care\",\"review\":\"initial\","
	"\"member\":{\"birth_date\":\"2014-05-04\",\"line_of_business\":\"medicaid\",\"product\":\"ours\","
	"\"coverage\":[{\"plan\":\"acme\",\"from\":\"2025-01-01\",\"retroactive\":false}]},"
	"\"service_period\":{\"start\":\"2026-03-09\",\"end\":\"2026-03-22\"},"
	"\"lines\":[{\"code\":\"H1\",\"units\":14,\"unit\":\"day\"}],"
	"\"documents\":[{\"id\":\"d1\",\"type\":\"note\",\"completed_on\":\"2026-02-20\",\"author\":{\"credential\":\"lmp\"},"
	"\"sections\":[{\"name\":\"history\",\"page\":1}]}],\"facts\":{\"risk\":false}}";

struct scene {
	struct library library;
	struct policy_set *set;
	struct submission submission;
	struct recorded_event event;
	const char *asked;
	struct evaluation evaluation;
};

/* With one thing of the policies changed, or none. */
static void scene_open_changed(struct scene *scene, const struct library_change *change)
{
	memset(scene, 0, sizeof(*scene));
	library_init(&scene->library);
	if (change) {
		library_change(&scene->library, change);
	}
	scene->set = library_load(&scene->library);
	ck_assert_msg(scene->set != NULL, "%s", scene->library.issues.count > 0 ? scene->library.issues.items[0].detail : "");
	struct submission *submission = &scene->submission;
	submission->set = scene->set;
	ck_assert(instant_parse("2026-03-02T10:15:00-08:00", &submission->received_at));
	ck_assert_int_eq(policy_set_match(scene->set, "acme", "CARE", "initial", submission->received_at, &submission->program),
			 POLICY_ANSWERS);
	submission->received_on = zone_date(submission->program->policy->zone, submission->received_at);
	submission->today = submission->received_on;
}

static void scene_open(struct scene *scene)
{
	scene_open_changed(scene, NULL);
}

static void scene_close(struct scene *scene)
{
	policy_set_destroy(scene->set);
	library_finish(&scene->library);
}

static const struct evaluation *scene_evaluate(struct scene *scene, const char *supplement)
{
	struct arena *arena = scene->library.arena;
	const struct json *body = fixture_json(arena, body_text);
	body = supplement ? json_merge(arena, body, fixture_json(arena, supplement)) : body;
	struct issues issues;
	issues_init(&issues, arena);
	struct submission *submission = &scene->submission;
	submission->body = shape_decode(submission->program->policy->request, body, arena, &issues);
	ck_assert_msg(submission->body != NULL, "%s", issues.count > 0 ? issues.items[0].pointer : "");
	submission->events = &scene->event;
	submission->event_count = scene->event.name ? 1 : 0;
	submission->asked = &scene->asked;
	submission->asked_count = scene->asked ? 1 : 0;
	evaluate(submission, arena, &scene->evaluation);
	return &scene->evaluation;
}

static const struct finding *finding_of(const struct evaluation *evaluation, const char *id)
{
	for (size_t i = 0; i < evaluation->finding_count; i++) {
		if (strcmp(evaluation->findings[i].item->id, id) == 0) {
			return &evaluation->findings[i];
		}
	}
	return NULL;
}

static enum answer answer_of(const struct evaluation *evaluation, const char *id)
{
	const struct finding *finding = finding_of(evaluation, id);
	return finding ? finding->answer : ANSWER_NOT_APPLICABLE;
}

static int64_t day_count(struct day_set set)
{
	int64_t days = 0;
	for (size_t i = 0; i < set.count; i++) {
		days += (int64_t)set.spans[i].to.day - set.spans[i].from.day + 1;
	}
	return days;
}

static bool same_number(double a, double b)
{
	return !(a < b) && !(a > b);
}

START_TEST(complete_request)
{
	struct scene scene;
	scene_open(&scene);
	const struct evaluation *result = scene_evaluate(&scene, NULL);
	ck_assert_uint_eq(result->missing_count, 0);
	ck_assert_uint_eq(result->requested_count, 0);
	ck_assert_uint_eq(result->flag_count, 0);
	ck_assert_uint_eq(result->limit_count, 0);
	ck_assert_uint_eq(result->return_count, 0);
	ck_assert_int_eq(result->status, STATUS_PENDING_CON);
	ck_assert_str_eq(result->open_gate->id, "s.gate");
	ck_assert_int_eq(answer_of(result, "s.gate"), ANSWER_UNKNOWN);
	ck_assert_int_eq(answer_of(result, "s.need"), ANSWER_UNKNOWN);
	ck_assert_int_eq(answer_of(result, "s.both"), ANSWER_MET);
	ck_assert_ptr_null(finding_of(result, "s.early"));
	ck_assert_int_eq(result->attempts_owed, 2);
	ck_assert_int_eq(day_count(result->requested_days), 14);
	ck_assert_uint_eq(result->clock_count, 2);
	ck_assert_str_eq(result->clocks[0].say, "7 business days from receipt on Mon 2026-03-02");
	ck_assert_str_eq(result->clocks[1].item->id, "law.decide");
	scene.event.name = "certified";
	result = scene_evaluate(&scene, NULL);
	ck_assert_int_eq(result->status, STATUS_IN_REVIEW);
	ck_assert_ptr_null(result->open_gate);
	scene_close(&scene);
}
END_TEST

START_TEST(lists_and_suppression)
{
	struct scene scene;
	scene_open(&scene);
	const struct evaluation *result = scene_evaluate(
		&scene, "{\"service_period\":{\"end\":null},\"documents\":[{\"id\":\"d1\",\"type\":\"note\","
			"\"completed_on\":\"2025-12-31\",\"author\":{\"credential\":\"none\"}}],\"facts\":{\"risk\":null}}");
	ck_assert_int_eq(result->status, STATUS_INCOMPLETE);
	ck_assert_uint_eq(result->missing_count, 1);
	ck_assert_str_eq(result->missing[0].pointer, "/service_period/end");
	ck_assert_uint_eq(result->requested_count, 3);
	ck_assert_int_eq(result->requested[0].problem, PROBLEM_STALE);
	ck_assert_str_eq(result->requested[0].needed, "2026-01-01 or later");
	ck_assert_str_eq(result->requested[0].fix, "Send a note of 2026-01-01 or later.");
	ck_assert_int_eq(result->requested[1].problem, PROBLEM_UNQUALIFIED);
	/* the history is not listed while its note is not right; the plan is, by the question that it hangs on */
	ck_assert_str_eq(result->requested[2].item->id, "s.plan");
	ck_assert_int_eq(result->requested[2].problem, PROBLEM_UNANSWERED);
	ck_assert_str_eq(result->requested[2].pointer, "/facts/risk");
	ck_assert_str_eq(result->requested[2].say, "It is not said whether this is so: risk is shown.");
	ck_assert_str_eq(result->requested[2].fix, "Say whether there is a risk; if so, send the plan.");
	/* a clock whose condition cannot be told starts when its policy says so */
	ck_assert_str_eq(result->clocks[1].item->id, "s.urgent");
	scene_close(&scene);
}
END_TEST

/* What is missing is another's to cure while that check is met; else it is the owner's, also while it cannot be told. */
START_TEST(another_cures_it_meanwhile)
{
	static const struct {
		const char *body;
		const char *owner;
	} rows[] = {
		{"{\"service_period\":{\"end\":null},\"facts\":{\"risk\":true}}", "ccm"},
		{"{\"service_period\":{\"end\":null},\"facts\":{\"risk\":false}}", NULL},
		{"{\"service_period\":{\"end\":null},\"facts\":{\"risk\":null}}", NULL},
	};
	static const struct library_change change = {
		"sketch/1/items.json", "/items/0/passes_to",
		"{\"owner\":\"ccm\",\"when\":{\"is\":{\"at\":\"/facts/risk\",\"value\":true}}}"};
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct scene scene;
		scene_open_changed(&scene, &change);
		const struct evaluation *result = scene_evaluate(&scene, rows[i].body);
		ck_assert_uint_eq(result->missing_count, 1);
		ck_assert_pstr_eq(result->missing[0].owner, rows[i].owner);
		ck_assert_str_eq(result->missing[0].item->owner, "requesting_provider");
		scene_close(&scene);
	}
}
END_TEST

START_TEST(on_request_items_wait)
{
	struct scene scene;
	scene_open(&scene);
	ck_assert_uint_eq(scene_evaluate(&scene, NULL)->requested_count, 0);
	scene.asked = "s.ask";
	const struct evaluation *result = scene_evaluate(&scene, NULL);
	ck_assert_uint_eq(result->requested_count, 1);
	ck_assert_str_eq(result->requested[0].pointer, "/documents/-");
	scene_close(&scene);
}
END_TEST

START_TEST(plan_facts_decide_what_the_machine_may_do)
{
	static const char uncovered[] = "{\"member\":{\"coverage\":[]}}";
	struct scene scene;
	scene_open(&scene);
	const struct evaluation *result = scene_evaluate(&scene, uncovered);
	ck_assert_uint_eq(result->return_count, 1);
	ck_assert(!result->returns[0].verified && !result->standing.returned && result->standing.return_proposed);
	ck_assert_str_eq(result->returns[0].say, "No day is covered: 2026-03-09 to 2026-03-22.");
	ck_assert_str_eq(result->returns[0].fix, "Ask the other plan.");
	ck_assert_int_ne(result->status, STATUS_RETURNED);
	ck_assert_int_eq(result->waiting_on, WAITING_PLAN);
	scene.submission.verified = FACT_PARTICIPATION;
	ck_assert(!scene_evaluate(&scene, uncovered)->standing.returned);
	scene.submission.verified = FACT_ELIGIBILITY;
	ck_assert_int_eq(scene_evaluate(&scene, uncovered)->status, STATUS_RETURNED);
	/* what cannot be told has no consequence */
	result = scene_evaluate(&scene, "{\"member\":{\"coverage\":null}}");
	ck_assert_uint_eq(result->return_count, 0);
	ck_assert_int_eq(answer_of(result, "s.covered"), ANSWER_UNKNOWN);
	scene_close(&scene);
}
END_TEST

START_TEST(not_required_needs_verified_facts)
{
	struct scene scene;
	scene_open(&scene);
	struct arena *arena = scene.library.arena;
	const struct policy_tables *own = policy_set_tables(scene.set);
	struct table *changed = arena_alloc(arena, sizeof(*changed));
	const struct spot spot = spot_file("rows");
	struct issues issues;
	issues_init(&issues, arena);
	ck_assert(table_rows(arena, &own->tables[0], fixture_json(arena, "[{\"code\":\"H1\",\"required\":false}]"), &spot,
			     &issues, changed));
	const struct policy_tables tables = {changed, 1};
	ck_assert_ptr_null(scene_evaluate(&scene, NULL)->not_required);
	scene.submission.tables = &tables;
	const struct evaluation *result = scene_evaluate(&scene, NULL);
	ck_assert_ptr_null(result->not_required);
	ck_assert_uint_eq(result->flag_count, 1);
	ck_assert_str_eq(result->flags[0].code, "maybe_not_listed");
	scene.submission.verified = FACT_PARTICIPATION;
	result = scene_evaluate(&scene, NULL);
	ck_assert_int_eq(result->status, STATUS_NOT_REQUIRED);
	ck_assert_str_eq(result->not_required->id, "s.listed");
	ck_assert_uint_eq(result->flag_count, 0);
	/* and a limit promises no review */
	result = scene_evaluate(&scene, "{\"service_period\":{\"end\":\"2026-03-23\"}}");
	ck_assert_uint_eq(result->limit_count, 1);
	ck_assert_str_eq(result->limits[0].say,
			 "One authorization is at most 14 days; of these it holds 2026-03-09 to 2026-03-22.");
	scene_close(&scene);
}
END_TEST

START_TEST(flags_carry_their_days)
{
	struct scene scene;
	scene_open(&scene);
	const struct evaluation *result = scene_evaluate(
		&scene, "{\"service_period\":{\"start\":\"2026-02-27\"},\"member\":{\"birth_date\":\"2007-01-01\"}}");
	ck_assert_uint_eq(result->flag_count, 2);
	ck_assert_str_eq(result->flags[0].code, "late_days");
	ck_assert_int_eq(day_count(result->flags[0].days), 3);
	ck_assert_str_eq(result->flags[0].say, "These days have passed: 2026-02-27 to 2026-03-01.");
	ck_assert_str_eq(result->flags[0].fix, "Ask for coming days.");
	ck_assert_str_eq(result->flags[0].pointer, "/service_period");
	ck_assert_str_eq(result->flags[1].code, "grown_up");
	ck_assert(days_empty(result->flags[1].days));
	ck_assert_ptr_null(result->flags[1].fix);
	ck_assert_int_eq(answer_of(result, "s.both"), ANSWER_NOT_MET);
	/* what follows for the whole, then what the part found */
	ck_assert_str_eq(finding_of(result, "s.both")->say,
			 "Age or note is wrong. The member is 19 years old on 2026-03-02; needed is under 18 years.");
	/* a question that is open as well is no reason */
	result = scene_evaluate(&scene, "{\"member\":{\"birth_date\":null},\"documents\":[{\"id\":\"d1\",\"type\":\"note\","
					"\"completed_on\":\"2025-12-31\",\"author\":{\"credential\":\"lmp\"}}]}");
	ck_assert_str_eq(finding_of(result, "s.both")->say,
			 "Age or note is wrong. The assessment is 61 days old; it must be dated 2026-01-01 or later.");
	scene_close(&scene);
}
END_TEST

START_TEST(limits_hold_for_days_and_units)
{
	struct scene scene;
	scene_open(&scene);
	const struct evaluation *result = scene_evaluate(&scene, "{\"service_period\":{\"end\":\"2026-03-23\"}}");
	ck_assert_uint_eq(result->limit_count, 1);
	ck_assert_int_eq(result->limits[0].asked_days, 15);
	ck_assert_int_eq(result->limits[0].allowed_days, 14);
	ck_assert(same_number(result->limits[0].allowed_units, 14));
	ck_assert_str_eq(result->limits[0].pointer, "/service_period/end");
	result = scene_evaluate(
		&scene,
		"{\"lines\":[{\"code\":\"H1\",\"units\":8,\"unit\":\"day\"},{\"code\":\"H1\",\"units\":7,\"unit\":\"day\"},"
		"{\"code\":\"H2\",\"units\":90,\"unit\":\"visit\"}]}");
	ck_assert_uint_eq(result->limit_count, 1);
	ck_assert(same_number(result->limits[0].asked_units, 15));
	ck_assert(same_number(result->limits[0].allowed_units, 14));
	ck_assert_int_eq(result->limits[0].allowed_days, 14);
	/* the line with which they pass the limit */
	ck_assert_str_eq(result->limits[0].pointer, "/lines/1/units");
	/* units are said as they were written */
	result = scene_evaluate(&scene, "{\"lines\":[{\"code\":\"H1\",\"units\":14.5,\"unit\":\"day\"}]}");
	ck_assert_uint_eq(result->limit_count, 1);
	ck_assert(same_number(result->limits[0].asked_units, 14.5));
	ck_assert_ptr_nonnull(strstr(result->limits[0].say, "14.5 units"));
	/* the line that ends last */
	result = scene_evaluate(&scene, "{\"lines\":[{\"code\":\"H1\",\"start\":\"2026-03-09\",\"end\":\"2026-03-10\"},"
					"{\"code\":\"H2\",\"start\":\"2026-03-09\",\"end\":\"2026-03-30\"}]}");
	ck_assert_str_eq(result->limits[0].pointer, "/lines/1/end");
	scene_close(&scene);
}
END_TEST

/* What cannot be reviewed neither counts against a limit nor is promised by it. */
START_TEST(limits_leave_out_days)
{
	struct scene scene;
	scene_open(&scene);
	const struct evaluation *result = scene_evaluate(
		&scene, "{\"service_period\":{\"start\":\"2026-02-25\",\"end\":\"2026-03-15\"},\"lines\":[{\"code\":\"H1\","
			"\"units\":19,\"unit\":\"day\"}]}");
	ck_assert_uint_eq(result->limit_count, 0);
	result = scene_evaluate(&scene, "{\"service_period\":{\"start\":\"2026-02-25\",\"end\":\"2026-03-20\"}}");
	ck_assert_uint_eq(result->limit_count, 1);
	ck_assert_str_eq(
		result->limits[0].say,
		"You asked for 24 days; 5 of the days cannot be reviewed as they stand. One authorization is "
		"at most 14 days, so 2026-03-02 to 2026-03-15 can be reviewed now; ask for more with a concurrent review.");
	ck_assert_int_eq(result->limits[0].asked_days, 24);
	ck_assert_int_eq(result->limits[0].allowed_days, 14);
	result = scene_evaluate(
		&scene, "{\"service_period\":{\"start\":\"2026-02-25\",\"end\":\"2026-03-15\"},\"lines\":[{\"code\":\"H1\","
			"\"units\":15,\"unit\":\"day\"},{\"code\":\"H1\",\"units\":10,\"unit\":\"day\"}]}");
	ck_assert_str_eq(result->limits[0].pointer, "/lines/1/units");
	result = scene_evaluate(&scene, "{\"service_period\":{\"start\":\"2026-01-05\",\"end\":\"2026-02-20\"}}");
	ck_assert_uint_eq(result->limit_count, 0);
	scene_close(&scene);
}
END_TEST

START_TEST(routes_come_first)
{
	struct scene scene;
	scene_open(&scene);
	const struct evaluation *result = scene_evaluate(&scene, "{\"member\":{\"product\":\"theirs\",\"coverage\":[]}}");
	ck_assert_int_eq(result->status, STATUS_MANUAL_ROUTE);
	ck_assert_str_eq(result->route, "other product");
	scene_close(&scene);
}
END_TEST

static const struct item *rule_of(const struct evaluation *evaluation, const char *id)
{
	for (size_t i = 0; i < evaluation->rule_count; i++) {
		if (strcmp(evaluation->rules[i]->id, id) == 0) {
			return evaluation->rules[i];
		}
	}
	return NULL;
}

static void check_words(const struct item_words *words, const char *expected)
{
	char joined[128] = "";
	for (size_t i = 0; i < words->count; i++) {
		strncat(joined, i > 0 ? " " : "", sizeof(joined) - strlen(joined) - 1);
		strncat(joined, words->list[i], sizeof(joined) - strlen(joined) - 1);
	}
	ck_assert_str_eq(joined, expected);
}

/* What people need to know about a determination comes with the evaluation, words of lists in their place. */
START_TEST(rules_that_apply_are_resolved)
{
	struct scene scene;
	scene_open(&scene);
	const struct evaluation *result = scene_evaluate(&scene, NULL);
	ck_assert_uint_eq(result->rule_count, 7);
	const struct item *gate = rule_of(result, "s.gate");
	ck_assert_str_eq(gate->event, "certified");
	ck_assert_str_eq(gate->certified_as, "needed");
	check_words(&gate->needs, "signed");
	check_words(&gate->certifies, "needed lmp qmhp");
	const struct item *denial = rule_of(result, "s.denial");
	ck_assert_uint_eq(denial->of, RULING_DENIED);
	check_words(&denial->grounds, "criterion_not_met");
	check_words(&denial->words, "x y");
	check_words(&denial->by, "boss lmp qmhp");
	ck_assert(item_words_have(&denial->by, "qmhp") && !item_words_have(&denial->by, "able") &&
		  !item_words_have(&denial->from, "lmp"));
	const struct item *limit = rule_of(result, "s.limit");
	ck_assert(limit->ask_again.unit == CLOCK_HOURS && limit->ask_again.amount == 24 && limit->clock.amount == 0);
	const struct item *tries = rule_of(result, "s.tries");
	ck_assert(tries->each_within.unit == CLOCK_BUSINESS_DAYS && tries->each_within.amount == 1);
	ck_assert_str_eq(tries->text, "2 or 3 tries, each within 1 business day.");
	const struct item *told = rule_of(result, "s.tell");
	ck_assert(told->within_due && told->of == RULING_DENIED && told->clock.amount == 0);
	check_words(&told->to, "practitioner");
	const struct item *said = rule_of(result, "s.say");
	ck_assert(!said->within_due && said->of == (RULING_APPROVED | RULING_DENIED));
	ck_assert(said->clock.unit == CLOCK_CALENDAR_DAYS && said->clock.amount == 3);
	const struct item *appeal = rule_of(result, "s.appeal");
	ck_assert_str_eq(appeal->appeal, "expedited");
	check_words(&appeal->from, "practitioner member");
	check_words(&appeal->by, "lmp qmhp");
	ck_assert(appeal->of == RULING_DENIED && appeal->clock.unit == CLOCK_HOURS && appeal->clock.amount == 72);
	/* where `when` is met, and not where it cannot be told */
	ck_assert_ptr_null(rule_of(scene_evaluate(&scene, "{\"facts\":{\"risk\":null}}"), "s.risky"));
	const struct item *risky = rule_of(scene_evaluate(&scene, "{\"facts\":{\"risk\":true}}"), "s.risky");
	ck_assert(risky != NULL && risky->of == (RULING_APPROVED | RULING_DENIED));
	scene_close(&scene);
}
END_TEST

/* A gate counts until it is known not to apply: what stands in the way is told. */
START_TEST(an_uncertain_gate_is_a_rule)
{
	struct scene scene;
	scene_open(&scene);
	policy_set_destroy(scene.set);
	library_change(&scene.library, &(struct library_change){"sketch/1/items.json", "/items/11/when",
								"{\"is\":{\"at\":\"/facts/risk\",\"value\":true}}"});
	scene.set = library_load(&scene.library);
	ck_assert_msg(scene.set != NULL, "%s", scene.library.issues.count > 0 ? scene.library.issues.items[0].detail : "");
	scene.submission.set = scene.set;
	ck_assert_int_eq(
		policy_set_match(scene.set, "acme", "CARE", "initial", scene.submission.received_at, &scene.submission.program),
		POLICY_ANSWERS);
	ck_assert_ptr_nonnull(rule_of(scene_evaluate(&scene, "{\"facts\":{\"risk\":null}}"), "s.gate"));
	ck_assert_ptr_nonnull(rule_of(scene_evaluate(&scene, "{\"facts\":{\"risk\":true}}"), "s.gate"));
	ck_assert_ptr_null(rule_of(scene_evaluate(&scene, NULL), "s.gate"));
	scene_close(&scene);
}
END_TEST

/* The newest event of a name counts, and its day is that of the policy's zone. */
START_TEST(days_before_an_event_cannot_be_approved)
{
	struct scene scene;
	scene_open(&scene);
	scene.event.name = "certified";
	ck_assert(instant_parse("2026-03-12T06:59:59Z", &scene.event.at));
	const struct evaluation *result = scene_evaluate(&scene, NULL);
	ck_assert_uint_eq(result->flag_count, 1);
	ck_assert_str_eq(result->flags[0].item->unapprovable, "before_con");
	ck_assert_str_eq(result->flags[0].say, "These days are too early: 2026-03-09 to 2026-03-10.");
	/* such days do not count against a limit */
	ck_assert_uint_eq(scene_evaluate(&scene, "{\"service_period\":{\"end\":\"2026-03-24\"}}")->limit_count, 0);
	ck_assert_uint_eq(scene_evaluate(&scene, "{\"service_period\":{\"end\":\"2026-03-25\"}}")->limit_count, 1);
	struct recorded_event events[] = {scene.event, scene.event, {"other", scene.event.at}};
	ck_assert(instant_parse("2026-03-10T08:00:00-07:00", &events[1].at));
	scene.submission.events = events;
	scene.submission.event_count = 3;
	struct evaluation again;
	evaluate(&scene.submission, scene.library.arena, &again);
	ck_assert_str_eq(again.flags[0].say, "These days are too early: 2026-03-09.");
	scene_close(&scene);
}
END_TEST

START_TEST(attempts_follow_the_line_of_business)
{
	struct scene scene;
	scene_open(&scene);
	ck_assert_int_eq(scene_evaluate(&scene, "{\"member\":{\"line_of_business\":\"dual\"}}")->attempts_owed, 3);
	ck_assert_int_eq(scene_evaluate(&scene, "{\"member\":{\"line_of_business\":null}}")->attempts_owed, 3);
	ck_assert_str_eq(scene.evaluation.outreach->id, "s.tries");
	scene_close(&scene);
}
END_TEST

START_TEST(a_clock_beyond_its_calendar_says_so)
{
	struct scene scene;
	scene_open(&scene);
	ck_assert(instant_parse("2026-12-24T10:00:00-08:00", &scene.submission.received_at));
	scene.submission.received_on = zone_date(scene.submission.program->policy->zone, scene.submission.received_at);
	scene.submission.today = scene.submission.received_on;
	const struct evaluation *result = scene_evaluate(&scene, NULL);
	ck_assert_str_eq(result->clocks[0].say,
			 "7 business days from receipt on Thu 2026-12-24; the holiday list ends 2026-12-31");
	/* a clock of law runs for requests that came before the version was in force, and so before its list */
	ck_assert(instant_parse("2025-12-31T10:00:00-08:00", &scene.submission.received_at));
	scene.submission.received_on = zone_date(scene.submission.program->policy->zone, scene.submission.received_at);
	scene.submission.today = scene.submission.received_on;
	result = scene_evaluate(&scene, NULL);
	ck_assert_str_eq(result->clocks[0].say,
			 "7 business days from receipt on Wed 2025-12-31; the holiday list begins 2026-01-01");
	scene_close(&scene);
}
END_TEST

START_TEST(clocks_are_kept)
{
	struct scene scene;
	scene_open(&scene);
	struct arena *arena = scene.library.arena;
	struct evaluation first = *scene_evaluate(&scene, NULL);
	struct evaluation later = *scene_evaluate(&scene, "{\"facts\":{\"risk\":true}}");
	size_t count;
	/* a shorter clock joins; the others keep running */
	const struct clock *kept = clocks_keep(first.clocks, first.clock_count, later.clocks, later.clock_count, arena, &count);
	ck_assert_uint_eq(count, 3);
	ck_assert_str_eq(kept[2].item->id, "s.urgent");
	ck_assert_str_eq(clocks_own(kept, count)->item->id, "s.urgent");
	/* once started it runs on, though it would not start again */
	kept = clocks_keep(kept, count, first.clocks, first.clock_count, arena, &count);
	ck_assert_uint_eq(count, 3);
	/* a stored due instant is never moved back, only ahead */
	struct clock moved = first.clocks[0];
	moved.due.due_at.us += 1000000;
	kept = clocks_keep(first.clocks, 1, &moved, 1, arena, &count);
	ck_assert_int_eq(instant_compare(kept[0].due.due_at, first.clocks[0].due.due_at), 0);
	moved.due.due_at.us -= 2000000;
	kept = clocks_keep(first.clocks, 1, &moved, 1, arena, &count);
	ck_assert_int_eq(instant_compare(kept[0].due.due_at, moved.due.due_at), 0);
	/* a later clock does not join, unless the policy had none */
	kept = clocks_keep(first.clocks, 1, &first.clocks[1], 1, arena, &count);
	ck_assert_uint_eq(count, 1);
	kept = clocks_keep(&first.clocks[1], 1, first.clocks, 1, arena, &count);
	ck_assert_uint_eq(count, 2);
	ck_assert_ptr_null(clocks_own(NULL, 0));
	scene_close(&scene);
}
END_TEST

START_TEST(coverage_is_counted)
{
	struct scene scene;
	scene_open(&scene);
	struct coverage coverage;
	policy_coverage(policy_set_at(scene.set, 0), scene.library.arena, &coverage);
	ck_assert_uint_eq(coverage.count, 8);
	ck_assert_uint_eq(coverage.counts[COVERAGE_HEADING], 1);
	ck_assert_uint_eq(coverage.counts[COVERAGE_RULED], 6);
	ck_assert_uint_eq(coverage.counts[COVERAGE_NOT_AUTOMATED], 1);
	ck_assert(coverage_complete(&coverage));
	ck_assert_uint_eq(coverage.rows[2].item_count, 3);
	policy_set_destroy(scene.set);
	library_change(&scene.library, &(struct library_change){"sketch/1/clauses.json", "/clauses/7/not_automated", NULL});
	scene.set = library_load(&scene.library);
	ck_assert(scene.set != NULL);
	policy_coverage(policy_set_at(scene.set, 0), scene.library.arena, &coverage);
	ck_assert(!coverage_complete(&coverage));
	ck_assert_uint_eq(coverage.counts[COVERAGE_FORGOTTEN], 1);
	policy_set_destroy(scene.set);
	library_change(&scene.library, &(struct library_change){"sketch/1/clauses.json", "/clauses/1/planned", "\"later\""});
	scene.set = library_load(&scene.library);
	ck_assert(scene.set != NULL);
	policy_coverage(policy_set_at(scene.set, 0), scene.library.arena, &coverage);
	ck_assert_uint_eq(coverage.counts[COVERAGE_BOTH], 1);
	scene_close(&scene);
}
END_TEST

START_TEST(requirements_are_dated)
{
	struct scene scene;
	scene_open(&scene);
	struct civil_date day;
	size_t count;
	ck_assert(civil_parse("2026-03-02", &day));
	const struct requirement *list = requirements_of(scene.submission.program, day, scene.library.arena, &count);
	ck_assert_uint_eq(count, scene.submission.program->item_count);
	ck_assert_str_eq(list[1].ask, "Send a note of 2026-01-01 or later.");
	ck_assert_str_eq(list[1].earliest, "2026-01-01");
	ck_assert(!list[1].conditional && list[2].conditional && list[3].conditional);
	scene_close(&scene);
}
END_TEST

static const struct requirement *find_requirement(const struct scene *scene, const char *id)
{
	struct civil_date day;
	size_t count;
	ck_assert(civil_parse("2026-03-02", &day));
	const struct requirement *list = requirements_of(scene->submission.program, day, scene->library.arena, &count);
	for (size_t i = 0; i < count; i++) {
		if (strcmp(list[i].item->id, id) == 0) {
			return &list[i];
		}
	}
	ck_abort_msg("%s is not listed", id);
	return NULL;
}

#define OF_RISK "\"risk is shown\" is answered yes"
#define MET_NOTE "this is met: \"The note is of the last 60 days\""
#define MET_PLAN "this is met: \"With risk there is a plan\""

/* What comes after something hangs on all that this hangs on, and on its being met. */
START_TEST(requirements_say_on_what_they_hang)
{
	struct scene scene;
	scene_open(&scene);
	const struct requirement *found = find_requirement(&scene, "s.history");
	ck_assert_str_eq(found->applies, MET_NOTE);
	ck_assert_str_eq(found->once, "The note is of the last 60 days.");
	ck_assert(!found->own && !found->before && !found->where);
	found = find_requirement(&scene, "s.plan");
	ck_assert_str_eq(found->applies, OF_RISK);
	ck_assert_str_eq(found->own, OF_RISK);
	ck_assert_str_eq(found->where, OF_RISK);
	ck_assert(!found->before && !found->once);
	found = find_requirement(&scene, "s.dates");
	ck_assert(!found->applies && !found->once && !found->own && !found->where);
	scene_close(&scene);

	/* a chain through an item of another review, which does not stand on the list and so cannot say on what it hangs */
	memset(&scene, 0, sizeof(scene));
	library_init(&scene.library);
	library_change_more(&scene.library,
			    &(struct library_change){"sketch/1/items.json", "/items/1/for", "[\"CARE/concurrent\"]"});
	library_change_more(&scene.library, &(struct library_change){"sketch/1/items.json", "/items/1/after", "\"s.plan\""});
	library_change_more(&scene.library,
			    &(struct library_change){"sketch/1/items.json", "/items/2/when",
						     "{\"all\":[{\"is\":{\"at\":\"/facts/"
						     "risk\",\"value\":true}},{\"stated\":{\"at\":\"/member/product\"}}]}"});
	scene.set = library_load(&scene.library);
	ck_assert_msg(scene.set != NULL, "%s", scene.library.issues.count > 0 ? scene.library.issues.items[0].detail : "");
	struct instant at;
	ck_assert(instant_parse("2026-03-02T10:15:00-08:00", &at));
	ck_assert_int_eq(policy_set_match(scene.set, "acme", "CARE", "initial", at, &scene.submission.program), POLICY_ANSWERS);
	found = find_requirement(&scene, "s.history");
	ck_assert_str_eq(found->once, "The note is of the last 60 days. And this: With risk there is a plan.");
	ck_assert_str_eq(found->applies, "all of these hold: (1) " OF_RISK "; (2) " MET_PLAN "; (3) " MET_NOTE
					 "; (4) the payer's product is stated");
	ck_assert(!found->before); /* its own condition says it */
	ck_assert_str_eq(found->where, OF_RISK " and the payer's product is stated");
	scene_close(&scene);
}
END_TEST

/* The same input gives the same output, and nothing outside the arena is touched. */
START_TEST(evaluation_is_pure)
{
	static const char change[] =
		"{\"service_period\":{\"start\":\"2026-02-27\"},\"documents\":[{\"id\":\"d1\",\"type\":\"plan\"}]}";
	struct scene scene;
	scene_open(&scene);
	struct evaluation first = *scene_evaluate(&scene, change);
	for (int round = 0; round < 50; round++) {
		struct arena *arena = arena_create();
		struct evaluation again;
		evaluate(&scene.submission, arena, &again);
		ck_assert_uint_eq(again.requested_count, first.requested_count);
		for (size_t i = 0; i < again.requested_count; i++) {
			ck_assert_str_eq(again.requested[i].pointer, first.requested[i].pointer);
			ck_assert_str_eq(again.requested[i].say, first.requested[i].say);
		}
		ck_assert_uint_eq(again.finding_count, first.finding_count);
		ck_assert_uint_eq(again.flag_count, first.flag_count);
		ck_assert_int_eq(again.status, first.status);
		arena_destroy(arena);
	}
	scene_close(&scene);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("evaluate");
	TCase *tests = tcase_create("evaluate");
	tcase_set_timeout(tests, 60);
	tcase_add_test(tests, complete_request);
	tcase_add_test(tests, lists_and_suppression);
	tcase_add_test(tests, another_cures_it_meanwhile);
	tcase_add_test(tests, on_request_items_wait);
	tcase_add_test(tests, plan_facts_decide_what_the_machine_may_do);
	tcase_add_test(tests, not_required_needs_verified_facts);
	tcase_add_test(tests, flags_carry_their_days);
	tcase_add_test(tests, limits_hold_for_days_and_units);
	tcase_add_test(tests, limits_leave_out_days);
	tcase_add_test(tests, routes_come_first);
	tcase_add_test(tests, rules_that_apply_are_resolved);
	tcase_add_test(tests, an_uncertain_gate_is_a_rule);
	tcase_add_test(tests, days_before_an_event_cannot_be_approved);
	tcase_add_test(tests, attempts_follow_the_line_of_business);
	tcase_add_test(tests, a_clock_beyond_its_calendar_says_so);
	tcase_add_test(tests, clocks_are_kept);
	tcase_add_test(tests, coverage_is_counted);
	tcase_add_test(tests, requirements_are_dated);
	tcase_add_test(tests, requirements_say_on_what_they_hang);
	tcase_add_test(tests, evaluation_is_pure);
	suite_add_tcase(suite, tests);
	return run_suite(suite);
}
