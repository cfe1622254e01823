/* SPDX-License-Identifier: Apache-2.0 */
/* Decoding: what a shape accepts, refuses and says about it, and where the values go. */
#include "base/shape.h"

#include "../run_suite.h"
#include "base/text.h"
#include "shape_fixture.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

/* One member "v" of a schema, a value for it, and all that is said. */
struct value_row {
	const char *schema;
	const char *value;
	const char *issues; /* "pointer code; pointer code", "" when the value is accepted */
};

static const struct value_row value_rows[] = {
	{"{'type':'string','maxLength':3}", "'abc'", ""},
	{"{'type':'string','maxLength':3}", "''", ""},
	{"{'type':'string','maxLength':3}", "'äöü'", ""},
	{"{'type':'string','maxLength':3}", "'abcd'", "/v too_long"},
	{"{'type':'string','maxLength':3}", "'\xf0\x9f\x98\x80\xf0\x9f\x98\x80\xf0\x9f\x98\x80'", ""},
	{"{'type':'string','maxLength':3}", "'äöüß'", "/v too_long"},
	{"{'type':'string','maxLength':3,'minLength':2}", "'ä'", "/v too_short"},
	{"{'type':'string','maxLength':3,'minLength':2}", "''", "/v too_short"},
	{"{'type':'string','maxLength':3,'minLength':2}", "'ab'", ""},
	{"{'type':'string','maxLength':3}", "null", "/v wrong_type"},
	{"{'type':['string','null'],'maxLength':3}", "null", ""},
	{"{'type':'string','maxLength':3}", "1", "/v wrong_type"},
	{"{'type':'string','maxLength':3}", "true", "/v wrong_type"},
	{"{'type':'string','maxLength':3}", "{}", "/v wrong_type"},
	{"{'type':'string','maxLength':3}", "[]", "/v wrong_type"},
	{"{'type':'string','enum':['yes','no']}", "'yes'", ""},
	{"{'type':'string','enum':['yes','no']}", "'Yes'", "/v unknown_word"},
	{"{'type':'string','enum':['yes','no']}", "''", "/v unknown_word"},
	{"{'type':'string','enum':['yes','no']}", "null", "/v wrong_type"},
	{"{'type':['string','null'],'enum':['yes','no',null]}", "null", ""},
	{"{'type':'string','maxLength':9,'x-words':'colours'}", "'red'", ""},
	{"{'type':'string','maxLength':9,'x-words':'colours'}", "'rad'", "/v unknown_word"},
	{"{'type':'string','maxLength':9,'x-words':'undeclared'}", "'anything'", ""},
	{"{'type':'string','maxLength':9,'x-words':'undeclared'}", "'anything at all'", "/v too_long"},
	{"{'type':'boolean'}", "false", ""},
	{"{'type':'boolean'}", "0", "/v wrong_type"},
	{"{'type':'boolean'}", "'false'", "/v wrong_type"},
	{"{'type':'boolean'}", "null", "/v wrong_type"},
	{"{'type':'integer','minimum':1,'maximum':5}", "5", ""},
	{"{'type':'integer','minimum':1,'maximum':5}", "5.0", ""},
	{"{'type':'integer','minimum':1,'maximum':5}", "0.1e1", ""},
	{"{'type':'integer','minimum':1,'maximum':5}", "0", "/v too_small"},
	{"{'type':'integer','minimum':1,'maximum':5}", "-1", "/v too_small"},
	{"{'type':'integer','minimum':1,'maximum':5}", "6", "/v too_large"},
	{"{'type':'integer','minimum':1,'maximum':5}", "1.5", "/v wrong_type"},
	{"{'type':'integer','minimum':1,'maximum':5}", "'1'", "/v wrong_type"},
	{"{'type':'integer'}", "1e15", ""},
	{"{'type':'integer'}", "1e16", "/v wrong_type"},
	{"{'type':'number','minimum':-1.5,'maximum':1.5}", "-1.5", ""},
	{"{'type':'number','minimum':-1.5,'maximum':1.5}", "1.51", "/v too_large"},
	{"{'type':'number','minimum':-1.5,'maximum':1.5}", "-2", "/v too_small"},
	{"{'type':'number','x-form':'positive'}", "0", ""},
	{"{'type':'number'}", "'0'", "/v wrong_type"},
	{"{'type':'string','format':'date'}", "'2024-02-29'", ""},
	{"{'type':'string','format':'date'}", "'2026-02-29'", "/v not_a_date"},
	{"{'type':'string','format':'date'}", "'2026-2-3'", "/v not_a_date"},
	{"{'type':'string','format':'date'}", "'02/03/2026'", "/v not_a_date"},
	{"{'type':'string','format':'date'}", "' 2026-02-03'", "/v not_a_date"},
	{"{'type':'string','format':'date'}", "'2026-02-03T09:00:00Z'", "/v not_a_date"},
	{"{'type':'string','format':'date'}", "'0000-01-01'", "/v not_a_date"},
	{"{'type':'string','format':'date'}", "''", "/v not_a_date"},
	{"{'type':'string','format':'date'}", "20260203", "/v wrong_type"},
	{"{'type':'string','format':'date-time'}", "'2026-02-03T09:00:00-08:00'", ""},
	{"{'type':'string','format':'date-time'}", "'2026-02-03T09:00:00'", "/v not_an_instant"},
	{"{'type':'string','format':'date-time'}", "'2026-02-30T09:00:00Z'", "/v not_an_instant"},
	{"{'type':'string','format':'date-time'}", "'2026-02-03'", "/v not_an_instant"},
	{"{'type':'string','format':'date-time'}", "'2026-02-03T25:00:00Z'", "/v not_an_instant"},
	{"{'type':'string','format':'moment'}", "'2026-02-03'", ""},
	{"{'type':'string','format':'moment'}", "'2026-02-03T09:00:00Z'", ""},
	{"{'type':'string','format':'moment'}", "'2026-02-31'", "/v not_a_date"},
	{"{'type':'string','format':'moment'}", "'today'", "/v not_a_date"},
	{"{'type':'string','format':'moment'}", "'2026-02-03T09:00:00'", "/v not_an_instant"},
	{"{'type':'string','format':'moment'}", "false", "/v wrong_type"},
	{"{'type':'array','maxItems':2,'items':{'type':'string','maxLength':1}}", "[]", ""},
	{"{'type':'array','maxItems':2,'items':{'type':'string','maxLength':1}}", "['a','b']", ""},
	{"{'type':'array','maxItems':2,'items':{'type':'string','maxLength':1}}", "['a','bb']", "/v/1 too_long"},
	{"{'type':'array','maxItems':2,'items':{'type':'string','maxLength':1}}", "[null,2]",
	 "/v/0 wrong_type; /v/1 wrong_type"},
	{"{'type':'array','maxItems':2,'items':{'type':'string','maxLength':1}}", "['a','b',3]", "/v too_many"},
	{"{'type':'array','maxItems':2,'minItems':1,'items':{'type':'string','maxLength':1}}", "[]", "/v too_few"},
	{"{'type':'array','maxItems':2,'items':{'type':'string','maxLength':1}}", "'a'", "/v wrong_type"},
	{"{'type':'array','maxItems':2,'items':{'type':'string','enum':['a','b']}}", "['a','c']", "/v/1 unknown_word"},
	{LIST_OF_A, "[{},{'a':'x'}]", ""},
	{LIST_OF_A, "[{'a':1},{'b':'x'}]", "/v/0/a wrong_type; /v/1/b unknown_member"},
	{LIST_OF_A, "[1,null,[]]", "/v/0 wrong_type; /v/1 wrong_type; /v/2 wrong_type"},
	{LIST_OF_A, "[{'a':'x'},{'a':'y'},{'a':'x'},{'a':'x'}]", "/v/2/a duplicate_id; /v/3/a duplicate_id"},
	{LIST_OF_A, "[{'a':null},{'a':null},{},{}]", ""},
	{LIST_OF_A, "[{},{},{},{},{}]", "/v too_many"},
	{LIST_OF_A, "{}", "/v wrong_type"},
	{"{'type':'object','additionalProperties':false,'properties':{'a':{'type':'boolean'}}}", "{'a':true}", ""},
	{"{'type':'object','additionalProperties':false,'properties':{'a':{'type':'boolean'}}}", "[]", "/v wrong_type"},
	{"{'type':'object','additionalProperties':false,'required':['a'],'properties':{'a':{'type':'boolean'}}}", "{}",
	 "/v/a missing_member"},
	{"{'type':'object','additionalProperties':false,'required':['a'],'properties':{'a':{'type':'boolean'}}}", "{'a':1}",
	 "/v/a wrong_type"},
	{"{'type':'object','additionalProperties':false,'properties':{}}", "{'a/b':1,'c~d':2,'':3}",
	 "/v/a~1b unknown_member; /v/c~0d unknown_member; /v/ unknown_member"},
	{"{'type':'object','additionalProperties':false,'x-members':'answers','properties':{}}", "{'calm':true}", ""},
	{"{'type':'object','additionalProperties':false,'x-members':'answers','properties':{}}", "{'calm':'x','loud':1}",
	 "/v/calm wrong_type; /v/loud unknown_member"},
	{"{'type':'object','additionalProperties':false,'x-members':'undeclared','properties':{}}", "{'calm':true}",
	 "/v/calm unknown_member"},
	{"{'type':'object','x-members':'answers'}", "{'calm':true,'loud':1}", "/v/loud unknown_member"},
};

