/* SPDX-License-Identifier: Apache-2.0 */
/* Items in words, with the dates that decide them; and two versions compared in words. */
#include "policy/explain.h"

#include "../run_suite.h"
#include "base/json_write.h"
#include "fixture.h"
#include "library.h"
#include "policy/diff.h"
#include "policy/files.h"
#include "policy/say.h"

#include <check.h>
#include <string.h>

struct row {
	const char *item;
	const char *on;
	size_t bound;
	const char *passes; /* or what is due */
	const char *fails;
};

static const struct row rows[] = {
	{"s.note", "2026-11-20", 0, "2026-09-21", "2026-09-20"},
	{"s.note", "2026-03-01", 0, "2025-12-31", "2025-12-30"},
	{"s.age", "2026-11-20", 0, "2008-11-21", "2008-11-20"},
	{"s.age", "2028-02-29", 0, "2010-03-01", "2010-02-28"},
	{"s.limit", "2026-11-20", 0, "2026-12-03", "2026-12-04"},
	{"s.limit", "2026-11-20", 1, "2026-11-19T23:59:59-08:00", NULL},
	{"s.decide", "2026-03-13", 0, "2026-03-25T23:59:59-07:00", NULL},
	{"s.urgent", "2026-03-07", 0, "2026-03-08T13:00:00-07:00", NULL},
	{"s.say", "2026-03-13", 0, "2026-03-16T23:59:59-07:00", NULL},
	{"s.duty", "2026-03-13", 0, "2026-03-18T23:59:59-07:00", NULL},
	{"law.decide", "2026-03-13", 0, "2026-03-27T23:59:59-07:00", NULL},
};

static const struct item *find_item(const struct policy *policy, const char *id)
{
	for (size_t i = 0; i < policy->item_count; i++) {
		if (strcmp(policy->items[i]->id, id) == 0) {
			return policy->items[i];
		}
	}
	ck_abort_msg("there is no item %s", id);
	return NULL;
}

static void explain(struct library *library, struct policy_set **ret_set, const char *item, const char *on,
		    struct explanation *explanation)
{
	struct civil_date day;
	ck_assert(civil_parse(on, &day));
	library_init(library);
	*ret_set = library_load(library);
	ck_assert(*ret_set != NULL);
	const struct policy *policy = policy_set_at(*ret_set, 0);
	policy_explain_item(policy, find_item(policy, item), day, library->arena, explanation);
}

START_TEST(dates_of_a_day)
{
	const struct row *row = &rows[_i];
	struct library library;
	struct policy_set *set;
	struct explanation told;
	explain(&library, &set, row->item, row->on, &told);
	ck_assert_uint_gt(told.bound_count, row->bound);
	const struct explained_bound *bound = &told.bounds[row->bound];
	const char *passes = bound->last_passes ? bound->last_passes : bound->due_at;
	ck_assert_msg(passes && strcmp(passes, row->passes) == 0, "%s on %s: %s", row->item, row->on,
		      passes ? passes : bound->say);
	if (row->fails) {
		ck_assert_str_eq(bound->first_fails, row->fails);
	}
	ck_assert_msg(strstr(bound->say, row->passes) != NULL, "%s", bound->say);
	policy_set_destroy(set);
	library_finish(&library);
}
END_TEST

START_TEST(sentences_of_an_item)
{
	struct library library;
	struct policy_set *set;
	struct explanation told;
	explain(&library, &set, "s.note", "2026-11-20", &told);
	ck_assert_str_eq(told.sentence, "In CARE/initial: The note is of the last 60 days.");
	ck_assert_str_eq(
		told.check,
		"there is an assessment, by lmp or qmhp, dated at most 60 days before receipt or an earlier first day");
	ck_assert_str_eq(told.not_met,
			 "It is asked for; the request is never returned for it. Send a note of 2026-09-21 or later.");
	ck_assert_uint_eq(told.cite_count, 1);
	ck_assert_str_eq(told.cites[0].title, "Papers");
	ck_assert(told.in_force);
	policy_set_destroy(set);
	library_finish(&library);
	explain(&library, &set, "s.plan", "2025-12-31", &told);
	ck_assert_str_eq(told.when, "\"risk is shown\" is answered yes");
	ck_assert_str_eq(told.sentence,
			 "In all that the policy answers, where \"risk is shown\" is answered yes: With risk there is a plan.");
	ck_assert(!told.in_force);
	policy_set_destroy(set);
	library_finish(&library);
	/* a clock of business days says what it passes over */
	explain(&library, &set, "s.decide", "2026-03-13", &told);
	ck_assert_uint_eq(told.bounds[0].skipped_count, 5);
	ck_assert_str_eq(
		told.bounds[0].say,
		"Received on Fri 2026-03-13: due 2026-03-25T23:59:59-07:00, passing over Sat 2026-03-14, Sun 2026-03-15, "
		"Tue 2026-03-17 (Day off), Sat 2026-03-21 and Sun 2026-03-22.");
	policy_set_destroy(set);
	library_finish(&library);
}
END_TEST

