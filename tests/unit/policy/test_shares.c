/* SPDX-License-Identifier: Apache-2.0 */
/* Conditions that look elsewhere or for emptiness, what is most of a list, and days between dates. Service: 2026-03-09 to 03-22. */
#include "fixture.h"

#include "../run_suite.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

struct row {
	const char *check;
	const char *supplement; /* merged over the base body */
	enum answer answer;
	const char *entries;
};

#define MET ANSWER_MET
#define NOT ANSWER_NOT_MET
#define UNKNOWN ANSWER_UNKNOWN

#define DOCUMENTED "{\"count_at_least\":{\"in\":\"/facts/tasks\",\"count\":1,\"where\":{\"code\":[\"a\"],\"document\":{\"among\":\"/documents/*/id\"}}}}"
#define EMPTY "{\"count_at_least\":{\"in\":\"/facts/tasks\",\"count\":1,\"where\":{\"code\":[\"a\"],\"document\":\"blank\"}}}"
#define NOT_EMPTY "{\"not\":" EMPTY "}"
#define TASKS(list) "{\"facts\":{\"tasks\":" list "}}"
#define MOST "{\"most\":{\"in\":\"/lines\",\"where\":{\"place\":[\"out\"]},\"weigh\":\"units\"}}"
#define MOST_LINES "{\"most\":{\"in\":\"/lines\",\"where\":{\"place\":[\"out\"]}}}"
#define PREFIXED(list) "{\"count_at_least\":{\"in\":\"/diagnoses\",\"count\":1,\"where\":{\"icd10\":{\"prefixes\":" list "}}}}"
#define CODES PREFIXED("[\"F10\",\"F11\"]")
#define DIAGNOSES(list) "{\"diagnoses\":" list "}"
#define LINES(list) "{\"lines\":" list "}"
#define BETWEEN(day, from, to) "{\"day_between\":{\"day\":\"" day "\",\"from\":" from ",\"to\":" to "}}"
#define ORDER "{\"in_order\":{\"pairs\":[[\"/facts/tasks/*/from\",\"receipt\"]]}}"

