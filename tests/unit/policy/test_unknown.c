/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Unknown is never reported as not met: over random checks and random answers, forgetting an answer leaves what a check says as it was or
 * makes it unknown, never the other way round. And random policies of checks neither crash nor compile by accident.
 */
#include "fixture.h"

#include "../run_suite.h"
#include "base/text.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

enum { ROUNDS = 60, BODIES = 12, DEPTH = 3 };

struct dice {
	uint64_t state;
};

static unsigned roll(struct dice *dice, unsigned sides)
{
	dice->state = dice->state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
	return (unsigned)(dice->state >> 33) % sides;
}

/* Checks of facts that have answers; those of papers know what is there and what is not. */
static const char *const leaves[] = {
	"{\"is\":{\"at\":\"/facts/risk\",\"value\":true}}",
	"{\"is\":{\"at\":\"/facts/calm\",\"value\":false}}",
	"{\"is\":{\"at\":\"/facts/tasks/*/active\",\"value\":true}}",
	"{\"one_of\":{\"at\":\"/facts/stage\",\"words\":[\"early\"]}}",
	"{\"one_of\":{\"at\":\"/facts/needs\",\"words\":[\"home\"]}}",
	"{\"one_of\":{\"at\":\"/member/line_of_business\",\"words\":[\"medicaid\",\"dual\"]}}",
	"{\"equals\":{\"at\":\"/facts/found_on\",\"other\":\"/service_period/start\"}}",
	"{\"count_at_least\":{\"in\":\"/facts/tasks\",\"count\":1,\"where\":{\"code\":[\"a\"],\"active\":true}}}",
	"{\"count_at_least\":{\"in\":\"/facts/tasks\",\"count\":1,\"where\":{\"code\":\"blank\",\"active\":false}}}",
	"{\"most\":{\"in\":\"/facts/tasks\",\"where\":{\"active\":true}}}",
	"{\"day_between\":{\"day\":\"first_day\",\"from\":\"2026-03-09\",\"to\":null}}",
	"{\"each_has\":{\"in\":\"/facts/tasks\",\"where\":{\"code\":[\"a\",\"b\"]}}}",
	"{\"age_below\":{\"years\":16,\"on\":[\"receipt\",\"first_day\"]}}",
	"{\"aged_at\":{\"at\":\"/facts/found_on\",\"years\":16,\"below\":false}}",
	"{\"days\":{\"any\":\"covered\"}}",
	"{\"days\":{\"every\":\"covered\"}}",
	"{\"days\":{\"no\":\"after_birthday\",\"years\":16}}",
	"{\"within\":{\"at\":\"/facts/found_on\",\"days\":60}}",
	"{\"not_after\":{\"first\":\"/facts/found_on\",\"then\":\"receipt\"}}",
	"{\"table\":{\"name\":\"arq\",\"match\":{\"code\":\"/lines/*/code\"},\"expect\":{\"required\":false}}}",
};

enum { LEAF_COUNT = sizeof(leaves) / sizeof(leaves[0]) };

static void write_check(struct dice *dice, struct text *text, int depth)
{
	static const char *const open[] = {"{\"all\":[", "{\"any\":[", "{\"at_least\":{\"count\":2,\"of\":["};
	const unsigned shape = depth == 0 ? 4 : roll(dice, 6);
	if (shape == 3) {
		text_puts(text, "{\"not\":");
		write_check(dice, text, depth - 1);
		text_puts(text, "}");
		return;
	}
	if (shape > 3) {
		text_puts(text, leaves[roll(dice, LEAF_COUNT)]);
		return;
	}
	text_puts(text, open[shape]);
	for (int i = 0; i < 3; i++) {
		text_puts(text, i > 0 ? "," : "");
		write_check(dice, text, depth - 1);
	}
	text_puts(text, shape == 2 ? "]}}" : "]}");
}

/* A fact and the answers it may have. */
struct answerable {
	const char *before; /* of the value */
	const char *after;
	const char *values[4];
};

static const struct answerable answerables[] = {
	{"{\"facts\":{\"risk\":", "}}", {"true", "false", "true", "false"}},
	{"{\"facts\":{\"calm\":", "}}", {"true", "false", "true", "false"}},
	{"{\"facts\":{\"stage\":", "}}", {"\"early\"", "\"late\"", "\"early\"", "\"late\""}},
	{"{\"facts\":{\"needs\":", "}}", {"[\"home\"]", "[\"school\"]", "[\"home\",\"school\"]", "[\"other\"]"}},
	{"{\"facts\":{\"found_on\":", "}}", {"\"2026-03-09\"", "\"2026-02-01\"", "\"2025-01-01\"", "\"2026-04-01\""}},
	{"{\"facts\":{\"tasks\":", "}}",
	 {"[{\"code\":\"a\",\"active\":true}]", "[{\"code\":\"c\",\"active\":true}]", "[{\"code\":\"a\",\"active\":false},{\"code\":\"b\",\"active\":true}]",
	  "[{\"code\":\"b\",\"active\":false}]"}},
	{"{\"member\":{\"birth_date\":", "}}", {"\"2010-03-05\"", "\"2010-03-15\"", "\"2012-01-01\"", "\"2000-01-01\""}},
	{"{\"member\":{\"line_of_business\":", "}}", {"\"medicaid\"", "\"dual\"", "\"medicare\"", "\"commercial\""}},
	{"{\"member\":{\"coverage\":", "}}",
	 {"[{\"plan\":\"acme\",\"from\":\"2025-01-01\"}]", "[{\"plan\":\"acme\",\"from\":\"2026-03-15\"}]", "[{\"plan\":\"zeta\",\"from\":\"2025-01-01\"}]",
	  "[]"}},
	{"{\"lines\":", "}", {"[{\"code\":\"H1\"}]", "[{\"code\":\"H2\"}]", "[{\"code\":\"H9\"}]", "[{\"code\":\"H1\"},{\"code\":\"H2\"}]"}},
};

