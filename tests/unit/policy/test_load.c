/* SPDX-License-Identifier: Apache-2.0 */
/* A good directory loads; every fault of a file is said at its own spot. */
#include "library.h"

#include "../run_suite.h"
#include "fixture.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct row {
	struct library_change change;
	const char *spot;
	const char *code;
};

#define P "sketch/1/policy.json"
#define I "sketch/1/items.json"
#define M "sketch/1/more.json"
#define C "sketch/1/clauses.json"

static const struct row rows[] = {
	/* forms */
	{{P, "/zone", NULL}, P "#/zone", "missing_member"},
	{{P, "/title", "7"}, P "#/title", "wrong_type"},
	{{P, "/in_force/from", "\"2026-02-30\""}, P "#/in_force/from", "not_a_date"},
	{{P, "/colour", "\"red\""}, P "#/colour", "unknown_member"},
	{{P, "/answers", "[]"}, P "#/answers", "too_small"},
	{{P, "/answers/0/reviews/0", "\"first\""}, P "#/answers/0/reviews/0", "unknown_word"},
	{{I, "/items/0/kind", "\"wish\""}, I "#/items/0/kind", "unknown_word"},
	{{I, "/items/0/txt", "\"x\""}, I "#/items/0/txt", "unknown_member"},
	{{I, "/items/0/text", NULL}, I "#/items/0/text", "missing_member"},
	{{I, "/items/0/cite", "[]"}, I "#/items/0/cite", "too_small"},
	{{C, "/clauses/1/title", NULL}, C "#/clauses/1/title", "missing_member"},
	{{"calendars/usual.json", "/holidays/0/on", "\"17 March\""}, "calendars/usual.json#/holidays/0/on", "not_a_date"},
	{{"overlays/law.json", "/items/0/kind", "\"wish\""}, "overlays/law.json#/items/0/kind", "unknown_word"},
	{{"tables/arq.json", "/columns/code", "\"number\""}, "tables/arq.json#/columns/code", "unknown_word"},
	/* identity */
	{{P, "/policy", "\"other\""}, P "#/policy", "wrong_name"},
	{{P, "/version", "\"2\""}, P "#/version", "wrong_name"},
	{{P, "/zone", "\"America/Nowhere\""}, P "#/zone", "unknown_zone"},
	{{P, "/calendar", "\"none\""}, P "#/calendar", "unknown_calendar"},
	{{P, "/overlays/0", "\"none\""}, P "#/overlays/0", "unknown_overlay"},
	{{P, "/in_force/to", "\"2025-12-31\""}, P "#/in_force/to", "out_of_range"},
	{{P, "/items/0", "\"gone.json\""}, P "#/items/0", "no_file"},
	{{P, "/manual/0/service", "\"CARE\""}, P "#/manual/0", "duplicate"},
	/* declarations */
	{{P, "/documents/note/sections/0", "\"future\""}, P "#/documents/note/sections/0", "unknown_section"},
	{{P, "/facts/risk/type", "\"colour\""}, P "#/facts", "bad_declaration"},
	{{P, "/lists/idle", "[\"x\"]"}, P "#/lists/idle", "unused_list"},
	/* parts */
	/* days */
	{{I, "/items/0/check", "{\"days\":{\"no\":\"paid_first_by_another\"}}"},
	 I "#/items/0/check/days/denied_by",
	 "missing_member"},
	{{I, "/items/0/check", "{\"days\":{\"no\":\"before_receipt\",\"denied_by\":[\"note\"]}}"},
	 I "#/items/0/check/days",
	 "unknown_member"},
	{{I, "/items/0/check", "{\"days\":{\"no\":\"before_receipt\",\"doubtful\":\"maybe\"}}"},
	 I "#/items/0/check/days/doubtful",
	 "unknown_word"},
	{{I, "/items/0/check", "{\"days\":{\"no\":\"before_receipt\",\"except\":[\"after_birthday\"]}}"},
	 I "#/items/0/check/days/years",
	 "missing_member"},
	{{I, "/items/0/check", "{\"applies\":\"s.none\"}"}, I "#/items/0/check/applies", "unknown_item"},
	/* tables of plan facts */
	{{P, "/verified_by_table",
	  "{\"mood\":{\"table\":\"arq\",\"match\":{\"code\":\"/member/id\"},\"column\":\"code\",\"asserted\":\"/member/"
	  "line_of_business\"}}"},
	 P "#/verified_by_table/mood",
	 "unknown_member"},
	{{P, "/verified_by_table",
	  "{\"participation\":{\"table\":\"arq\",\"match\":{\"code\":\"/member/id\"},\"column\":\"code\"}}"},
	 P "#/verified_by_table/participation/asserted",
	 "missing_member"},
	{{P, "/verified_by_table",
	  "{\"line_of_business\":{\"table\":\"list\",\"match\":{\"code\":\"/member/id\"},\"column\":\"code\",\"asserted\":\"/"
	  "member/line_of_business\"}}"},
	 P "#/verified_by_table/line_of_business/table",
	 "unknown_table"},
	{{P, "/verified_by_table",
	  "{\"line_of_business\":{\"table\":\"arq\",\"match\":{\"colour\":\"/member/id\"},\"column\":\"code\",\"asserted\":\"/"
	  "member/line_of_business\"}}"},
	 P "#/verified_by_table/line_of_business/match/colour",
	 "unknown_column"},
	{{P, "/verified_by_table",
	  "{\"line_of_business\":{\"table\":\"arq\",\"match\":{\"code\":\"/member/ids\"},\"column\":\"code\",\"asserted\":\"/"
	  "member/line_of_business\"}}"},
	 P "#/verified_by_table/line_of_business/match/code",
	 "dangling_pointer"},
	{{P, "/verified_by_table",
	  "{\"line_of_business\":{\"table\":\"arq\",\"match\":{\"code\":\"/lines/*/code\"},\"column\":\"code\",\"asserted\":\"/"
	  "member/line_of_business\"}}"},
	 P "#/verified_by_table/line_of_business/match",
	 "wrong_place"},
	{{P, "/verified_by_table",
	  "{\"line_of_business\":{\"table\":\"arq\",\"match\":{\"code\":\"/member/id\"},\"column\":\"colour\",\"asserted\":\"/"
	  "member/line_of_business\"}}"},
	 P "#/verified_by_table/line_of_business/column",
	 "unknown_column"},
	{{P, "/verified_by_table",
	  "{\"line_of_business\":{\"table\":\"arq\",\"match\":{\"code\":\"/member/"
	  "id\"},\"column\":\"required\",\"asserted\":\"/member/line_of_business\"}}"},
	 P "#/verified_by_table/line_of_business/column",
	 "wrong_type"},
	{{P, "/verified_by_table",
	  "{\"line_of_business\":{\"table\":\"arq\",\"match\":{\"code\":\"/member/id\"},\"column\":\"code\",\"asserted\":\"/"
	  "member/coverage\"}}"},
	 P "#/verified_by_table/line_of_business/asserted",
	 "wrong_place"},
	{{"calendars/usual.json", "/calendar", "\"other\""}, "calendars/usual.json#/calendar", "wrong_name"},
	{{"calendars/usual.json", "/to", "\"2025-01-01\""}, "calendars/usual.json#/holidays/0", "out_of_range"},
	{{"calendars/usual.json", "/holidays/1/on", "\"2026-03-17\""}, "calendars/usual.json#/holidays", "duplicate"},
	{{"tables/arq.json", "/rows/0/required", "\"yes\""}, "tables/arq.json#/rows/0/required", "wrong_type"},
	{{"tables/arq.json", "/rows/0/colour", "\"red\""}, "tables/arq.json#/rows/0/colour", "unknown_column"},
	{{"tables/arq.json", "/columns/from", "\"text\""}, "tables/arq.json#/columns/from", "wrong_type"},
	{{"overlays/law.json", "/items/0/cite/0", "\"L.2\""}, "overlays/law.json#/items/0/cite/0", "unknown_clause"},
	{{"overlays/law.json", "/items/0", "{\"id\":\"law.need\",\"cite\":[\"L.1\"],\"kind\":\"judgment\",\"text\":\"Need.\"}"},
	 "overlays/law.json#/items/0/kind",
	 "wrong_kind"},
	/* items */
	{{I, "/items/1/id", "\"s.dates\""}, I "#/items/1/id", "duplicate_id"},
	{{I, "/items/0/cite/0", "\"A.9\""}, I "#/items/0/cite/0", "unknown_clause"},
	{{I, "/items/0/cite/0", "\"A\""}, I "#/items/0/cite/0", "heading"},
	{{I, "/items/1/for/0", "\"CARE/discharge\""}, I "#/items/1/for/0", "unknown_service"},
	{{I, "/items/2/after", "\"s.nothing\""}, I "#/items/2/after", "unknown_item"},
	{{I, "/items/2/after", "\"s.history\""}, I "#/items/2", "circle"},
	{{I, "/items/8/check", "{\"all\":[{\"item\":\"s.both\"},{\"age_below\":{\"years\":18,\"on\":[\"receipt\"]}}]}"},
	 I "#/items/8/unmet",
	 "missing_member"},
	{{I, "/items/1/check",
	  "{\"any\":[{\"item\":\"s.history\"},{\"document\":{\"types\":[\"note\"],\"within\":{\"days\":60},"
	  "\"author\":[\"@able\"]}}]}"},
	 I "#/items/1",
	 "circle"},
	/* what a check cannot say, the item says */
	{{I, "/items/4/unmet", NULL}, I "#/items/4/unmet", "missing_member"},
	{{I, "/items/5/unmet", NULL}, I "#/items/5/unmet", "missing_member"},
	{{I, "/items/9/unmet", NULL}, I "#/items/9/unmet", "missing_member"},
	{{I, "/items/5/unmet", "\"No day of 14 is covered.\""}, I "#/items/5/unmet", "own_number"},
	{{I, "/items/4/unmet", "\"Not so: {dates}.\""}, I "#/items/4/unmet", "unknown_placeholder"},
	{{I, "/items/5/text", "\"Covered: {dates}.\""}, I "#/items/5/text", "unknown_placeholder"},
	{{I, "/items/10/unmet", "\"It is not needed.\""}, I "#/items/10/unmet", "wrong_kind"},
	{{I, "/items/0/check", "{\"in_order\":{\"pairs\":[[\"receipt\",\"first_day\"]]}}"},
	 I "#/items/0/check/in_order/pairs/0",
	 "wrong_place"},
	{{I, "/items/0/check", "{\"in_order\":{\"pairs\":[[\"/lines/*/start\",\"/service_period/end\"]]}}"},
	 I "#/items/0/check/in_order/pairs/0",
	 "wrong_place"},
	{{I, "/items/0/check", "{\"in_order\":{\"pairs\":[[\"receipt\",{\"dated\":[\"diary\"]}]]}}"},
	 I "#/items/0/check/in_order/pairs/0/1/dated/0",
	 "unknown_document"},
	{{I, "/items/0/passes_to", "{\"owner\":\"ccm\"}"}, I "#/items/0/passes_to/when", "missing_member"},
	{{I, "/items/0/passes_to", "{\"owner\":\"cousin\",\"when\":{\"service_dates\":{}}}"},
	 I "#/items/0/passes_to/owner",
	 "unknown_word"},
	{{I, "/items/0/passes_to", "{\"owner\":\"ccm\",\"when\":{\"dates\":{}}}"},
	 I "#/items/0/passes_to/when/dates",
	 "unknown_check"},
	{{I, "/items/9/check/all/0/item", "\"s.nothing\""}, I "#/items/9/check/all/0/item", "unknown_item"},
	{{I, "/items/0/check", NULL}, I "#/items/0/check", "missing_member"},
	{{I, "/items/10/check", "{\"service_dates\":{}}"}, I "#/items/10/check", "wrong_kind"},
	{{I, "/items/8/criterion", NULL}, I "#/items/8/criterion", "missing_member"},
	{{I, "/items/5/reason", NULL}, I "#/items/5/reason", "missing_member"},
	{{I, "/items/6/flag", NULL}, I "#/items/6/flag", "missing_member"},
	{{I, "/items/13/source", "\"interqual\""}, I "#/items/13", "missing_member"},
	{{I, "/items/14/within", "\"due_at\""}, I "#/items/14/within", "wrong_type"},
	{{I, "/items/14/within", "{\"weeks\":2}"}, I "#/items/14/within/weeks", "unknown_member"},
	{{I, "/items/16/attempts/1", "{\"count\":3,\"when\":{\"service_dates\":{}}}"},
	 I "#/items/16/attempts/1",
	 "wrong_order"},
	{{I, "/items/10/by/0", "\"@nobody\""}, I "#/items/10/by/0", "unknown_list"},
	{{I, "/items/10/evidence", "[\"future\"]"}, I "#/items/10/evidence/0", "unknown_section"},
	{{I, "/items/0/then", "\"route\""}, I "#/items/0/then", "wrong_kind"},
	/* what determinations, notices and appeals need */
	{{I, "/items/18/grounds/0", "\"clinical\""}, I "#/items/18/grounds/0", "unknown_word"},
	{{I, "/items/18/of", "[\"approved\",\"denied\"]"}, I "#/items/18/grounds", "wrong_kind"},
	{{I, "/items/18/of/0", "\"refused\""}, I "#/items/18/of/0", "unknown_word"},
	{{I, "/items/18/of", NULL}, I "#/items/18/of", "missing_member"},
	{{I, "/items/18/needs/0", "\"@nothing\""}, I "#/items/18/needs/0", "unknown_list"},
	{{I, "/items/18/certifies", "[\"x\"]"}, I "#/items/18/certifies", "wrong_kind"},
	{{I, "/items/18/certified_as", "\"x\""}, I "#/items/18/certified_as", "wrong_kind"},
	{{I, "/items/11/certified_as", "\"certified\""}, I "#/items/11/certified_as", "wrong_kind"},
	{{I, "/items/11/of", "[\"denied\"]"}, I "#/items/11/of", "wrong_kind"},
	{{I, "/items/11/check", "{\"service_dates\":{}}"}, I "#/items/11/check", "wrong_kind"},
	{{I, "/items/11/check", "{\"any\":[{\"event\":{\"name\":\"certified\"}},{\"not\":{\"event\":{\"name\":\"signed\"}}}]}"},
	 I "#/items/11/check",
	 "wrong_kind"},
	{{I, "/items/6/unapprovable", "\"weather\""}, I "#/items/6/unapprovable", "unknown_word"},
	{{I, "/items/6/check", "{\"service_dates\":{}}"}, I "#/items/6/unapprovable", "wrong_kind"},
	{{I, "/items/5/unapprovable", "\"not_eligible_part\""}, I "#/items/5/unapprovable", "wrong_kind"},
	{{I, "/items/8/unapprovable", "\"not_eligible_part\""}, I "#/items/8/unapprovable", "wrong_kind"},
	{{I, "/items/13/ask_again", "{\"weeks\":1}"}, I "#/items/13/ask_again/weeks", "unknown_member"},
	{{I, "/items/14/ask_again", "{\"hours\":24}"}, I "#/items/14/ask_again", "wrong_kind"},
	{{I, "/items/13/without", "[]"}, I "#/items/13/without", "unknown_member"},
	{{I, "/items/16/each_within", "{\"hours\":0}"}, I "#/items/16/each_within/hours", "too_small"},
	{{I, "/items/16/each_within", NULL}, I "#/items/16/text", "empty_placeholder"},
	{{I, "/items/19/within", "\"due_on\""}, I "#/items/19/within", "wrong_type"},
	{{I, "/items/19/to", NULL}, I "#/items/19/to", "missing_member"},
	{{M, "/items/0/within", NULL}, M "#/items/0/within", "missing_member"},
	{{M, "/items/0/within", "\"due_at\""}, M "#/items/0/within", "wrong_type"},
	{{M, "/items/0/appeal", "\"fast\""}, M "#/items/0/appeal", "unknown_word"},
	{{M, "/items/0/from/1", "\"neighbor\""}, M "#/items/0/from/1", "unknown_word"},
	{{M, "/items/0/by", NULL}, M "#/items/0/by", "missing_member"},
	{{M, "/items/0/of", NULL}, M "#/items/0/of", "missing_member"},
	{{M, "/items/0/needs", "[\"rationale\"]"}, M "#/items/0/needs", "wrong_kind"},
	{{M, "/items/1/check/days/event", NULL}, M "#/items/1/check/days/event", "missing_member"},
	{{I, "/items/6/check/days/event", "\"certified\""}, I "#/items/6/check/days", "unknown_member"},
	{{I, "/items/0/check", "{\"admitted\":{\"by\":{}}}"}, I "#/items/0/check/admitted/by/event", "missing_member"},
	{{I, "/items/0/check", "{\"admitted\":{\"by\":{\"event\":\"a\",\"day\":\"b\"}}}"},
	 I "#/items/0/check/admitted/by/day",
	 "unknown_member"},
	/* sentences */
	{{I, "/items/1/text", "\"The note is of the last 60 days.\""}, I "#/items/1/text", "own_number"},
	{{I, "/items/1/ask", "\"Send the note of the last sixty days.\""}, I "#/items/1/ask", "own_number"},
	{{I, "/items/1/text", "\"Within {age}.\""}, I "#/items/1/text", "unknown_placeholder"},
	{{I, "/items/0/text", "\"Within {window}.\""}, I "#/items/0/text", "empty_placeholder"},
	{{I, "/items/0/text", "\"At most {most_years}.\""}, I "#/items/0/text", "empty_placeholder"},
	{{I, "/items/1/check",
	  "{\"any\":[{\"document\":{\"types\":[\"note\"],\"within\":{\"days\":60},\"author\":[\"@able\"]}},"
	  "{\"document\":{\"types\":[\"plan\"],\"within\":{\"days\":14}}}]}"},
	 I "#/items/1/text",
	 "two_numbers"},
	/* checks */
	{{I, "/items/0/check", "{\"presnt\":{}}"}, I "#/items/0/check/presnt", "unknown_check"},
	{{I, "/items/0/check", "{\"present\":{\"at\":[\"/member/name\"]}}"},
	 I "#/items/0/check/present/at/0",
	 "dangling_pointer"},
	{{I, "/items/0/check", "{\"present\":{\"at\":[\"/facts/calm\"]}}"},
	 I "#/items/0/check/present/at/0",
	 "dangling_pointer"},
	{{I, "/items/0/check", "{\"present\":{\"at\":[]}}"}, I "#/items/0/check/present/at", "too_few"},
	{{I, "/items/0/check", "{\"is\":{\"at\":\"/member/id\",\"value\":true}}"}, I "#/items/0/check/is/at", "wrong_place"},
	{{I, "/items/0/check", "{\"is\":{\"at\":\"/facts/risk\",\"valu\":true}}"},
	 I "#/items/0/check/is/valu",
	 "unknown_member"},
	{{I, "/items/1/check/document/types/0", "\"memo\""}, I "#/items/1/check/document/types/0", "unknown_document"},
	{{I, "/items/1/check/document/within", "60"}, I "#/items/1/check/document/within", "no_unit"},
	{{I, "/items/1/check/document/within", "{\"weeks\":2}"}, I "#/items/1/check/document/within/weeks", "no_unit"},
	{{I, "/items/1/check/document/within", "{\"days\":0}"}, I "#/items/1/check/document/within/days", "out_of_range"},
	{{I, "/items/1/check/document/author/0", "\"@unable\""}, I "#/items/1/check/document/author/0", "unknown_list"},
	{{I, "/items/2/check/sections/need/0", "\"future\""}, I "#/items/2/check/sections/need/0", "unknown_section"},
	{{I, "/items/2/check/sections/of/0", "\"plan\""}, I "#/items/2/check/sections/need", "wrong_section"},
	{{I, "/items/1/check/document/covers", "{\"days\":3,\"or_since\":\"birth\"}"},
	 I "#/items/1/check/document/covers/or_since",
	 "unknown_word"},
	{{I, "/items/2/check/sections/within", "7"}, I "#/items/2/check/sections/within", "no_unit"},
	{{I, "/items/2/check/sections/goal_refs", "1"}, I "#/items/2/check/sections/goal_refs", "wrong_type"},
	{{I, "/items/0/check",
	  "{\"count_at_least\":{\"in\":\"/diagnoses\",\"count\":1,\"where\":{},\"different\":\"colour\"}}"},
	 I "#/items/0/check/count_at_least/different",
	 "dangling_pointer"},
	{{I, "/items/0/check",
	  "{\"count_at_least\":{\"in\":\"/diagnoses\",\"count\":1,\"where\":{},\"different\":\"primary\"}}"},
	 I "#/items/0/check/count_at_least/different",
	 "wrong_place"},
	{{I, "/items/4/check/not/table/name", "\"none\""}, I "#/items/4/check/not/table/name", "unknown_table"},
	{{I, "/items/4/check/not/table/expect/price", "1"}, I "#/items/4/check/not/table/expect/price", "unknown_column"},
	{{I, "/items/5/check/days", "{\"any\":\"covered\",\"no\":\"covered\"}"}, I "#/items/5/check/days", "missing_member"},
	{{I, "/items/5/check/days/any", "\"sunny\""}, I "#/items/5/check/days/any", "unknown_word"},
	{{I, "/items/7/check/one_of/words/0", "7"}, I "#/items/7/check/one_of/words/0", "wrong_type"},
	{{I, "/items/0/check", "{\"one_of\":{\"at\":\"/member/line_of_business\",\"words\":[\"medicare_plus\"]}}"},
	 I "#/items/0/check/one_of/words",
	 "unknown_word"},
	{{I, "/items/8/check/age_below/on/0", "\"tomorrow\""}, I "#/items/8/check/age_below/on/0", "unknown_word"},
	{{I, "/items/0/check", "{\"service_dates\":{},\"present\":{}}"}, I "#/items/0/check", "too_large"},
};