static const struct row rows[] = {
	/* a document that is there, is not there, is not named; a single good one is enough */
	{DOCUMENTED, TASKS("[{\"code\":\"a\",\"document\":\"d1\"}]"), MET, ""},
	{DOCUMENTED, TASKS("[{\"code\":\"a\",\"document\":\"d9\"}]"), NOT, "invalid /facts/tasks/0/document"},
	{DOCUMENTED, TASKS("[{\"code\":\"a\",\"document\":null}]"), NOT, "missing /facts/tasks/0/document"},
	{DOCUMENTED, TASKS("[{\"code\":\"a\",\"document\":\"  \"}]"), NOT, "missing /facts/tasks/0/document"},
	{DOCUMENTED, TASKS("[{\"code\":\"b\",\"document\":\"d1\"}]"), NOT, "missing /facts/tasks/-"},
	{DOCUMENTED, TASKS("[{\"code\":\"a\"},{\"code\":\"a\",\"document\":\"d1\"}]"), MET, ""},
	{DOCUMENTED, "{\"documents\":null,\"facts\":{\"tasks\":[{\"code\":\"a\",\"document\":\"d1\"}]}}", UNKNOWN,
	 "unanswered /facts/tasks/0/document"},
	/* empty is an answer, silence is none; what should not be is shown where it stands */
	{EMPTY, TASKS("[{\"code\":\"a\",\"document\":\" \"}]"), MET, ""},
	{EMPTY, TASKS("[{\"code\":\"a\",\"document\":\"d1\"}]"), NOT, "missing /facts/tasks/-"},
	{EMPTY, TASKS("[{\"code\":\"a\",\"document\":null}]"), UNKNOWN, "unanswered /facts/tasks/0/document"},
	{NOT_EMPTY, TASKS("[{\"code\":\"b\",\"document\":\"\"},{\"code\":\"a\",\"document\":\"\"}]"), NOT, "invalid /facts/tasks/1/code"},
	{NOT_EMPTY, TASKS("[{\"code\":\"a\"}]"), UNKNOWN, "unanswered /facts/tasks/0/document"},
	/* a code begins so, in small or capital letters; what is not given is unknown unless another is enough */
	{CODES, DIAGNOSES("[{\"icd10\":\"F10\"}]"), MET, ""},
	{CODES, DIAGNOSES("[{\"icd10\":\"F33.2\"},{\"icd10\":\" f11.20\"}]"), MET, ""},
	{CODES, DIAGNOSES("[{\"icd10\":null},{\"icd10\":\"F11.20\"}]"), MET, ""},
	{CODES, DIAGNOSES("[{\"icd10\":\"F1\"}]"), NOT, "missing /diagnoses/-"},
	{CODES, DIAGNOSES("[{\"icd10\":\"F09\"},{\"icd10\":\"F12.10\"},{\"icd10\":\"XF10\"}]"), NOT, "missing /diagnoses/-"},
	{CODES, DIAGNOSES("[{\"icd10\":null}]"), UNKNOWN, "unanswered /diagnoses/0/icd10"},
	{CODES, DIAGNOSES("[{\"icd10\":\" \"}]"), UNKNOWN, "unanswered /diagnoses/0/icd10"},
	{CODES, DIAGNOSES("[]"), NOT, "missing /diagnoses/-"},
	{CODES, DIAGNOSES("null"), UNKNOWN, "unanswered /diagnoses"},
	/* half is not most; the weight decides, and where all are alike it does not matter */
	{MOST, LINES("[{\"units\":10,\"place\":\"out\"}]"), MET, ""},
	{MOST, LINES("[{\"units\":10,\"place\":\"out\"},{\"units\":10,\"place\":\"in\"}]"), NOT, "invalid /lines"},
	{MOST, LINES("[{\"units\":10.5,\"place\":\"out\"},{\"units\":10,\"place\":\"in\"}]"), MET, ""},
	{MOST, LINES("[{\"units\":9,\"place\":\"out\"},{\"units\":10,\"place\":\"in\"}]"), NOT, "invalid /lines"},
	{MOST, LINES("[{\"place\":\"out\"},{\"units\":null,\"place\":\"out\"}]"), MET, ""},
	{MOST, LINES("[{\"place\":\"in\"},{\"units\":-4,\"place\":\"in\"}]"), NOT, "invalid /lines"},
	{MOST, LINES("[{\"place\":\"out\"},{\"units\":1,\"place\":\"in\"}]"), UNKNOWN, "unanswered /lines"},
	{MOST, LINES("[{\"units\":-9,\"place\":\"out\"},{\"units\":1,\"place\":\"in\"}]"), UNKNOWN, "unanswered /lines"},
	/* an open element decides only where it must */
	{MOST, LINES("[{\"units\":10,\"place\":\"out\"},{\"units\":9,\"place\":null}]"), MET, ""},
	{MOST, LINES("[{\"units\":10,\"place\":\"out\"},{\"units\":10,\"place\":null}]"), UNKNOWN, "unanswered /lines"},
	{MOST, LINES("[{\"units\":10,\"place\":\"in\"},{\"units\":10,\"place\":null}]"), NOT, "invalid /lines"},
	{MOST, LINES("[{\"units\":10,\"place\":\"in\"},{\"units\":11,\"place\":null}]"), UNKNOWN, "unanswered /lines"},
	{MOST, LINES("[]"), UNKNOWN, "unanswered /lines"},
	{MOST, LINES("null"), UNKNOWN, "unanswered /lines"},
	/* hours and quarters of them weigh what they last; other kinds of units cannot be held against each other */
	{MOST, LINES("[{\"units\":10,\"unit\":\"hour\",\"place\":\"in\"},{\"units\":12,\"unit\":\"15min\",\"place\":\"out\"}]"), NOT, "invalid /lines"},
	{MOST, LINES("[{\"units\":3,\"unit\":\"hour\",\"place\":\"out\"},{\"units\":12,\"unit\":\"15min\",\"place\":\"in\"}]"), NOT, "invalid /lines"},
	{MOST, LINES("[{\"units\":3,\"unit\":\"hour\",\"place\":\"out\"},{\"units\":11,\"unit\":\"15min\",\"place\":\"in\"}]"), MET, ""},
	{MOST, LINES("[{\"units\":12,\"unit\":\"15min\",\"place\":\"out\"},{\"units\":10,\"unit\":\"15min\",\"place\":\"in\"}]"), MET, ""},
	{MOST, LINES("[{\"units\":12,\"unit\":\"visit\",\"place\":\"out\"},{\"units\":10,\"unit\":\"visit\",\"place\":\"in\"}]"), MET, ""},
	{MOST, LINES("[{\"units\":12,\"unit\":\"visit\",\"place\":\"out\"},{\"units\":1,\"unit\":\"hour\",\"place\":\"in\"}]"), UNKNOWN, "unanswered /lines"},
	{MOST, LINES("[{\"units\":12,\"unit\":\"hour\",\"place\":\"out\"},{\"units\":1,\"place\":\"in\"}]"), UNKNOWN, "unanswered /lines"},
	{MOST, LINES("[{\"units\":12,\"unit\":\"visit\",\"place\":\"out\"},{\"units\":1,\"unit\":\"hour\",\"place\":\"out\"}]"), MET, ""},
	{MOST_LINES, LINES("[{\"units\":1,\"place\":\"out\"},{\"units\":1,\"place\":\"out\"},{\"units\":90,\"place\":\"in\"}]"), MET, ""},
	{MOST_LINES, LINES("[{\"units\":90,\"place\":\"out\"},{\"units\":1,\"place\":\"in\"}]"), NOT, "invalid /lines"},
	/* ends included, an open end */
	{BETWEEN("first_day", "\"2026-03-09\"", "\"2026-03-09\""), NULL, MET, ""},
	{BETWEEN("first_day", "\"2026-03-10\"", "null"), NULL, NOT, "invalid /service_period/start"},
	{BETWEEN("first_day", "null", "\"2026-03-08\""), NULL, NOT, "invalid /service_period/start"},
	{BETWEEN("last_day", "null", "\"2026-03-22\""), NULL, MET, ""},
	{BETWEEN("last_day", "null", "\"2026-03-21\""), NULL, NOT, "invalid /service_period/end"},
	{BETWEEN("receipt", "\"2026-03-02\"", "null"), NULL, MET, ""},
	{BETWEEN("first_day", "\"2026-03-09\"", "null"), "{\"service_period\":null}", UNKNOWN, "unanswered /service_period/start"},
	/* a named day goes with every element */
	{ORDER, TASKS("[{\"from\":\"2026-03-02\"},{\"from\":null}]"), MET, ""},
	{ORDER, TASKS("[{\"from\":\"2026-03-02\"},{\"from\":\"2026-03-03\"}]"), NOT, "invalid /facts/tasks/1/from"},
	{ORDER, TASKS("null"), MET, ""},
};