START_TEST(says_exactly_what_is_wrong_with_a_value)
{
	const struct value_row *row = &value_rows[_i];
	struct arena *arena = arena_create();
	const char *schema =
		arena_printf(arena, "{'type':'object','additionalProperties':false,'properties':{'v':%s}}", row->schema);
	const char *body = arena_printf(arena, "{'v':%s}", row->value);
	struct issues issues;
	const struct record *record = fixture_decode(arena, schema, body, &issues);
	const char *said = fixture_said(&issues);

	ck_assert_msg(strcmp(said, row->issues) == 0, "%s against %s said '%s'", row->value, row->schema, said);
	ck_assert_msg((record != NULL) == (row->issues[0] == '\0'), "%s against %s", row->value, row->schema);
	arena_destroy(arena);
}
END_TEST

struct form_row {
	const char *schema;
	const char *value;
	bool senseless;
};

#define FORM(name) "{'type':'string','maxLength':50,'x-form':'" name "'}"
#define ABOVE(type) "{'type':'" type "','x-form':'positive'}"

static const struct form_row form_rows[] = {
	{FORM("npi"), "'1234567893'", false},   {FORM("npi"), "'1245319599'", false},
	{FORM("npi"), "'1234567890'", true},    {FORM("npi"), "'1234567839'", true},
	{FORM("npi"), "'123456789'", true},     {FORM("npi"), "'12345678930'", true},
	{FORM("npi"), "'123456789x'", true},    {FORM("npi"), "''", false},
	{FORM("npi"), "'  '", false},           {FORM("tax_id"), "'930000001'", false},
	{FORM("tax_id"), "'93-0000001'", true}, {FORM("tax_id"), "'93000000'", true},
	{FORM("icd10"), "'F33.2'", false},      {FORM("icd10"), "'F20'", false},
	{FORM("icd10"), "'F332'", false},       {FORM("icd10"), "'S72.001A'", false},
	{FORM("icd10"), "'C7A.010'", false},    {FORM("icd10"), "'F33.'", true},
	{FORM("icd10"), "'F33.22222'", true},   {FORM("icd10"), "'33.2'", true},
	{FORM("icd10"), "'F3'", true},          {FORM("icd10"), "'F'", true},
	{FORM("icd10"), "'F33..2'", true},      {FORM("icd10"), "'F33 2'", true},
	{ABOVE("number"), "0.5", false},        {ABOVE("number"), "0", true},
	{ABOVE("number"), "-0.0", true},        {ABOVE("integer"), "-1", true},
	{ABOVE("integer"), "1", false},
};