enum { ROW_COUNT = sizeof(rows) / sizeof(rows[0]) };

START_TEST(faults_have_a_spot)
{
	const struct row *row = &rows[_i];
	struct library library;
	library_init(&library);
	library_change(&library, &row->change);
	struct policy_set *set = library_load(&library);
	ck_assert_msg(set == NULL, "%s%s loads", row->change.file, row->change.pointer);
	bool found = false;
	for (size_t i = 0; i < library.issues.count; i++) {
		const struct issue *issue = &library.issues.items[i];
		found = found || (strcmp(issue->pointer, row->spot) == 0 && strcmp(issue->code, row->code) == 0);
	}
	const struct issue *first = library.issues.count > 0 ? &library.issues.items[0] : NULL;
	ck_assert_msg(found, "%s %s is not said; first is %s %s: %s", row->spot, row->code, first ? first->pointer : "nothing",
		      first ? first->code : "", first ? first->detail : "");
	library_finish(&library);
}
END_TEST

struct slip {
	struct library_change change;
	const char *ending; /* of what is said */
};

static const struct slip slips[] = {
	{{I, "/items/1/check/document/types/0", "\"nota\""}, "; did you mean \"note\"?"},
	{{I, "/items/0/cite/0", "\"A.99\""}, "; did you mean \"A.1\"?"},
	{{I, "/items/1/for/0", "\"CARE/initail\""}, "; did you mean \"CARE/initial\"?"},
	{{I, "/items/10/by/0", "\"@abel\""}, "; did you mean \"able\"?"},
	{{I, "/items/1/text", "\"Within {widow}.\""}, "; did you mean \"window\"?"},
	{{I, "/items/2/after", "\"s.nota\""}, "; did you mean \"s.note\"?"},
	{{I, "/items/9/check/all/0/item", "\"s.aje\""}, "; did you mean \"s.age\"?"},
	{{I, "/items/2/check/sections/need/0", "\"histery\""}, "; did you mean \"history\"?"},
	{{I, "/items/3/when/is/at", "\"/facts/rsik\""}, "; did you mean \"risk\"?"},
	{{P, "/calendar", "\"usul\""}, "; did you mean \"usual\"?"},
	{{P, "/overlays/0", "\"lav\""}, "; did you mean \"law\"?"},
	{{I, "/items/1/check/document/within/days", "\"60\""}, "; a number stands without quotes"},
	{{I, "/items/8/check/age_below/years", "\"18\""}, "; a number stands without quotes"},
	{{I, "/items/14/within/business_days", "\"7\""}, "; a number stands without quotes"},
};

