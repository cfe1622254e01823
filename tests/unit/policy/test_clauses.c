/* SPDX-License-Identifier: Apache-2.0 */
/* An index of several documents: what it must say, and what became of each. */
#include "library.h"

#include "../run_suite.h"
#include "policy/coverage.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

/* Two documents: A.1, A.2 and A.6 are of the guide, the rest of the manual. */
#define BOTH "\"documents\":{\"guide\":\"The guide\",\"manual\":\"The manual\"},\"clauses\":["
#define GUIDE \
	"{\"clause\":\"A.1\",\"document\":\"guide\",\"title\":\"Dates\"},{\"clause\":\"A.2\",\"document\":\"guide\",\"title\":\"Papers\"}," \
	"{\"clause\":\"A.6\",\"document\":\"guide\",\"title\":\"Rest\"},"
#define MANUAL \
	"{\"clause\":\"A.3\",\"document\":\"manual\",\"title\":\"Who\"},{\"clause\":\"A.4\",\"document\":\"manual\",\"title\":\"Criteria\"}," \
	"{\"clause\":\"A.5\",\"document\":\"manual\",\"title\":\"Gate\"},{\"clause\":\"A.8\",\"document\":\"manual\",\"title\":\"Part\"," \
	"\"heading\":true},"

#define CLAUSES "sketch/1/clauses.json"

START_TEST(documents_are_counted_apart)
{
	struct library library;
	library_init(&library);
	library_write(&library, CLAUSES,
	              "{" BOTH GUIDE MANUAL "{\"clause\":\"A.7\",\"document\":\"manual\",\"title\":\"Words\",\"not_automated\":\"only words\"},"
	              "{\"clause\":\"A.9\",\"document\":\"guide\",\"title\":\"Forgotten\"}]}");
	struct policy_set *set = library_load(&library);
	ck_assert_msg(set != NULL, "%s", library.issues.count > 0 ? library.issues.items[0].detail : "");
	struct coverage coverage;
	policy_coverage(policy_set_at(set, 0), library.arena, &coverage);
	ck_assert_uint_eq(coverage.document_count, 2);
	ck_assert_str_eq(coverage.documents[0].name, "guide");
	ck_assert_str_eq(coverage.documents[1].title, "The manual");
	ck_assert_uint_eq(coverage.documents[0].counts[COVERAGE_RULED], 3);
	ck_assert_uint_eq(coverage.documents[0].counts[COVERAGE_FORGOTTEN], 1);
	ck_assert_uint_eq(coverage.documents[1].counts[COVERAGE_RULED], 3);
	ck_assert_uint_eq(coverage.documents[1].counts[COVERAGE_HEADING], 1);
	ck_assert_uint_eq(coverage_leaves(coverage.documents[0].counts), 4);
	ck_assert_uint_eq(coverage_leaves(coverage.documents[1].counts), 4);
	ck_assert_uint_eq(coverage.counts[COVERAGE_RULED], 6);
	ck_assert_str_eq(coverage.rows[3].document, "manual");
	ck_assert(!coverage_complete(&coverage));
	policy_set_destroy(set);
	library_finish(&library);
}
END_TEST

START_TEST(a_single_document_has_no_name)
{
	struct library library;
	library_init(&library);
	struct policy_set *set = library_load(&library);
	ck_assert(set != NULL);
	struct coverage coverage;
	policy_coverage(policy_set_at(set, 0), library.arena, &coverage);
	ck_assert_uint_eq(coverage.document_count, 1);
	ck_assert_ptr_null(coverage.documents[0].name);
	ck_assert_str_eq(coverage.documents[0].title, "Sketch");
	ck_assert_uint_eq(coverage_leaves(coverage.documents[0].counts), 7);
	ck_assert_ptr_null(coverage.rows[0].document);
	policy_set_destroy(set);
	library_finish(&library);
}
END_TEST

struct fault {
	const char *text;
	const char *spot;
	const char *code;
};

static const struct fault faults[] = {
	{"{\"clauses\":[{\"clause\":\"A.1\",\"title\":\"Dates\"}]}", CLAUSES "#", "missing_member"},
	{"{\"document\":\"One\"," BOTH GUIDE MANUAL "{\"clause\":\"A.7\",\"document\":\"guide\",\"title\":\"Words\"}]}", CLAUSES "#", "missing_member"},
	{"{" BOTH GUIDE MANUAL "{\"clause\":\"A.7\",\"document\":\"leaflet\",\"title\":\"Words\"}]}", CLAUSES "#/clauses/7/document", "unknown_document"},
	{"{" BOTH GUIDE MANUAL "{\"clause\":\"A.7\",\"title\":\"Words\"}]}", CLAUSES "#/clauses/7/document", "missing_member"},
	{"{" BOTH GUIDE "{\"clause\":\"A.3\",\"document\":\"guide\",\"title\":\"Who\"}]}", CLAUSES "#/documents/manual", "too_few"},
	{"{\"document\":\"One\",\"clauses\":[{\"clause\":\"A.1\",\"document\":\"guide\",\"title\":\"Dates\"}]}", CLAUSES "#/clauses/0/document",
	 "unknown_document"},
	{"{\"documents\":{\"guide\":\"The guide\"},\"clauses\":[{\"clause\":\"A.1\",\"document\":\"guide\",\"title\":\"Dates\"}]}",
	 CLAUSES "#/documents", "too_small"},
	{"{" BOTH GUIDE MANUAL "{\"clause\":\"A.1\",\"document\":\"manual\",\"title\":\"Again\"}]}", CLAUSES "#/clauses/7", "duplicate_id"},
};

START_TEST(an_index_is_read_strictly)
{
	struct library library;
	library_init(&library);
	library_write(&library, CLAUSES, faults[_i].text);
	ck_assert(library_load(&library) == NULL);
	ck_assert_msg(library.issues.count > 0 && strcmp(library.issues.items[0].pointer, faults[_i].spot) == 0 &&
	              strcmp(library.issues.items[0].code, faults[_i].code) == 0, "row %d: %s %s", _i,
	              library.issues.count > 0 ? library.issues.items[0].pointer : "nothing",
	              library.issues.count > 0 ? library.issues.items[0].code : "");
	library_finish(&library);
}
END_TEST

static Suite *clauses_suite(void)
{
	Suite *suite = suite_create("clauses");
	TCase *tests = tcase_create("clauses");
	tcase_add_test(tests, documents_are_counted_apart);
	tcase_add_test(tests, a_single_document_has_no_name);
	tcase_add_loop_test(tests, an_index_is_read_strictly, 0, sizeof(faults) / sizeof(faults[0]));
	suite_add_tcase(suite, tests);
	return suite;
}

int main(void)
{
	return run_suite(clauses_suite());
}