START_TEST(marks_what_cannot_be_right)
{
	const struct form_row *row = &form_rows[_i];
	struct arena *arena = arena_create();
	const char *schema =
		arena_printf(arena, "{'type':'object','additionalProperties':false,'properties':{'v':%s}}", row->schema);
	struct issues issues;
	const struct record *record = fixture_decode(arena, schema, arena_printf(arena, "{'v':%s}", row->value), &issues);

	ck_assert_msg(record != NULL, "%s is refused", row->value);
	ck_assert_msg(record_value(record, 0)->senseless == row->senseless, "%s", row->value);
	arena_destroy(arena);
}
END_TEST

#define CARE \
	"{'type':'object','additionalProperties':false,'required':['service','review'],'properties':{" \
	"'service':{'type':'string','maxLength':9}," \
	"'review':{'type':'string','enum':['initial','concurrent']}," \
	"'member':{'type':['object','null'],'additionalProperties':false,'properties':{" \
	"'id':{'type':['string','null'],'maxLength':9},'born':{'type':['string','null'],'format':'date'}," \
	"'home':{'type':['object','null'],'additionalProperties':false,'properties':{" \
	"'county':{'type':['string','null'],'maxLength':9}}}}}," \
	"'lines':{'type':['array','null'],'maxItems':5,'items':{'type':'object','additionalProperties':false,'properties':{" \
	"'units':{'type':['number','null']}," \
	"'author':{'type':['object','null'],'additionalProperties':false,'properties':{" \
	"'credential':{'type':['string','null'],'maxLength':9}}}," \
	"'parts':{'type':['array','null'],'maxItems':5,'items':{'type':'object','additionalProperties':false,'properties':{" \
	"'as_of':{'type':['string','null'],'format':'moment'}}}}}}}," \
	"'tags':{'type':['array','null'],'maxItems':5,'items':{'type':'string','maxLength':9}}}}"