START_TEST(slips_are_named)
{
	struct library library;
	library_init(&library);
	library_change(&library, &slips[_i].change);
	ck_assert(library_load(&library) == NULL);
	bool found = false;
	for (size_t i = 0; i < library.issues.count; i++) {
		const char *detail = library.issues.items[i].detail;
		const size_t end = strlen(slips[_i].ending);
		found = found || (strlen(detail) >= end && strcmp(detail + strlen(detail) - end, slips[_i].ending) == 0);
	}
	ck_assert_msg(found, "%s is not said but: %s", slips[_i].ending,
		      library.issues.count > 0 ? library.issues.items[0].detail : "");
	library_finish(&library);
}
END_TEST

/* Every place that a policy may name has a title: sentences are built on it. Elements of lists inside lists have no path. */
static void find_untitled(struct arena *arena, const struct json *root, const struct json *node, const char *path, int lists)
{
	const char *reference = json_text(json_member(node, "$ref"));
	const char *own = json_text(json_member(node, "title"));
	node = reference ? json_at(root, reference + 1) : node;
	own = own ? own : json_text(json_member(node, "title"));
	const struct json *properties = json_member(node, "properties");
	const struct json *items = json_member(node, "items");
	const bool facts = json_member(node, "x-members") != NULL;
	ck_assert_msg(own || properties || facts || lists > 1, "%s has no title", path);
	if (json_member(items, "properties") || json_member(items, "$ref")) {
		find_untitled(arena, root, items, arena_printf(arena, "%s/*", path), lists + 1);
	}
	for (const struct json *one = json_first(properties); one; one = json_next(one)) {
		find_untitled(arena, root, one, arena_printf(arena, "%s/%s", path, json_name(one)), lists);
	}
}