static const struct {
	const char *when;
	const char *on;
	const char *say;
} on_days[] = {
	{"{\"received\":{\"from\":\"2026-01-01\",\"to\":null}}", "2026-01-01",
	 "Received at noon of Thu 2026-01-01: due 2026-01-02T12:00:00-08:00."},
	{"{\"received\":{\"from\":\"2026-01-01\",\"to\":null}}", "2025-12-31",
	 "It does not apply to what is received on 2025-12-31."},
	{"{\"received\":{\"from\":null,\"to\":\"2025-12-31\"}}", "2026-01-01",
	 "It does not apply to what is received on 2026-01-01."},
	{"{\"all\":[{\"is\":{\"at\":\"/facts/"
	 "risk\",\"value\":true}},{\"not\":{\"received\":{\"from\":\"2026-01-01\",\"to\":null}}}]}",
	 "2026-01-01", "It does not apply to what is received on 2026-01-01."},
	{"{\"any\":[{\"is\":{\"at\":\"/facts/risk\",\"value\":true}},{\"received\":{\"from\":\"2026-01-02\",\"to\":null}}]}",
	 "2026-01-01", "Received at noon of Thu 2026-01-01: due 2026-01-02T12:00:00-08:00."},
};

/* What is not in force on the day has no dates of it. */
START_TEST(a_day_of_its_own)
{
	struct library library;
	struct civil_date day;
	struct explanation told;
	library_init(&library);
	library_change(&library, &(struct library_change){"sketch/1/items.json", "/items/15/when", on_days[_i].when});
	struct policy_set *set = library_load(&library);
	ck_assert_msg(set != NULL, "%s", library.issues.count > 0 ? library.issues.items[0].detail : "");
	ck_assert(civil_parse(on_days[_i].on, &day));
	policy_explain_item(policy_set_at(set, 0), find_item(policy_set_at(set, 0), "s.urgent"), day, library.arena, &told);
	ck_assert_str_eq(told.bounds[0].say, on_days[_i].say);
	ck_assert_int_eq(told.bounds[0].due_at != NULL, strncmp(told.bounds[0].say, "Received", 8) == 0);
	policy_set_destroy(set);
	library_finish(&library);
}
END_TEST

/* A holiday after the end of the list would be counted as a business day. */
START_TEST(an_end_of_the_holidays_is_told)
{
	struct library library;
	struct policy_set *set;
	struct explanation told;
	explain(&library, &set, "s.decide", "2040-03-13", &told);
	ck_assert_msg(strstr(told.bounds[0].say, "; the holiday list ends 20") != NULL, "%s", told.bounds[0].say);
	policy_set_destroy(set);
	library_finish(&library);
}
END_TEST

/* A check that nothing has words for is told by its name and its members. */
START_TEST(unknown_checks_have_words)
{
	struct arena *arena = arena_create();
	ck_assert_str_eq(
		say_generic(
			arena,
			fixture_json(arena, "{\"kind\":[\"a\",\"b\"],\"within\":{\"days\":3},\"x\":{\"y\":true,\"z\":1.5}}")),
		"kind: a, b; within: 3 days; x: (y: yes; z: 1.5)");
	arena_destroy(arena);
}
END_TEST

/* ---- diff ---- */

struct pair {
	const char *file;
	const char *pointer;
	const char *value;
	const char *say; /* the one change that is told */
	const char *what;
};