START_TEST(lists_are_judged)
{
	const struct row *row = &rows[_i];
	struct fixture fixture;
	fixture_init(&fixture);
	const struct check *check = fixture_compile(&fixture, row->check);
	ck_assert_msg(check != NULL, "%s: %s", row->check, fixture.issues.count > 0 ? fixture.issues.items[0].detail : "");
	const struct judging judging = {.supplement = row->supplement};
	struct trace trace;
	const enum answer answer = fixture_evaluate(&fixture, check, &judging, &trace);
	const char *entries = answer == ANSWER_MET ? "" : fixture_entries(fixture.arena, &trace);
	ck_assert_msg(answer == row->answer && strcmp(entries, row->entries) == 0, "%s over %s is %s, \"%s\"", row->check,
	              row->supplement ? row->supplement : "the base", answer_name(answer), entries);
	fixture_finish(&fixture);
}
END_TEST

struct said {
	const char *check;
	const char *supplement;
	const char *say;
};

static const struct said said[] = {
	{DOCUMENTED, TASKS("[{\"code\":\"a\",\"document\":\"d9\"}]"), "The document of number 1 of the tasks stands nowhere among the documents."},
	{DOCUMENTED, TASKS("[{\"code\":\"a\"}]"), "The document of number 1 of the tasks is missing."},
	{DOCUMENTED, "{\"documents\":null,\"facts\":{\"tasks\":[{\"code\":\"a\",\"document\":\"d1\"}]}}",
	 "The document of number 1 of the tasks cannot be looked up: the documents are not given."},
	{EMPTY, TASKS("[{\"code\":\"a\"}]"), "The document of number 1 of the tasks is not given."},
	{MOST, LINES("[{\"units\":10,\"place\":\"in\"}]"), "The lines are for the most part not as needed."},
	{MOST, LINES("[{\"place\":\"out\"},{\"place\":\"in\"}]"), "It cannot be told for how much of the lines this is so."},
	{BETWEEN("first_day", "\"2026-03-10\"", "null"), NULL, "The first day of service is 2026-03-09."},
	{BETWEEN("last_day", "null", "null"), "{\"service_period\":null}", "The last day of service is not given."},
	{ORDER, TASKS("[{\"from\":\"2026-03-03\"}]"), "The from of task 1 lies after the day on which the request was received."},
};

START_TEST(sentences_are_plain)
{
	struct fixture fixture;
	fixture_init(&fixture);
	const struct judging judging = {.supplement = said[_i].supplement};
	struct trace trace;
	fixture_evaluate(&fixture, fixture_compile(&fixture, said[_i].check), &judging, &trace);
	ck_assert_msg(trace.count == 1, "%s has %zu entries", said[_i].check, trace.count);
	ck_assert_str_eq(trace.entries[0].say, said[_i].say);
	fixture_finish(&fixture);
}
END_TEST