START_TEST(places_have_titles)
{
	struct arena *arena = arena_create();
	const struct json *root = fixture_schema(arena, "request.json");
	find_untitled(arena, root, root, "", 0);
	arena_destroy(arena);
}
END_TEST

START_TEST(good_directory_loads)
{
	struct library library;
	library_init(&library);
	struct policy_set *set = library_load(&library);
	ck_assert_msg(set != NULL, "%s: %s", library.issues.count > 0 ? library.issues.items[0].pointer : "",
		      library.issues.count > 0 ? library.issues.items[0].detail : "");
	ck_assert_uint_eq(policy_set_count(set), 1);
	const struct policy *policy = policy_set_find(set, "sketch", "1");
	ck_assert(policy != NULL && policy_set_at(set, 0) == policy);
	ck_assert_uint_eq(policy->item_count, 25);
	ck_assert_str_eq(policy->items[1]->text, "The note is of the last 60 days.");
	ck_assert_str_eq(policy->items[1]->ask, "Send a note of {earliest} or later.");
	ck_assert_str_eq(policy->items[14]->text, "Within 7 business days.");
	ck_assert_str_eq(policy->items[16]->text, "2 or 3 tries, each within 1 business day.");
	ck_assert_str_eq(policy->items[24]->basis, "overlay");
	size_t count;
	ck_assert_ptr_eq(policy_set_calendars(set, &count), policy->calendar);
	ck_assert_uint_eq(count, 1);
	ck_assert_uint_eq(strlen(policy->calendar->digest_hex), DIGEST_HEX_SIZE - 1);
	ck_assert_uint_eq(policy->overlay_count, 1);
	ck_assert_ptr_eq(policy_set_overlays(set, &count), policy->overlays[0]);
	ck_assert_uint_eq(count, 1);
	ck_assert_str_eq(policy->overlays[0]->id, "law");
	ck_assert_uint_eq(strlen(policy->overlays[0]->digest_hex), DIGEST_HEX_SIZE - 1);
	ck_assert_str_ne(policy->overlays[0]->digest_hex, policy->calendar->digest_hex);
	ck_assert_str_eq(policy_set_payers(set, &count)[0], "acme");
	ck_assert_uint_eq(count, 1);
	policy_set_services(set, "acme", &count);
	ck_assert_uint_eq(count, 3);
	policy_set_destroy(set);
	library_finish(&library);
}
END_TEST