static const struct pair pairs[] = {
	{"items.json", "/items/1/check/document/within", "{\"days\":21}", "s.note: window 60 days -> 21 days", "changed"},
	{"items.json", "/items/1/check/document/within", "{\"years\":1}", "s.note: window 60 days -> 1 year", "changed"},
	{"items.json", "/items/1/check/document/author", "[\"@able\",\"nurse\"]", "s.note: authors with nurse", "changed"},
	{"items.json", "/items/1/check", "{\"document\":{\"types\":[\"note\"],\"author\":[\"@able\"]}}",
	 "s.note: window removed, was 60 days", "changed"},
	{"items.json", "/items/0/check", "{\"event\":{\"name\":\"x\"}}",
	 "s.dates: check: every line has its first and its last day, in order -> \"x\" was recorded", "changed"},
	{"items.json", "/items/1/text", "\"The note is at most {window} old, of {earliest} on: {years}.\"",
	 "s.note: text \"The note is of the last 60 days.\" -> \"The note is at most 60 days old, of the earliest date that "
	 "counts on: {years}.\"",
	 "reworded"},
	{"items.json", "/items/1", NULL,
	 "s.note: removed, was CARE/initial, information: \"The note is of the last 60 days.\" When it is not so: It is asked "
	 "for; the request is never returned for it.",
	 "removed"},
	{"items.json", "/items/-",
	 "{\"id\":\"s.new\",\"for\":[\"CARE/*\"],\"kind\":\"eligibility\",\"then\":\"return\",\"text\":\"Below {years}.\","
	 "\"check\":{\"age_below\":{\"years\":21}}}",
	 "s.new: added: CARE/any review, eligibility: \"Below 21.\" When it is not so: The request is returned once staff "
	 "confirm it.",
	 "added"},
	{"items.json", "/items/0/when", "{\"not\":{\"is\":{\"at\":\"/facts/risk\",\"value\":true}}}",
	 "s.dates: condition added: \"risk is shown\" is answered no", "changed"},
	{"items.json", "/items/3/when", NULL, "s.plan: condition removed, was \"risk is shown\" is answered yes", "changed"},
	{"items.json", "/items/3/when/is/value", "false",
	 "s.plan: condition: \"risk is shown\" is answered yes -> \"risk is shown\" is answered no", "changed"},
	{"items.json", "/items/9/check/all/-", "{\"item\":\"s.dates\"}", "s.both: check: part added: s.dates is met",
	 "changed"},
	{"items.json", "/items/9/check/all/1", NULL, "s.both: check: part removed, was s.note is met", "changed"},
	{"items.json", "/items/9/check/all/1/item", "\"s.dates\"", "s.both: check: s.note is met -> s.dates is met", "changed"},
	{"items.json", "/items/5/check/days", "{\"every\":\"covered\"}",
	 "s.covered: check: some requested days are covered by the plan -> all requested days are covered by the plan",
	 "changed"},
	{"items.json", "/items/7/check/one_of/words", "[\"ours\",\"new_one\"]", "s.product: the payer's product with new one",
	 "changed"},
	{"items.json", "/items/16/attempts/0/when/one_of/words", "[\"medicaid\",\"dual\"]",
	 "s.tries: the kind of coverage with dual", "changed"},
	{"items.json", "/items/16/attempts/0/when", "{\"event\":{\"name\":\"certified\"}}",
	 "s.tries: condition of the attempts: the kind of coverage is medicaid -> what the gate s.gate waits for (\"Somebody "
	 "has certified.\") was recorded",
	 "changed"},
	{"items.json", "/items/16/attempts", "[{\"count\":3}]",
	 "s.tries: attempts 2 where the kind of coverage is medicaid or else 3 -> else 3", "changed"},
	{"more.json", "/items/3/starts", "{\"occurrence\":[\"outreach\"],\"which\":\"latest\"}",
	 "s.duty: begins with the referral -> the outreach, of several the newest", "changed"},
	{"more.json", "/items/3/until", "{\"occurrence\":[\"referral\",\"outreach\"]}",
	 "s.duty: until added: the referral or the outreach", "changed"},
	{"policy.json", "/sensitivity",
	 "[{\"label\":\"substance_use\",\"law\":\"42 CFR part 2\",\"when\":{\"is\":{\"at\":\"/facts/risk\",\"value\":true}}}]",
	 "label of sensitivity substance_use: added: 42 CFR part 2, where \"risk is shown\" is answered yes", "added"},
	{"items.json", "/items/8/check/age_below/years", "19", "s.age: age 18 -> 19", "changed"},
	{"items.json", "/items/1/cite", "[\"A.3\"]", "s.note: cited A.2 -> A.3", "changed"},
	{"items.json", "/items/0/text", "\"Dates are there.\"", "s.dates: text \"There are dates.\" -> \"Dates are there.\"",
	 "reworded"},
	{"items.json", "/items/14/within", "{\"calendar_days\":10}", "s.decide: within 7 business days -> 10 calendar days",
	 "changed"},
	{"items.json", "/items/0/future", "{\"member\":[1,2]}", "s.dates: future added: member: 1, 2", "changed"},
	{"items.json", "/items/9", NULL,
	 "s.both: removed, was CARE/initial, criterion: \"Age and note are right.\" When it is not so: A licensed reviewer "
	 "sees "
	 "the finding and decides.",
	 "removed"},
	{"policy.json", "/zone", "\"America/Chicago\"", "zone America/Los_Angeles -> America/Chicago", "changed"},
	{"items.json", "/items/1/for", "[\"CARE/initial\",\"CARE/concurrent\"]",
	 "s.note: services and reviews with CARE/concurrent", "changed"},
	{"items.json", "/items/5/unknown_to_all", "true", "s.covered: unknown to all added: yes", "changed"},
	{"more.json", "/items/3/paused", "{\"from\":{\"occurrence\":[\"referral\"]},\"to\":{\"occurrence\":[\"outreach\"]}}",
	 "s.duty: pause added: from the referral until the outreach", "changed"},
	{"more.json", "/items/3/each", "true", "s.duty: every start begins a duty: no -> yes", "changed"},
	{"more.json", "/items/3/owner", "\"servicing_provider\"", "s.duty: owner added: the servicing provider", "changed"},
	{"policy.json", "/manual/0", NULL, "service by hand OTHER: removed, was every review: \"Staff take these.\"",
	 "removed"},
	{"policy.json", "/manual/-",
	 "{\"service\":\"WALK\",\"reviews\":[\"initial\",\"continued_stay\"],\"reason\":\"Staff take it.\"}",
	 "service by hand WALK: added: initial and continued stay: \"Staff take it.\"", "added"},
	{"policy.json", "/manual/0/reviews", "[\"initial\"]", "service by hand OTHER: reviews every review -> initial",
	 "changed"},
	{"policy.json", "/facts/occurrences/maxItems", "50", "fact occurrences: most elements 100 -> 50", "changed"},
	{"policy.json", "/facts/occurrences/items/properties/kind/enum", "[\"referral\",\"outreach\",\"zoom\"]",
	 "fact occurrences: of kind: words with zoom", "changed"},
	{"policy.json", "/facts/occurrences/items/properties/id/maxLength", "7", "fact occurrences: of id: longest text 9 -> 7",
	 "changed"},
	{"policy.json", "/facts/occurrences/items/properties/kind/title", "\"Sort\"",
	 "fact occurrences: of \"Sort\": title added: Sort", "changed"},
	{"policy.json", "/calendar", "\"other\"", "calendar usual -> other", "changed"},
	{"policy.json", "/in_force/from", "\"2027-01-01\"", "in force from 2026-01-01 -> 2027-01-01", "changed"},
	{"policy.json", "/lists/able", "[\"lmp\",\"nurse\"]", "list able: with nurse, without qmhp", "changed"},
	{"policy.json", "/lists/able", "[\"qmhp\",\"lmp\"]", "list able: in another order: qmhp, lmp", "moved"},
	{"policy.json", "/facts/mood", "{\"type\":\"boolean\"}", "fact mood: added: type: boolean", "added"},
	{"policy.json", "/facts/risk/title", "\"A risk is shown\"", "fact risk: title \"Risk is shown\" -> \"A risk is shown\"",
	 "reworded"},
	{"policy.json", "/documents/plan", NULL, "document type plan: removed, was Plan", "removed"},
	{"policy.json", "/answers/0/reviews", "[\"initial\"]", "service CARE: reviews without concurrent", "changed"},
	{"clauses.json", "/clauses/1/title", "\"Days\"", "clause A.1: title Dates -> Days", "reworded"},
	{"clauses.json", "/clauses/7/not_automated", NULL, "clause A.7: not automated removed, was \"only words\"", "changed"},
};

