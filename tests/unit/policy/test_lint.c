/* SPDX-License-Identifier: Apache-2.0 */
/* What a policy says without meaning it is found, and what it means is left alone. */
#include "policy/lint.h"

#include "../run_suite.h"
#include "library.h"

#include <check.h>
#include <string.h>

#define P "sketch/1/policy.json"
#define I "sketch/1/items.json"
#define C "sketch/1/clauses.json"

struct row {
	struct library_change change;
	bool error;
	const char *code; /* NULL: nothing is found */
	const char *place;
};

#define IS(value) "{\"is\":{\"at\":\"/facts/risk\",\"value\":" value "}}"

static const struct row rows[] = {
	{{NULL, NULL, NULL}, false, NULL, NULL},
	/* what can never be */
	{{I, "/items/3/when", "{\"all\":[" IS("true") "," IS("false") "]}"}, true, "never_applies", I "#/items/3/when"},
	{{I, "/items/3/when", "{\"all\":[" IS("true") ",{\"not\":" IS("true") "}]}"},
	 true,
	 "never_applies",
	 I "#/items/3/when"},
	{{I, "/items/3/when",
	  "{\"all\":[" IS("true") ",{\"any\":[{\"all\":[" IS("true") "," IS(
		  "false") "]},{\"not\":{\"all\":[{\"event\":{\"name\":\"certified\"}}]}}]}]}"},
	 false,
	 NULL,
	 NULL},
	{{I, "/items/3/when", "{\"one_of\":{\"at\":\"/service\",\"words\":[\"OTHER\"]}}"},
	 true,
	 "never_applies",
	 I "#/items/3/when"},
	{{I, "/items/1/when", "{\"one_of\":{\"at\":\"/review\",\"words\":[\"concurrent\"]}}"},
	 true,
	 "never_applies",
	 I "#/items/1/when"},
	{{I, "/items/3/when", "{\"one_of\":{\"at\":\"/review\",\"words\":[\"concurrent\"]}}"}, false, NULL, NULL},
	{{I, "/items/3/when", "{\"item\":\"s.need\"}"}, true, "never_applies", I "#/items/3/when"},
	{{I, "/items/3/when", "{\"contradicted\":{\"fact\":\"participation\"}}"}, true, "never_applies", I "#/items/3/when"},
	{{I, "/items/3/when",
	  "{\"all\":[{\"age_below\":{\"years\":18,\"on\":[\"receipt\"]}},{\"age_at_least\":{\"years\":18,\"on\":[\"receipt\"]}}"
	  "]}"},
	 true,
	 "never_applies",
	 I "#/items/3/when"},
	{{I, "/items/3/when",
	  "{\"all\":[{\"age_below\":{\"years\":19,\"on\":[\"receipt\"]}},{\"age_at_least\":{\"years\":18,\"on\":[\"receipt\"]}}"
	  "]}"},
	 false,
	 NULL,
	 NULL},
	{{I, "/items/3/when",
	  "{\"all\":[{\"age_below\":{\"years\":18,\"on\":[\"receipt\"]}},{\"age_at_least\":{\"years\":18,\"on\":[\"last_day\"]}"
	  "}]}"},
	 false,
	 NULL,
	 NULL},
	{{I, "/items/3/when", "{\"any\":[" IS("true") ",{\"not\":" IS("true") "}]}"},
	 false,
	 "always_applies",
	 I "#/items/3/when"},
	{{I, "/items/3/check", "{\"all\":[" IS("true") "," IS("false") "]}"}, true, "never_met", I "#/items/3/check"},
	{{I, "/items/3/check",
	  "{\"all\":[{\"one_of\":{\"at\":\"/member/product\",\"words\":[\"a\"]}},{\"one_of\":{\"at\":\"/member/"
	  "product\",\"words\":[\"b\",\"c\"]}}]}"},
	 true,
	 "never_met",
	 I "#/items/3/check"},
	{{I, "/items/3/check",
	  "{\"all\":[{\"one_of\":{\"at\":\"/member/product\",\"words\":[\"a\",\"b\"]}},{\"one_of\":{\"at\":\"/member/"
	  "product\",\"words\":[\"b\",\"c\"]}}]}"},
	 false,
	 NULL,
	 NULL},
	{{I, "/items/3/check",
	  "{\"all\":[{\"one_of\":{\"at\":\"/member/product\",\"words\":[\"a\"]}},{\"not\":{\"one_of\":{\"at\":\"/member/"
	  "product\",\"words\":[\"a\",\"b\"]}}}]}"},
	 true,
	 "never_met",
	 I "#/items/3/check"},
	{{I, "/items/3/check", "{\"any\":[" IS("true") ",{\"not\":" IS("true") "}]}"},
	 false,
	 "always_met",
	 I "#/items/3/check"},
	{{I, "/items/2/after", "\"s.need\""}, true, "never_listed", I "#/items/2/after"},
	/* what hangs on a person's answer stays open, and that is meant */
	{{I, "/items/3/check", "{\"item\":\"s.need\"}"}, false, NULL, NULL},
	/* what another comes before */
	{{I, "/items/16/attempts",
	  "[{\"count\":2,\"when\":" IS("true") "},{\"count\":3,\"when\":" IS("true") "},{\"count\":4}]"},
	 true,
	 "shadowed",
	 I "#/items/16/attempts/1"},
	{{I, "/items/1/check/document/kinds_by_age",
	  "[{\"below\":6,\"kinds\":[\"a\"]},{\"below\":5,\"kinds\":[\"b\"]},{\"kinds\":[\"c\"]}]"},
	 true,
	 "shadowed",
	 I "#/items/1/check/document/kinds_by_age/1"},
	{{I, "/items/1/check/document/kinds_by_age", "[{\"kinds\":[\"a\"]},{\"below\":5,\"kinds\":[\"b\"]}]"},
	 true,
	 "shadowed",
	 I "#/items/1/check/document/kinds_by_age/1"},
	{{I, "/items/1/check/document/kinds_by_age", "[{\"below\":6,\"kinds\":[\"a\"]},{\"kinds\":[\"b\"]}]"},
	 false,
	 NULL,
	 NULL},
	{{I, "/items/2/check", "{\"document\":{\"types\":[\"plan\"]}}"}, false, "unused_section", P "#/sections/history"},
	/* what nothing uses */
	{{P, "/documents/letter", "{\"title\":\"Letter\"}"}, false, "unused_document", P "#/documents/letter"},
	{{P, "/documents/letter", "{\"title\":\"Letter\",\"note\":\"Often sent in place of the note.\"}"}, false, NULL, NULL},
	{{P, "/documents/grown_up", "{\"title\":\"Has the name of a flag\"}"},
	 false,
	 "unused_document",
	 P "#/documents/grown_up"},
	{{P, "/documents/other", "{\"title\":\"Another\"}"}, false, NULL, NULL},
	{{P, "/sections/future", "\"Future\""}, false, "unused_section", P "#/sections/future"},
	{{P, "/facts/mood", "{\"type\":[\"boolean\",\"null\"],\"title\":\"Mood\"}"}, false, "unused_fact", P "#/facts/mood"},
	/* words that almost are others */
	{{I, "/items/10/by", "[\"@able\",\"qmph\"]"}, false, "odd_word", I "#/items/10/by/1"},
	{{I, "/items/10/by", "[\"physician\"]"}, false, NULL, NULL},
	{{P, "/lists/able", "[\"psychiatrist\",\"psychiatrst\"]"}, false, "odd_word", P "#/lists/able/1"},
	{{P, "/lists/able", "[\"H2014\",\"H2015\",\"psychiatrist\",\"physician\"]"}, false, NULL, NULL},
	/* other numbers */
	{{C, "/clauses/2/title", "\"Papers of sixty days\""}, false, NULL, NULL},
	{{C, "/clauses/2/title", "\"Papers of two weeks\""}, false, "another_number", C "#/clauses/2/title"},
	{{C, "/clauses/2/title", "\"Papers of 61 days\""}, false, "another_number", C "#/clauses/2/title"},
	{{C, "/clauses/2/title", "\"Papers that come quarterly\""}, false, "another_number", C "#/clauses/2/title"},
	{{C, "/clauses/2/title", "\"Papers that come monthly\""}, false, "another_number", C "#/clauses/2/title"},
	{{C, "/clauses/6/title", "\"Seven business days, or twenty-four hours\""}, false, NULL, NULL},
	{{C, "/clauses/6/title", "\"Eight business days\""}, false, "another_number", C "#/clauses/6/title"},
	{{C, "/clauses/6/title", "\"Twenty-three hours\""}, false, "another_number", C "#/clauses/6/title"},
	{{I, "/items/1/text", "\"The note is of the last {window}, written weekly.\""},
	 false,
	 "another_number",
	 I "#/items/1/text"},
};