/* White space is no change; a number is; cases are no part of it. */
START_TEST(digest_is_of_the_meaning)
{
	char first[DIGEST_HEX_SIZE];
	struct library library;
	library_init(&library);
	struct policy_set *set = library_load(&library);
	ck_assert(set != NULL);
	memcpy(first, policy_set_at(set, 0)->digest_hex, sizeof(first));
	ck_assert(digest_equal(&policy_set_at(set, 0)->digest, &policy_set_at(set, 0)->digest));
	policy_set_destroy(set);
	library_change(&library, &(struct library_change){"sketch/1/clauses.json", "/document", "\"Sketch\""});
	library_write(&library, "sketch/1/cases/one.json", "{\"about\":\"nothing\",\"cases\":[]}");
	set = library_load(&library);
	ck_assert(set != NULL);
	ck_assert_str_eq(policy_set_at(set, 0)->digest_hex, first);
	policy_set_destroy(set);
	/* nor is the day on which a version ends */
	library_change(&library, &(struct library_change){P, "/in_force/to", "\"2026-12-31\""});
	set = library_load(&library);
	ck_assert(set != NULL);
	ck_assert_str_eq(policy_set_at(set, 0)->digest_hex, first);
	policy_set_destroy(set);
	library_change(&library, &(struct library_change){P, "/in_force", "{\"from\":\"2026-01-01\"}"});
	set = library_load(&library);
	ck_assert(set != NULL);
	ck_assert_str_eq(policy_set_at(set, 0)->digest_hex, first);
	policy_set_destroy(set);
	library_change(&library, &(struct library_change){P, "/in_force/from", "\"2026-01-02\""});
	set = library_load(&library);
	ck_assert(set != NULL);
	ck_assert_str_ne(policy_set_at(set, 0)->digest_hex, first);
	policy_set_destroy(set);
	library_change(&library, &(struct library_change){P, "/in_force/from", "\"2026-01-01\""});
	library_change(&library, &(struct library_change){I, "/items/13/days", "15"});
	set = library_load(&library);
	ck_assert(set != NULL);
	ck_assert_str_ne(policy_set_at(set, 0)->digest_hex, first);
	policy_set_destroy(set);
	library_finish(&library);
}
END_TEST