enum { ANSWERABLE_COUNT = sizeof(answerables) / sizeof(answerables[0]) };

static const struct json *with(struct arena *arena, const struct json *body, const struct answerable *fact, const char *value)
{
	return json_merge(arena, body, fixture_json(arena, arena_printf(arena, "%s%s%s", fact->before, value, fact->after)));
}

static enum answer judge(struct fixture *fixture, const struct check *check, const struct json *body)
{
	struct issues issues;
	issues_init(&issues, fixture->arena);
	struct submission submission = {.tables = &fixture->given, .program = &fixture->program};
	submission.body = shape_decode(fixture->policy.request, body, fixture->arena, &issues);
	ck_assert_msg(submission.body != NULL, "%s", issues.count > 0 ? issues.items[0].pointer : "");
	ck_assert(instant_parse("2026-03-02T10:00:00-08:00", &submission.received_at));
	submission.received_on = zone_date(fixture->zone, submission.received_at);
	submission.today = submission.received_on;
	struct evaluator evaluator;
	struct trace trace;
	evaluator_init(&evaluator, &submission, fixture->arena);
	trace_init(&trace, fixture->arena);
	const enum answer answer = check_evaluate(check, &evaluator, &trace);
	if (answer == ANSWER_MET) {
		ck_assert_uint_eq(trace.count, 0);
	} else {
		ck_assert_uint_gt(trace.count, 0);
	}
	return answer;
}

static const struct json *random_body(struct dice *dice, struct arena *arena)
{
	const struct json *body =
		fixture_json(arena, "{\"payer\":\"acme\",\"service\":\"CARE\",\"review\":\"initial\","
		             "\"service_period\":{\"start\":\"2026-03-09\",\"end\":\"2026-03-22\"}}");
	for (size_t i = 0; i < ANSWERABLE_COUNT; i++) {
		if (roll(dice, 4) > 0) {
			body = with(arena, body, &answerables[i], answerables[i].values[roll(dice, 4)]);
		}
	}
	return body;
}

START_TEST(forgetting_never_decides)
{
	struct dice dice = {(uint64_t)_i * 7919 + 1};
	struct fixture fixture;
	fixture_init(&fixture);
	struct text text;
	text_init(&text, fixture.arena, 512);
	write_check(&dice, &text, DEPTH);
	const struct check *check = fixture_compile(&fixture, text.data);
	ck_assert_msg(check != NULL, "%s", text.data);
	for (int round = 0; round < BODIES; round++) {
		const struct json *body = random_body(&dice, fixture.arena);
		const enum answer before = judge(&fixture, check, body);
		for (size_t i = 0; i < ANSWERABLE_COUNT; i++) {
			const enum answer after = judge(&fixture, check, with(fixture.arena, body, &answerables[i], "null"));
			ck_assert_msg(after == before || after == ANSWER_UNKNOWN, "without %s %s turns from %s to %s", answerables[i].before,
			              text.data, answer_name(before), answer_name(after));
		}
	}
	fixture_finish(&fixture);
}
END_TEST

/* Checks with one part replaced by something else are refused with an issue, or compile to a check that answers. */
START_TEST(broken_checks_are_refused)
{
	static const char *const values[] = {"null", "7", "\"x\"", "[]", "{}", "[{}]", "{\"days\":-1}", "true"};
	struct fixture fixture;
	fixture_init(&fixture);
	const struct json *check = fixture_json(fixture.arena, leaves[_i]);
	const struct json *arguments = json_first(check);
	for (const struct json *member = json_first(arguments); member; member = json_next(member)) {
		for (size_t i = 0; i < sizeof(values) / sizeof(values[0]); i++) {
			struct err err = {0};
			const char *pointer = arena_printf(fixture.arena, "/%s/%s", json_name(arguments), json_name(member));
			const struct json *broken = json_edit(fixture.arena, check, pointer, fixture_json(fixture.arena, values[i]), &err);
			struct compiler compiler = {.arena = fixture.arena, .issues = &fixture.issues,
			                            .vocabulary = fixture.policy.vocabulary, .tables = &fixture.list};
			const struct spot spot = spot_file("check");
			const size_t issues = fixture.issues.count + fixture.issues.omitted;
			const struct check *made = check_compile(&compiler, broken, &spot);
			ck_assert_msg(made || fixture.issues.count + fixture.issues.omitted > issues, "%s = %s is refused without a word", pointer,
			              values[i]);
		}
	}
	fixture_finish(&fixture);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("unknown");
	TCase *tests = tcase_create("unknown");
	tcase_set_timeout(tests, 120);
	tcase_add_loop_test(tests, forgetting_never_decides, 0, ROUNDS);
	tcase_add_loop_test(tests, broken_checks_are_refused, 0, LEAF_COUNT);
	suite_add_tcase(suite, tests);
	return run_suite(suite);
}