static const struct issue *find(const struct issues *issues, const char *code, const char *place)
{
	for (size_t i = 0; i < issues->count; i++) {
		if (strcmp(issues->items[i].code, code) == 0 && strcmp(issues->items[i].pointer, place) == 0) {
			return &issues->items[i];
		}
	}
	return NULL;
}

START_TEST(findings)
{
	const struct row *row = &rows[_i];
	struct library library;
	struct issues errors;
	struct issues warnings;
	library_init(&library);
	library_change(&library, &row->change);
	struct policy_set *set = library_load(&library);
	ck_assert_msg(set != NULL, "row %d: %s", _i, library.issues.count > 0 ? library.issues.items[0].detail : "");
	issues_init(&errors, library.arena);
	issues_init(&warnings, library.arena);
	policy_lint(policy_set_at(set, 0), library.arena, &errors, &warnings);
	const char *first = errors.count > 0 ? errors.items[0].code : warnings.count > 0 ? warnings.items[0].code : "nothing";
	const char *where = errors.count > 0 ? errors.items[0].pointer : warnings.count > 0 ? warnings.items[0].pointer : "";
	if (row->code) {
		ck_assert_msg(find(row->error ? &errors : &warnings, row->code, row->place) != NULL, "row %d: found %s %s", _i,
			      first, where);
		ck_assert_msg(row->error || errors.count == 0, "row %d: an error, %s %s", _i, first, where);
	} else {
		ck_assert_msg(errors.count == 0 && warnings.count == 0, "row %d: found %s %s", _i, first, where);
	}
	policy_set_destroy(set);
	library_finish(&library);
}
END_TEST