static void expect_issue(struct library *library, const char *spot, const char *code)
{
	struct policy_set *set = library_load(library);
	ck_assert(set == NULL);
	ck_assert_msg(library->issues.count > 0 && strcmp(library->issues.items[0].pointer, spot) == 0 &&
			      strcmp(library->issues.items[0].code, code) == 0,
		      "%s %s", library->issues.count > 0 ? library->issues.items[0].pointer : "nothing",
		      library->issues.count > 0 ? library->issues.items[0].code : "");
}

static void copy_version(struct library *library, const char *policy, const char *version, const char *from)
{
	static const char *const names[] = {"items.json", "clauses.json"};
	const char *directory = arena_printf(library->arena, "%s/%s", policy, version);
	for (size_t i = 0; i < 2; i++) {
		char path[512];
		(void)snprintf(path, sizeof(path), "%s/sketch/1/%s", library->directory, names[i]);
		FILE *stream = fopen(path, "rbe");
		char *bytes = arena_alloc(library->arena, 65536);
		ck_assert(stream != NULL && fread(bytes, 1, 65535, stream) > 0);
		fclose(stream);
		library_write(library, arena_printf(library->arena, "%s/%s", directory, names[i]), bytes);
	}
	library_write(
		library, arena_printf(library->arena, "%s/policy.json", directory),
		arena_printf(library->arena,
			     "{\"policy\":\"%s\",\"version\":\"%s\",\"title\":\"Next\",\"payer\":\"acme\","
			     "\"in_force\":{\"from\":\"%s\",\"to\":null},\"source\":{\"title\":\"Sketch\"},"
			     "\"zone\":\"America/Los_Angeles\",\"calendar\":\"usual\",\"answers\":[{\"service\":\"CARE\","
			     "\"title\":\"Care\",\"reviews\":[\"initial\"],\"aliases\":[]}],\"lists\":{\"able\":[\"lmp\"]},"
			     "\"documents\":{\"note\":{\"title\":\"Assessment\",\"sections\":[\"history\"]},"
			     "\"plan\":{\"title\":\"Plan\"}},\"sections\":{\"history\":\"History\"},"
			     "\"facts\":{\"risk\":{\"type\":[\"boolean\",\"null\"]}},\"items\":[\"items.json\"]}",
			     policy, version, from));
}