struct fault {
	const char *check;
	const char *code;
};

static const struct fault faults[] = {
	{"{\"count_at_least\":{\"in\":\"/facts/tasks\",\"count\":1,\"where\":{\"active\":\"blank\"}}}", "wrong_condition"},
	{"{\"count_at_least\":{\"in\":\"/facts/tasks\",\"count\":1,\"where\":{\"code\":\"absent\"}}}", "wrong_condition"},
	{"{\"count_at_least\":{\"in\":\"/facts/tasks\",\"count\":1,\"where\":{\"document\":{\"among\":\"/documents/*/face_to_face\"}}}}",
	 "wrong_place"},
	{"{\"count_at_least\":{\"in\":\"/facts/tasks\",\"count\":1,\"where\":{\"document\":{\"among\":\"/member/id\"}}}}", "wrong_place"},
	{"{\"count_at_least\":{\"in\":\"/facts/tasks\",\"count\":1,\"where\":{\"document\":{\"among\":\"/papers/*/id\"}}}}",
	 "dangling_pointer"},
	{PREFIXED("[]"), "too_few"},
	{PREFIXED("[5]"), "wrong_type"},
	{PREFIXED("\"F10\""), "wrong_type"},
	{"{\"count_at_least\":{\"in\":\"/facts/tasks\",\"count\":1,\"where\":{\"active\":{\"prefixes\":[\"F10\"]}}}}", "wrong_condition"},
	{"{\"count_at_least\":{\"in\":\"/facts/tasks\",\"count\":1,\"where\":{\"active\":{\"not\":\"present\"}}}}", "wrong_type"},
	{"{\"count_at_least\":{\"in\":\"/facts/tasks\",\"count\":1,\"where\":{\"active\":{\"not\":true,\"by\":\"receipt\"}}}}", "unknown_member"},
	{"{\"count_at_least\":{\"in\":\"/facts/tasks\",\"count\":1,\"where\":{\"code\":{\"not\":true}}}}", "unknown_member"},
	{"{\"count_at_least\":{\"in\":\"/diagnoses\",\"count\":1,\"where\":{\"icd10\":{\"prefixes\":[\"F10\"],\"among\":\"/documents/*/id\"}}}}",
	 "unknown_member"},
	{"{\"count_at_least\":{\"in\":\"/facts/tasks\",\"count\":1,\"where\":{\"document\":{\"names\":\"/documents/*/id\"}}}}",
	 "unknown_member"},
	{"{\"most\":{\"in\":\"/member\",\"where\":{}}}", "wrong_place"},
	{"{\"most\":{\"in\":\"/lines\",\"where\":{\"place\":[\"out\"]},\"weigh\":\"code\"}}", "wrong_place"},
	{"{\"most\":{\"in\":\"/lines\",\"where\":{\"place\":[\"out\"]},\"weigh\":\"pounds\"}}", "dangling_pointer"},
	{"{\"most\":{\"in\":\"/lines\"}}", "missing_member"},
	{"{\"most\":{\"in\":\"/lines\",\"where\":{},\"count\":2}}", "unknown_member"},
	{BETWEEN("first_day", "\"2026-13-01\"", "null"), "not_a_date"},
	{BETWEEN("first_day", "\"2026-02-01\"", "\"2026-01-31\""), "out_of_range"},
	{BETWEEN("someday", "null", "null"), "unknown_word"},
	{"{\"day_between\":{\"from\":\"2026-02-01\"}}", "missing_member"},
};

START_TEST(faults_are_told)
{
	struct fixture fixture;
	fixture_init(&fixture);
	ck_assert_msg(fixture_compile(&fixture, faults[_i].check) == NULL, "%s compiles", faults[_i].check);
	ck_assert_msg(fixture.issues.count > 0 && strcmp(fixture.issues.items[0].code, faults[_i].code) == 0, "%s: %s",
	              faults[_i].check, fixture.issues.count > 0 ? fixture.issues.items[0].code : "nothing");
	fixture_finish(&fixture);
}
END_TEST

static Suite *shares_suite(void)
{
	Suite *suite = suite_create("shares");
	TCase *tests = tcase_create("shares");
	tcase_add_loop_test(tests, lists_are_judged, 0, sizeof(rows) / sizeof(rows[0]));
	tcase_add_loop_test(tests, sentences_are_plain, 0, sizeof(said) / sizeof(said[0]));
	tcase_add_loop_test(tests, faults_are_told, 0, sizeof(faults) / sizeof(faults[0]));
	suite_add_tcase(suite, tests);
	return suite;
}

int main(void)
{
	return run_suite(shares_suite());
}