START_TEST(all_issues_come_at_once_with_a_fix)
{
	struct arena *arena = arena_create();
	struct issues issues;
	const char *body = "{'servce':'PRTS','review':'initail','member':{'id':7,'born':'2026-02-30','ssn':'x'},"
			   "'lines':[{'units':1},{'units':'two','author':{'credential':'much too long'}}]}";

	ck_assert_ptr_null(fixture_decode(arena, CARE, body, &issues));
	ck_assert_str_eq(fixture_said(&issues),
			 "/servce unknown_member; /review unknown_word; /member/id wrong_type; /member/born not_a_date; "
			 "/member/ssn unknown_member; /lines/1/units wrong_type; /lines/1/author/credential too_long; "
			 "/service missing_member");
	ck_assert_str_eq(issues.items[0].fix, "Did you mean \"service\"?");
	ck_assert_str_eq(issues.items[1].fix, "Did you mean \"initial\"?");
	ck_assert_str_eq(issues.items[2].detail, "A number stands where text is needed.");
	ck_assert_str_eq(issues.items[2].fix, "Send text, or null where it is not known.");
	ck_assert_str_eq(issues.items[3].detail, "This is not a day of the calendar.");
	ck_assert_str_eq(issues.items[4].fix, "Leave it out.");
	ck_assert_str_eq(issues.items[6].detail, "The text has 13 characters; at most 9 are allowed.");
	ck_assert_str_eq(issues.items[7].detail, "Without \"service\" the body cannot be read.");
	arena_destroy(arena);
}
END_TEST

START_TEST(a_word_far_from_all_lists_them)
{
	struct arena *arena = arena_create();
	struct issues issues;

	ck_assert_ptr_null(fixture_decode(arena, CARE, "{'service':'x','review':'something'}", &issues));
	ck_assert_str_eq(issues.items[0].fix, "Use one of: initial, concurrent.");
	arena_destroy(arena);
}
END_TEST

START_TEST(values_are_never_quoted)
{
	static const char *const wrong[] = {
		"{'service':'Xyzzy and more','review':'Xyzzy','member':'Xyzzy','lines':'Xyzzy','tags':['Xyzzy and more']}",
		"{'service':{'a':'Xyzzy'},'review':['Xyzzy'],'member':{'id':'Xyzzy and more','born':'Xyzzy','home':'Xyzzy'}}",
		"{'lines':[{'units':'Xyzzy','parts':[{'as_of':'Xyzzy'},{'as_of':'2026-05-14TXyzzy'}]},'Xyzzy'],'tags':'Xyzzy'}",
	};

	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
		struct arena *arena = arena_create();
		struct issues issues;

		ck_assert_ptr_null(fixture_decode(arena, CARE, wrong[i], &issues));
		for (size_t j = 0; j < issues.count; j++) {
			ck_assert_msg(strstr(issues.items[j].detail, "Xyzzy") == NULL, "%s", issues.items[j].detail);
			ck_assert_msg(strstr(issues.items[j].fix, "Xyzzy") == NULL, "%s", issues.items[j].fix);
		}
		arena_destroy(arena);
	}
}
END_TEST

START_TEST(issues_beyond_the_cap_are_counted)
{
	struct arena *arena = arena_create();
	struct text body;
	struct issues issues;

	text_init(&body, arena, 4096);
	text_puts(&body, "{'service':'x','review':'initial'");
	for (int i = 0; i < ISSUES_MAX + 23; i++) {
		text_printf(&body, ",'no%d':%d", i, i);
	}
	text_puts(&body, "}");
	ck_assert_ptr_null(fixture_decode(arena, CARE, body.data, &issues));
	ck_assert_uint_eq(issues.count, ISSUES_MAX);
	ck_assert_uint_eq(issues.omitted, 23);
	arena_destroy(arena);
}
END_TEST