START_TEST(versions_and_policies_do_not_overlap)
{
	struct library library;
	library_init(&library);
	library_change(&library, &(struct library_change){"calendars/usual.json", "/to", "\"2028-12-31\""});
	copy_version(&library, "sketch", "2", "2027-01-01");
	expect_issue(&library, "sketch/2/policy.json#/in_force", "overlap");
	library_change(&library, &(struct library_change){P, "/in_force/to", "\"2026-12-31\""});
	struct policy_set *set = library_load(&library);
	ck_assert_msg(set != NULL, "%s", library.issues.count > 0 ? library.issues.items[0].detail : "");
	ck_assert_uint_eq(policy_set_count(set), 2);
	const struct program *program = NULL;
	struct instant at;
	ck_assert(instant_parse("2027-01-01T08:00:00Z", &at)); /* the first minute of the year in Los Angeles */
	ck_assert_int_eq(policy_set_match(set, "acme", "CARE", "initial", at, &program), POLICY_ANSWERS);
	ck_assert_str_eq(program->policy->version, "2");
	ck_assert(instant_parse("2027-01-01T07:59:59Z", &at));
	ck_assert_int_eq(policy_set_match(set, "acme", "CARE", "initial", at, &program), POLICY_ANSWERS);
	ck_assert_str_eq(program->policy->version, "1");
	policy_set_destroy(set);
	copy_version(&library, "rival", "1", "2026-06-01");
	expect_issue(&library, "sketch/1/policy.json#/answers", "conflict");
	library_finish(&library);
}
END_TEST