static void copy_edited(struct library *library, const char *name, const struct pair *pair)
{
	struct issues issues;
	struct err err = {0};
	struct text text;
	struct json_writer writer;
	issues_init(&issues, library->arena);
	const struct json *json = files_json(
		library->arena, arena_printf(library->arena, "%s/sketch/1/%s", library->directory, name), name, &issues);
	ck_assert(json != NULL);
	if (strcmp(name, pair->file) == 0) {
		const struct json *value = pair->value ? fixture_json(library->arena, pair->value) : NULL;
		json = json_edit(library->arena, json, pair->pointer, value, &err);
		ck_assert_msg(json != NULL, "%s", err.detail);
	}
	text_init(&text, library->arena, 4096);
	json_writer_init(&writer, &text);
	json_put_tree(&writer, json);
	library_write(library, arena_printf(library->arena, "sketch/2/%s", name), text.data);
}

static void compare(struct library *library, struct changes *changes)
{
	struct issues issues;
	struct diff_version versions[2];
	issues_init(&issues, library->arena);
	*changes = (struct changes){.arena = library->arena};
	for (size_t i = 0; i < 2; i++) {
		ck_assert(diff_read(library->arena, arena_printf(library->arena, "%s/sketch/%zu", library->directory, i + 1),
				    &issues, &versions[i]));
	}
	diff_versions(&versions[0], &versions[1], fixture_schema(library->arena, "request.json"), changes);
}