START_TEST(issues_of_others_do_not_refuse_a_body)
{
	struct arena *arena = arena_create();
	const struct shape *shape = fixture_compile(arena, CARE);
	struct issues issues;

	issues_init(&issues, arena);
	issues_add(&issues, "/other", "other", NULL, "Something else.");
	const struct json *body = fixture_json(arena, "{'service':'x','review':'initial'}");
	ck_assert_ptr_nonnull(shape_decode(shape, body, arena, &issues));
	arena_destroy(arena);
}
END_TEST

static const struct value *value_at(const struct shape *shape, const struct record *record, const char *pointer)
{
	struct slot slot;

	ck_assert_msg(shape_find(shape, pointer, &slot), "%s", pointer);
	ck_assert_ptr_null(slot.list);
	ck_assert_str_eq(slot.pointer, pointer);
	return record_value(record, slot.index);
}

START_TEST(values_go_to_their_slots)
{
	struct arena *arena = arena_create();
	const struct shape *shape = fixture_compile(arena, CARE);
	struct issues issues;

	issues_init(&issues, arena);
	const struct json *body = fixture_json(
		arena, "{'service':'x','review':'concurrent','member':{'born':'1970-01-02','home':{'county':null}},"
		       "'tags':['a','b'],'lines':[{'units':1.5},{'author':{'credential':'lmp'}}]}");
	const struct record *record = shape_decode(shape, body, arena, &issues);
	ck_assert_ptr_nonnull(record);
	ck_assert_str_eq(value_at(shape, record, "/service")->text, "x");
	ck_assert_uint_eq(value_at(shape, record, "/review")->type, VALUE_WORD);
	ck_assert_uint_eq(value_at(shape, record, "/review")->word, 1);
	ck_assert_str_eq(value_at(shape, record, "/review")->text, "concurrent");
	ck_assert_uint_eq(value_at(shape, record, "/member")->type, VALUE_GROUP);
	ck_assert_uint_eq(value_at(shape, record, "/member/id")->state, VALUE_ABSENT);
	ck_assert_int_eq(value_at(shape, record, "/member/born")->date.day, 1);
	ck_assert_uint_eq(value_at(shape, record, "/member/home")->state, VALUE_PRESENT);
	ck_assert_uint_eq(value_at(shape, record, "/member/home/county")->state, VALUE_NULL);
	const struct value *tags = value_at(shape, record, "/tags");
	ck_assert_uint_eq(tags->count, 2);
	ck_assert_str_eq(tags->texts[1], "b");
	const struct value *lines = value_at(shape, record, "/lines");
	ck_assert_uint_eq(lines->count, 2);
	ck_assert_uint_eq(lines->records[1]->index, 1);
	struct slot slot;
	ck_assert(shape_find(shape, "/lines/*/units", &slot));
	ck_assert_ptr_eq(slot.list, lines->records[0]->layout);
	ck_assert_ptr_eq(record_value(record, slot.list_index), lines);
	ck_assert(record_value(lines->records[0], slot.index)->number == 1.5);
	ck_assert_uint_eq(record_value(lines->records[1], slot.index)->state, VALUE_ABSENT);
	ck_assert(layout_find(slot.list, "author/credential", &slot));
	ck_assert_str_eq(record_value(lines->records[1], slot.index)->text, "lmp");
	ck_assert_uint_eq(record_value(lines->records[0], slot.index)->state, VALUE_ABSENT);
	arena_destroy(arena);
}
END_TEST

START_TEST(an_absent_or_null_group_leaves_its_members_absent)
{
	static const char *const bodies[] = {"{'service':'x','review':'initial'}",
					     "{'service':'x','review':'initial','member':null}"};

	for (int i = 0; i < 2; i++) {
		struct arena *arena = arena_create();
		const struct shape *shape = fixture_compile(arena, CARE);
		struct issues issues;

		issues_init(&issues, arena);
		const struct record *record = shape_decode(shape, fixture_json(arena, bodies[i]), arena, &issues);
		ck_assert_ptr_nonnull(record);
		ck_assert_uint_eq(value_at(shape, record, "/member")->state, i == 0 ? VALUE_ABSENT : VALUE_NULL);
		ck_assert_uint_eq(value_at(shape, record, "/member/id")->state, VALUE_ABSENT);
		ck_assert_uint_eq(value_at(shape, record, "/member/home/county")->state, VALUE_ABSENT);
		arena_destroy(arena);
	}
}
END_TEST