START_TEST(requests_find_their_program)
{
	struct library library;
	library_init(&library);
	struct policy_set *set = library_load(&library);
	struct instant at;
	struct instant early;
	const struct program *program = NULL;
	ck_assert(set != NULL);
	ck_assert(instant_parse("2026-03-02T10:00:00-08:00", &at) && instant_parse("2025-12-31T23:00:00-08:00", &early));
	ck_assert_int_eq(policy_set_match(set, "zeta", "CARE", "initial", at, &program), POLICY_UNKNOWN_PAYER);
	ck_assert_int_eq(policy_set_match(set, "acme", "CAR", "initial", at, &program), POLICY_UNKNOWN_SERVICE);
	ck_assert_int_eq(policy_set_match(set, "acme", "CARE", "discharge", at, &program), POLICY_UNKNOWN_REVIEW);
	ck_assert_int_eq(policy_set_match(set, "acme", "care", "concurrent", at, &program), POLICY_ANSWERS);
	ck_assert_str_eq(program->service, "CARE");
	ck_assert_str_eq(program->review, "concurrent");
	ck_assert_uint_eq(program->item_count, 20); /* an obligation is for running care */
	ck_assert_int_eq(policy_set_match(set, "acme", "OTHER", "care", at, &program), POLICY_UNKNOWN_REVIEW);
	ck_assert_int_eq(policy_set_match(set, "acme", "OTHER", "discharge", at, &program), POLICY_MANUAL);
	ck_assert_str_eq(program->route, "Staff take these.");
	ck_assert_int_eq(policy_set_match(set, "acme", "CARE", "initial", early, &program), POLICY_NONE_IN_FORCE);
	ck_assert_str_eq(program->service, "CARE");
	policy_set_destroy(set);
	library_finish(&library);
}
END_TEST

START_TEST(other_faults_of_directories)
{
	struct library library;
	library_init(&library);
	library_write(&library, "sketch/1/stray.json", "{\"section\":\"B\",\"title\":\"B\",\"items\":[]}");
	expect_issue(&library, "sketch/1/stray.json#", "unlisted_file");
	library_write(&library, "sketch/1/stray.json", "{ not json");
	expect_issue(&library, "sketch/1/stray.json#", "unreadable");
	library_finish(&library);
	library_init(&library);
	library_write(&library, "empty/1/items.json", "{}");
	expect_issue(&library, "empty/1/policy.json#", "no_file");
	library_finish(&library);
	library_init(&library);
	library.directory = arena_printf(library.arena, "%s/nowhere", library.directory);
	expect_issue(&library, ".#", "no_directory");
	library.directory = arena_text(library.arena, library.directory, strlen(library.directory) - strlen("/nowhere"));
	library_finish(&library);
}
END_TEST

/* A slip in the manifest is one problem, and so is a directory that is a policy or a version in place of what holds them. */
START_TEST(one_fault_is_told_once)
{
	static const struct {
		const char *below;
		const char *spot;
		const char *says;
	} deep[] = {{"/sketch", "1/policy.json#", "give the directory above"}, {"/sketch/1", "policy.json#", "two above"}};
	struct library library;
	library_init(&library);
	library_write(&library, "sketch/1/policy.json", "{\"policy\": \"sketch\", \"vers");
	expect_issue(&library, "sketch/1/policy.json#", "unreadable");
	ck_assert_uint_eq(library.issues.count, 1);
	library_finish(&library);
	for (size_t i = 0; i < sizeof(deep) / sizeof(deep[0]); i++) {
		library_init(&library);
		library_write(&library, "sketch/1/cases/some.json", "{}");
		const char *whole = library.directory;
		library.directory = arena_printf(library.arena, "%s%s", whole, deep[i].below);
		expect_issue(&library, deep[i].spot, "wrong_directory");
		ck_assert_uint_eq(library.issues.count, 1);
		ck_assert_msg(strstr(library.issues.items[0].detail, deep[i].says) != NULL, "%s",
			      library.issues.items[0].detail);
		library.directory = whole;
		library_finish(&library);
	}
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("load");
	TCase *tests = tcase_create("load");
	tcase_set_timeout(tests, 120);
	tcase_add_loop_test(tests, faults_have_a_spot, 0, ROW_COUNT);
	tcase_add_loop_test(tests, slips_are_named, 0, sizeof(slips) / sizeof(slips[0]));
	tcase_add_test(tests, good_directory_loads);
	tcase_add_test(tests, one_fault_is_told_once);
	tcase_add_test(tests, places_have_titles);
	tcase_add_test(tests, digest_is_of_the_meaning);
	tcase_add_test(tests, versions_and_policies_do_not_overlap);
	tcase_add_test(tests, requests_find_their_program);
	tcase_add_test(tests, other_faults_of_directories);
	suite_add_tcase(suite, tests);
	return run_suite(suite);
}