/* A second outreach behind one that always applies, and an item that asks what another asks. */
START_TEST(items_behind_others)
{
	struct library library;
	struct issues errors;
	struct issues warnings;
	library_init(&library);
	library_change(&library, &(struct library_change){"sketch/1/more.json", "/items/1",
							  "{\"id\":\"s.again\",\"cite\":[\"A.6\"],\"kind\":\"outreach\","
							  "\"text\":\"Tries.\",\"attempts\":[{\"count\":1}]}"});
	struct policy_set *set = library_load(&library);
	ck_assert_msg(set != NULL, "%s", library.issues.count > 0 ? library.issues.items[0].detail : "");
	issues_init(&errors, library.arena);
	issues_init(&warnings, library.arena);
	policy_lint(policy_set_at(set, 0), library.arena, &errors, &warnings);
	ck_assert(find(&errors, "shadowed", "sketch/1/more.json#/items/1") != NULL);
	policy_set_destroy(set);
	/* behind one that does not always apply it has its turn */
	library_change(&library, &(struct library_change){I, "/items/16/when", IS("true")});
	set = library_load(&library);
	ck_assert(set != NULL);
	issues_init(&errors, library.arena);
	policy_lint(policy_set_at(set, 0), library.arena, &errors, &warnings);
	ck_assert_uint_eq(errors.count, 0);
	policy_set_destroy(set);
	library_change(&library, &(struct library_change){I, "/items/0/text", "\"There are dates.\""});
	library_change(
		&library,
		&(struct library_change){
			"sketch/1/more.json", "/items/1",
			"{\"id\":\"s.again\",\"cite\":[\"A.4\"],\"kind\":\"criterion\",\"criterion\":\"admission\",\"flag\":"
			"\"grown_up\","
			"\"text\":\"The member is young.\",\"check\":{\"age_below\":{\"years\":18,\"on\":[\"receipt\"]}}}"});
	set = library_load(&library);
	ck_assert(set != NULL);
	issues_init(&errors, library.arena);
	issues_init(&warnings, library.arena);
	policy_lint(policy_set_at(set, 0), library.arena, &errors, &warnings);
	ck_assert(find(&warnings, "repeated", "sketch/1/more.json#/items/1") != NULL);
	ck_assert_uint_eq(errors.count, 0);
	policy_set_destroy(set);
	library_finish(&library);
}
END_TEST

/* A paper that nothing asks for has its use where a judgment looks into a section of it. */
START_TEST(papers_that_people_read)
{
	for (int judged = 0; judged < 2; judged++) {
		struct library library;
		struct issues errors;
		struct issues warnings;
		library_init(&library);
		library_change(&library, &(struct library_change){P, "/documents/letter",
								  "{\"title\":\"Letter\",\"sections\":[\"history\"]}"});
		if (judged) {
			library_change(&library, &(struct library_change){I, "/items/10/evidence", "[\"history\"]"});
		}
		struct policy_set *set = library_load(&library);
		ck_assert_msg(set != NULL, "%s", library.issues.count > 0 ? library.issues.items[0].detail : "");
		issues_init(&errors, library.arena);
		issues_init(&warnings, library.arena);
		policy_lint(policy_set_at(set, 0), library.arena, &errors, &warnings);
		ck_assert_uint_eq(errors.count, 0);
		ck_assert_int_eq(find(&warnings, "unused_document", P "#/documents/letter") == NULL, judged);
		policy_set_destroy(set);
		library_finish(&library);
	}
}
END_TEST