START_TEST(one_change_is_one_line)
{
	static const char *const names[] = {"policy.json", "items.json", "more.json", "clauses.json"};
	const struct pair *pair = &pairs[_i];
	struct library library;
	struct changes changes;
	library_init(&library);
	for (size_t i = 0; i < 4; i++) {
		copy_edited(&library, names[i], pair);
	}
	compare(&library, &changes);
	ck_assert_msg(changes.count == 1, "%s: %zu changes: %s", pair->say, changes.count,
		      changes.count > 0 ? changes.list[changes.count - 1].say : "");
	ck_assert_str_eq(changes.list[0].say, pair->say);
	ck_assert_str_eq(changes.list[0].what, pair->what);
	library_finish(&library);
}
END_TEST

static const char *const ages[] = {
	/* A, B and what is told of them */
	"{\"any\":[{\"age_below\":{\"years\":21,\"on\":[\"receipt\"]}},{\"age_below\":{\"years\":18,\"on\":[\"first_day\"]}}]}",
	"{\"any\":[{\"age_below\":{\"years\":21,\"on\":[\"receipt\"]}},{\"age_below\":{\"years\":19,\"on\":[\"first_day\"]}}]}",
	"s.age: age 18 -> 19; the part now reads: the member is under 19 years old on the first day of service",
	"{\"any\":[{\"age_below\":{\"years\":21,\"on\":[\"receipt\"]}},{\"not\":{\"age_below\":{\"years\":21,\"on\":[\"first_"
	"day\"]}}}]}",
	"{\"any\":[{\"age_below\":{\"years\":20,\"on\":[\"receipt\"]}},{\"not\":{\"age_below\":{\"years\":20,\"on\":[\"first_"
	"day\"]}}}]}",
	"s.age: age 21 -> 20; 2 parts now read: (1) the member is under 20 years old on the day of receipt; (2) the "
	"member is at least 20 years old on the first day of service",
};

/* A number of one part of several says which; one that changed in the same way in several is told once. */
START_TEST(number_of_a_part)
{
	struct library library;
	struct changes changes;
	library_init(&library);
	struct diff_version versions[2];
	struct issues issues;
	issues_init(&issues, library.arena);
	changes = (struct changes){.arena = library.arena};
	for (size_t i = 0; i < 2; i++) {
		const struct json *check = fixture_json(library.arena, ages[_i * 3 + (int)i]);
		ck_assert(diff_read(library.arena, arena_printf(library.arena, "%s/sketch/1", library.directory), &issues,
				    &versions[i]));
		struct err err = {0};
		versions[i].items[8].json = json_edit(library.arena, versions[i].items[8].json, "/check", check, &err);
		ck_assert_msg(versions[i].items[8].json != NULL, "%s", err.detail);
	}
	diff_versions(&versions[0], &versions[1], fixture_schema(library.arena, "request.json"), &changes);
	ck_assert_uint_eq(changes.count, 1);
	ck_assert_str_eq(changes.list[0].say, ages[_i * 3 + 2]);
	library_finish(&library);
}
END_TEST