START_TEST(a_moment_says_what_was_found)
{
	struct arena *arena = arena_create();
	const struct shape *shape = fixture_compile(arena, CARE);
	struct issues issues;

	issues_init(&issues, arena);
	const struct json *body = fixture_json(arena, "{'service':'x','review':'initial','lines':[{'parts':["
						      "{'as_of':'1970-01-02'},{'as_of':'1970-01-01T00:00:01Z'}]}]}");
	const struct record *record = shape_decode(shape, body, arena, &issues);
	ck_assert_ptr_nonnull(record);
	const struct layout *parts = shape_elements(shape, "/lines/*/parts");
	struct slot list;
	struct slot as_of;
	ck_assert(layout_find(shape_elements(shape, "/lines"), "parts", &list) && layout_find(parts, "as_of", &as_of));
	const struct record *line = value_at(shape, record, "/lines")->records[0];
	const struct value *found = record_value(line, list.index);
	ck_assert_uint_eq(record_value(found->records[0], as_of.index)->type, VALUE_DATE);
	ck_assert_int_eq(record_value(found->records[0], as_of.index)->date.day, 1);
	ck_assert_uint_eq(record_value(found->records[1], as_of.index)->type, VALUE_INSTANT);
	ck_assert_int_eq(record_value(found->records[1], as_of.index)->instant.us, 1000000);
	arena_destroy(arena);
}
END_TEST

START_TEST(a_supplement_needs_no_required_member)
{
	struct arena *arena = arena_create();
	const struct shape *shape = fixture_compile(arena, CARE);
	struct issues issues;

	issues_init(&issues, arena);
	ck_assert_ptr_nonnull(shape_decode_part(shape, fixture_json(arena, "{'tags':[]}"), arena, &issues));
	ck_assert_ptr_null(shape_decode_part(shape, fixture_json(arena, "{'tags':[1]}"), arena, &issues));
	ck_assert_str_eq(fixture_said(&issues), "/tags/0 wrong_type");
	arena_destroy(arena);
}
END_TEST

START_TEST(a_body_must_be_an_object)
{
	struct arena *arena = arena_create();
	struct issues issues;

	ck_assert_ptr_null(fixture_decode(arena, CARE, "[]", &issues));
	ck_assert_str_eq(fixture_said(&issues), " wrong_type");
	arena_destroy(arena);
}
END_TEST

START_TEST(places_that_are_not_there_are_not_found)
{
	static const char *const pointers[] = {"",
					       "/",
					       "service",
					       "/member/",
					       "/member/idx",
					       "/lines/units",
					       "/lines/*",
					       "/lines/*/",
					       "/lines/0/units",
					       "/lines/*/parts/*/as_of",
					       "/tags/*",
					       "/services"};
	struct arena *arena = arena_create();
	const struct shape *shape = fixture_compile(arena, CARE);
	struct slot slot;

	for (size_t i = 0; i < sizeof(pointers) / sizeof(pointers[0]); i++) {
		ck_assert_msg(!shape_find(shape, pointers[i], &slot), "'%s'", pointers[i]);
	}
	ck_assert_ptr_null(shape_elements(shape, "/tags"));
	ck_assert_ptr_null(shape_elements(shape, "/member"));
	ck_assert_ptr_null(shape_elements(shape, "/lines/*/nothing"));
	ck_assert(!layout_find(shape_elements(shape, "/lines"), "credential", &slot));
	arena_destroy(arena);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("shape");
	TCase *tcase = tcase_create("shape");

	tcase_add_loop_test(tcase, says_exactly_what_is_wrong_with_a_value, 0,
			    (int)(sizeof(value_rows) / sizeof(value_rows[0])));
	tcase_add_loop_test(tcase, marks_what_cannot_be_right, 0, (int)(sizeof(form_rows) / sizeof(form_rows[0])));
	tcase_add_test(tcase, all_issues_come_at_once_with_a_fix);
	tcase_add_test(tcase, a_word_far_from_all_lists_them);
	tcase_add_test(tcase, values_are_never_quoted);
	tcase_add_test(tcase, issues_beyond_the_cap_are_counted);
	tcase_add_test(tcase, issues_of_others_do_not_refuse_a_body);
	tcase_add_test(tcase, values_go_to_their_slots);
	tcase_add_test(tcase, an_absent_or_null_group_leaves_its_members_absent);
	tcase_add_test(tcase, a_moment_says_what_was_found);
	tcase_add_test(tcase, a_supplement_needs_no_required_member);
	tcase_add_test(tcase, a_body_must_be_an_object);
	tcase_add_test(tcase, places_that_are_not_there_are_not_found);
	suite_add_tcase(suite, tcase);
	return run_suite(suite);
}