/* A holiday on a day that is closed anyway is not the observed one; how soon a list ends hangs on the day, and on who uses it. */
START_TEST(calendars_are_looked_at)
{
	static const struct {
		const char *today;
		const char *to; /* in_force of the version */
		const char *said; /* NULL: nothing */
	} ends[] = {{"2025-12-30", "null", NULL},
		    {"2025-12-31", "null",
		     "the list ends within a year, 2026-12-31: holidays after that are counted as business days"},
		    {"2027-01-01", "null", "the list ended 2026-12-31: holidays after that are counted as business days"},
		    {"2027-01-01", "\"2026-06-30\"", NULL}};
	struct library library;
	library_init(&library);
	for (size_t i = 0; i < sizeof(ends) / sizeof(ends[0]); i++) {
		struct civil_date today;
		struct issues warnings;
		ck_assert(civil_parse(ends[i].today, &today));
		library_change(&library, &(struct library_change){P, "/in_force/to", ends[i].to});
		struct policy_set *set = library_load(&library);
		ck_assert(set != NULL);
		issues_init(&warnings, library.arena);
		policy_lint_calendars(set, today, library.arena, &warnings);
		const struct issue *found = find(&warnings, "calendar_ends", "calendars/usual.json#/to");
		ck_assert_msg(ends[i].said ? found && strcmp(found->detail, ends[i].said) == 0 : warnings.count == 0,
			      "row %zu: %s", i, warnings.count > 0 ? warnings.items[0].detail : "nothing");
		policy_set_destroy(set);
	}
	library_change(&library, &(struct library_change){"calendars/usual.json", "/holidays/-",
							  "{\"on\":\"2026-07-04\",\"name\":\"Independence Day\"}"});
	struct policy_set *set = library_load(&library);
	struct issues warnings;
	ck_assert(set != NULL);
	issues_init(&warnings, library.arena);
	policy_lint_calendars(set, policy_set_at(set, 0)->in_force_from, library.arena, &warnings);
	ck_assert(find(&warnings, "closed_anyway", "calendars/usual.json#/holidays") != NULL);
	policy_set_destroy(set);
	library_finish(&library);
}
END_TEST

/* One certificate of a request opens one gate. */
START_TEST(gates_behind_others)
{
	static const char second[] = "{\"id\":\"s.second\",\"for\":[\"CARE/"
				     "initial\"],\"cite\":[\"A.5\"],\"kind\":\"gate\",\"text\":\"It is sealed.\","
				     "\"needs\":[\"signed\"],\"check\":{\"event\":{\"name\":\"%s\"}}}";
	for (int same = 0; same < 2; same++) {
		struct library library;
		struct issues errors;
		struct issues warnings;
		library_init(&library);
		library_change(&library,
			       &(struct library_change){"sketch/1/more.json", "/items/1",
							arena_printf(library.arena, second, same ? "certified" : "sealed")});
		struct policy_set *set = library_load(&library);
		ck_assert_msg(set != NULL, "%s", library.issues.count > 0 ? library.issues.items[0].detail : "");
		issues_init(&errors, library.arena);
		issues_init(&warnings, library.arena);
		policy_lint(policy_set_at(set, 0), library.arena, &errors, &warnings);
		ck_assert_int_eq(find(&errors, "shadowed", "sketch/1/more.json#/items/1") == NULL, same);
		policy_set_destroy(set);
		library_finish(&library);
	}
}
END_TEST

/* Requests that are never due, where others are. */
START_TEST(programs_without_a_clock)
{
	struct library library;
	struct issues errors;
	struct issues warnings;
	library_init(&library);
	library_change(&library, &(struct library_change){I, "/items/14/for", "[\"CARE/initial\"]"});
	library_change_more(&library, &(struct library_change){I, "/items/15/for", "[\"CARE/initial\"]"});
	struct policy_set *set = library_load(&library);
	ck_assert_msg(set != NULL, "%s", library.issues.count > 0 ? library.issues.items[0].detail : "");
	issues_init(&errors, library.arena);
	issues_init(&warnings, library.arena);
	policy_lint(policy_set_at(set, 0), library.arena, &errors, &warnings);
	ck_assert_msg(find(&warnings, "no_clock", P "#/answers/0") != NULL, "%s %s",
		      warnings.count > 0 ? warnings.items[0].code : "nothing",
		      warnings.count > 0 ? warnings.items[0].pointer : "");
	policy_set_destroy(set);
	library_finish(&library);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("lint");
	TCase *tests = tcase_create("lint");
	tcase_add_loop_test(tests, findings, 0, sizeof(rows) / sizeof(rows[0]));
	tcase_add_test(tests, items_behind_others);
	tcase_add_test(tests, papers_that_people_read);
	tcase_add_test(tests, calendars_are_looked_at);
	tcase_add_test(tests, gates_behind_others);
	tcase_add_test(tests, programs_without_a_clock);
	suite_add_tcase(suite, tests);
	return run_suite(suite);
}