/* An item in another place is one change, whatever it passes on its way; an item in another file too. */
START_TEST(moved_items)
{
	static const struct pair nothing = {"", "", NULL, NULL, NULL};
	struct library library;
	struct changes changes;
	library_init(&library);
	copy_edited(&library, "policy.json", &nothing);
	copy_edited(&library, "items.json", &nothing);
	copy_edited(&library, "clauses.json", &nothing);
	struct issues issues;
	struct err err = {0};
	struct text text;
	struct json_writer writer;
	issues_init(&issues, library.arena);
	const struct json *json = files_json(
		library.arena, arena_printf(library.arena, "%s/sketch/1/more.json", library.directory), "more", &issues);
	const struct json *last = json_at(json, "/items/0");
	json = json_edit(library.arena, json, "/items/-", last, &err);
	json = json_edit(library.arena, json, "/items/0", NULL, &err);
	text_init(&text, library.arena, 4096);
	json_writer_init(&writer, &text);
	json_put_tree(&writer, json);
	library_write(&library, "sketch/2/more.json", text.data);
	compare(&library, &changes);
	ck_assert_uint_eq(changes.count, 1);
	ck_assert_str_eq(changes.list[0].say, "s.appeal: moved behind s.duty");
	library_finish(&library);
}
END_TEST

/* Another calendar: the days of the time that both know, the first of them by name. */
START_TEST(another_calendar)
{
	static const struct pair other = {"policy.json", "/calendar", "\"other\"", NULL, NULL};
	struct library library;
	struct changes changes;
	struct text days;
	library_init(&library);
	text_init(&days, library.arena, 1024);
	for (int day = 1; day <= 12; day++) {
		text_printf(&days, ",{\"on\":\"2026-05-%02d\",\"name\":\"May\"}", day);
	}
	library_write(&library, "calendars/other.json",
		      arena_printf(library.arena,
				   "{\"calendar\":\"other\",\"title\":\"Other\",\"from\":\"2026-02-01\",\"to\":\"2028-12-31\","
				   "\"holidays\":["
				   "{\"on\":\"2026-03-17\",\"name\":\"Too\"},{\"on\":\"2027-01-01\",\"name\":\"Later\"}%s]}",
				   days.data));
	copy_edited(&library, "policy.json", &other);
	copy_edited(&library, "items.json", &other);
	copy_edited(&library, "more.json", &other);
	copy_edited(&library, "clauses.json", &other);
	compare(&library, &changes);
	ck_assert_uint_eq(changes.count, 3);
	ck_assert_str_eq(changes.list[0].say, "calendar usual -> other");
	ck_assert_msg(strstr(changes.list[1].say,
			     "calendar usual -> other: 12 more holidays from 2026-02-01 to 2026-12-31: 2026-05-01 (May), ") &&
			      strstr(changes.list[1].say, "2026-05-10 (May) and 2 more"),
		      "%s", changes.list[1].say);
	ck_assert_str_eq(
		changes.list[2].say,
		"calendar usual -> other: 1 holidays less from 2026-02-01 to 2026-12-31: 2026-07-03 (Independence Day)");
	library_finish(&library);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("explain");
	TCase *tests = tcase_create("explain");
	tcase_add_loop_test(tests, dates_of_a_day, 0, sizeof(rows) / sizeof(rows[0]));
	tcase_add_test(tests, sentences_of_an_item);
	tcase_add_loop_test(tests, a_day_of_its_own, 0, sizeof(on_days) / sizeof(on_days[0]));
	tcase_add_test(tests, an_end_of_the_holidays_is_told);
	tcase_add_test(tests, unknown_checks_have_words);
	tcase_add_loop_test(tests, one_change_is_one_line, 0, sizeof(pairs) / sizeof(pairs[0]));
	tcase_add_loop_test(tests, number_of_a_part, 0, sizeof(ages) / sizeof(ages[0]) / 3);
	tcase_add_test(tests, moved_items);
	tcase_add_test(tests, another_calendar);
	suite_add_tcase(suite, tests);
	return run_suite(suite);
}
