/* SPDX-License-Identifier: Apache-2.0 */
/* Compiling: what a schema may not say, what $ref and declarations do, and that the schemas of the project compile. */
#include "base/shape.h"

#include "../run_suite.h"
#include "shape_fixture.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct schema_row {
	const char *schema;
	const char *why; /* the whole detail */
};

#define ROOT(properties) "{'type':'object','additionalProperties':false,'properties':{" properties "}}"

static const struct schema_row schema_rows[] = {
	{"[]", "schema#: a schema must be an object"},
	{"{}", "schema#: every schema needs a \"type\""},
	{"{'type':'string','maxLength':1}", "schema#: the outermost schema must be of type object"},
	{"{'type':['object','null'],'additionalProperties':false,'properties':{}}",
	 "schema#: the outermost schema must be of type object"},
	{"{'type':'object','properties':{}}", "schema#: an object needs \"additionalProperties\": false"},
	{"{'type':'object','additionalProperties':true,'properties':{}}",
	 "schema#: an object needs \"additionalProperties\": false"},
	{ROOT("'a':{'type':'object','additionalProperties':true,'x-members':'answers'}"),
	 "schema#/properties/a: an object needs \"additionalProperties\": false"},
	{"{'type':'object','additionalProperties':false}", "schema#: \"properties\" must be an object"},
	{"{'type':'object','additionalProperties':false,'properties':{},'required':['a']}",
	 "schema#: \"required\" names a member that is not there"},
	{"{'type':'object','additionalProperties':false,'properties':{},'oneOf':[]}",
	 "schema#: the keyword \"oneOf\" is not used here"},
	{"{'$id':'x.json','type':'object','additionalProperties':false,'properties':{'a~/b':{'type':'text'}}}",
	 "x.json#/properties/a~0~1b: unknown type \"text\""},
	{ROOT("'a':{'type':'string'}"), "schema#/properties/a: text needs \"maxLength\", \"enum\" or \"format\""},
	{ROOT("'a':{'type':'string','maxLength':-1}"),
	 "schema#/properties/a: \"maxLength\" must be a whole number from 0 to 1000000"},
	{ROOT("'a':{'type':'string','maxLength':1,'pattern':'a'}"),
	 "schema#/properties/a: the keyword \"pattern\" is not used here"},
	{ROOT("'a':{'type':'string','maxLength':1,'minimum':1}"),
	 "schema#/properties/a: \"minimum\" says nothing about this type"},
	{ROOT("'a':{'type':'string','maxLength':1,'$id':'b'}"), "schema#/properties/a: the keyword \"$id\" is not used here"},
	{ROOT("'a':{'type':'string','format':'uri'}"), "schema#/properties/a: unknown format \"uri\""},
	{ROOT("'a':{'type':'string','format':'date','maxLength':9}"),
	 "schema#/properties/a: \"maxLength\" says nothing about this type"},
	{ROOT("'a':{'type':['string','boolean'],'maxLength':1}"),
	 "schema#/properties/a: a list of types must be one type and \"null\""},
	{ROOT("'a':{'type':'string','enum':[]}"), "schema#/properties/a: \"enum\" must be a list of words"},
	{ROOT("'a':{'type':'string','enum':['b','c','b']}"), "schema#/properties/a: \"b\" stands in the list twice"},
	{ROOT("'a':{'type':'string','enum':['b',1]}"), "schema#/properties/a: \"enum\" holds words and null only"},
	{ROOT("'a':{'type':['string','null'],'enum':['b']}"),
	 "schema#/properties/a: null must stand both in \"type\" and in \"enum\", or in neither"},
	{ROOT("'a':{'type':'string','enum':['b',null]}"),
	 "schema#/properties/a: null must stand both in \"type\" and in \"enum\", or in neither"},
	{ROOT("'a':{'type':'string','maxLength':1,'x-form':'ssn'}"), "schema#/properties/a: unknown x-form \"ssn\""},
	{ROOT("'a':{'type':'number','x-form':'npi'}"), "schema#/properties/a: x-form \"npi\" says nothing about this type"},
	{ROOT("'a':{'type':'string','maxLength':1,'x-form':'positive'}"),
	 "schema#/properties/a: x-form \"positive\" says nothing about this type"},
	{ROOT("'a':{'type':'boolean','x-form':'positive'}"), "schema#/properties/a: \"x-form\" says nothing about this type"},
	{ROOT("'a':{'type':'integer','minimum':'1'}"), "schema#/properties/a: \"minimum\" must be a number"},
	{ROOT("'a':{'type':'array','maxItems':1}"), "schema#/properties/a: an array needs \"items\""},
	{ROOT("'a':{'type':'array','items':{'type':'string','maxLength':1}}"),
	 "schema#/properties/a: an array needs \"maxItems\""},
	{ROOT("'a':{'type':'array','maxItems':1,'items':{'type':'number'}}"),
	 "schema#/properties/a/items: an array holds objects or plain text, nothing else"},
	{ROOT("'a':{'type':'array','maxItems':1,'items':{'type':['string','null'],'maxLength':1}}"),
	 "schema#/properties/a/items: elements of an array may not be null"},
	{ROOT("'a':{'type':'array','maxItems':1,'items':{'type':'string'}}"),
	 "schema#/properties/a/items: text needs \"maxLength\", \"enum\" or \"format\""},
	{ROOT("'a':{'type':'array','maxItems':1,'items':{'type':'string','maxLength':10,'x-form':'npi'}}"),
	 "schema#/properties/a/items: elements of a list of text have no x-form"},
	{ROOT("'a':{'type':'array','maxItems':1,'items':{'type':'object','additionalProperties':false,'properties':{"
	      "'b':{'type':'word'}}}}"),
	 "schema#/properties/a/items/properties/b: unknown type \"word\""},
	{ROOT("'a':{'type':'array','maxItems':1,'x-unique':'id','items':{'type':'object','additionalProperties':false,"
	      "'properties':{'id':{'type':'boolean'}}}}"),
	 "schema#/properties/a: x-unique names \"id\", which is no text member"},
	{ROOT("'a':{'$ref':'#/$defs/b'}"), "schema#/properties/a: $ref names \"#/$defs/b\", which is not there"},
	{ROOT("'a':{'$ref':'#/properties/b'}"), "schema#/properties/a: $ref must name \"#/$defs/x\" or \"file.json#/$defs/x\""},
	{ROOT("'a':{'$ref':'gone.json#/$defs/b'}"), "schema#/properties/a: there is no file \"gone.json\""},
	{ROOT("'a':{'$ref':'#/$defs/b','maxLength':1}"), "schema#/properties/a: \"maxLength\" may not stand beside $ref"},
	{ROOT("'a':{'$ref':1}"), "schema#/properties/a: $ref must be text"},
	{ROOT("'a':{'type':'object','x-members':'answers','additionalProperties':false,'properties':{"
	      "'calm':{'type':'boolean'}}}"),
	 "schema#/properties/a/x-members/answers: \"calm\" is a member already"},
};

START_TEST(refuses_what_is_outside_the_subset)
{
	const struct schema_row *row = &schema_rows[_i];
	struct arena *arena = arena_create();
	struct err err = {0};

	const struct shape *shape =
		shape_compile(arena, fixture_json(arena, row->schema), fixture_declarations(arena), NULL, NULL, &err);
	ck_assert_msg(shape == NULL, "%s compiles", row->schema);
	ck_assert_int_eq(err.code, ERR_CONFIG);
	ck_assert_str_eq(err.detail, row->why);
	arena_destroy(arena);
}
END_TEST

START_TEST(a_ref_that_leads_back_to_itself_is_refused)
{
	static const char *const schemas[] = {
		"{'type':'object','additionalProperties':false,'properties':{'a':{'$ref':'#/$defs/b'}},"
		"'$defs':{'b':{'$ref':'#/$defs/b'}}}",
		"{'type':'object','additionalProperties':false,'properties':{'a':{'$ref':'#/$defs/b'}},'$defs':{'b':"
		"{'type':'object','additionalProperties':false,'properties':{'c':{'$ref':'#/$defs/b'}}}}}",
		"{'type':'object','additionalProperties':false,'properties':{'a':{'$ref':'#/$defs/b'}},'$defs':{'b':"
		"{'type':'array','maxItems':1,'items':{'$ref':'#/$defs/c'}},'c':{'type':'object','additionalProperties':false,"
		"'properties':{'d':{'$ref':'#/$defs/b'}}}}}",
	};

	for (size_t i = 0; i < sizeof(schemas) / sizeof(schemas[0]); i++) {
		struct arena *arena = arena_create();
		struct err err = {0};

		ck_assert_ptr_null(shape_compile(arena, fixture_json(arena, schemas[i]), NULL, NULL, NULL, &err));
		ck_assert_msg(strstr(err.detail, "does a $ref lead back to itself?") != NULL, "%s", err.detail);
		arena_destroy(arena);
	}
}
END_TEST

/* Two files: what "#/$defs/x" means depends on the file in which it stands. */
static const struct json *two_files(void *context, const char *file)
{
	const struct json *const *other = context;

	return strcmp(file, "other.json") == 0 ? *other : NULL;
}

START_TEST(a_ref_is_read_in_its_own_file)
{
	struct arena *arena = arena_create();
	const struct json *other = fixture_json(
		arena, "{'$defs':{'a':{'type':'object','additionalProperties':false,'properties':{'b':{'$ref':'#/$defs/b'}}},"
		       "'b':{'type':'string','enum':['other']}}}");
	const struct json *schema = fixture_json(
		arena, "{'type':'object','additionalProperties':false,'properties':{'a':{'$ref':'other.json#/$defs/a',"
		       "'description':'An a.'},'b':{'$ref':'#/$defs/b'}},'$defs':{'b':{'type':'string','enum':['own']}}}");
	struct err err = {0};
	const struct shape *shape = shape_compile(arena, schema, NULL, two_files, &other, &err);
	ck_assert_msg(shape != NULL, "%s", err.detail);
	struct slot slot;
	ck_assert(shape_find(shape, "/a/b", &slot));
	ck_assert_str_eq(slot.words[0], "other");
	ck_assert(shape_find(shape, "/b", &slot));
	ck_assert_str_eq(slot.words[0], "own");
	arena_destroy(arena);
}
END_TEST

START_TEST(a_slot_says_what_its_place_holds)
{
	struct arena *arena = arena_create();
	const struct shape *shape = fixture_compile(
		arena,
		ROOT("'npi':{'type':'string','maxLength':10,'x-form':'npi'},"
		     "'colour':{'type':['string','null'],'maxLength':9,'x-words':'colours'},"
		     "'colours':{'type':'array','maxItems':9,'items':{'type':'string','maxLength':9,'x-words':'colours'}},"
		     "'told':{'type':'object','additionalProperties':false,'x-members':'answers'}"));
	struct slot slot;

	ck_assert(shape_find(shape, "/npi", &slot));
	ck_assert_uint_eq(slot.type, VALUE_TEXT);
	ck_assert_uint_eq(slot.form, FORM_NPI);
	ck_assert_str_eq(shape_form_needed(FORM_NPI), "a 10-digit NPI whose check digit is right");
	ck_assert(shape_find(shape, "/colour", &slot));
	ck_assert_uint_eq(slot.type, VALUE_WORD);
	ck_assert_uint_eq(slot.word_count, 2);
	ck_assert_str_eq(slot.words[1], "blue");
	ck_assert(shape_find(shape, "/colours", &slot));
	ck_assert_uint_eq(slot.type, VALUE_TEXTS);
	ck_assert_uint_eq(slot.word_count, 2);
	ck_assert(shape_find(shape, "/told/calm", &slot));
	ck_assert_uint_eq(slot.type, VALUE_BOOLEAN);
	ck_assert(shape_find(shape, "/told", &slot));
	ck_assert_uint_eq(slot.type, VALUE_GROUP);
	arena_destroy(arena);
}
END_TEST

static const struct json *read_schema(void *context, const char *file)
{
	struct arena *arena = context;
	FILE *stream = fopen(arena_printf(arena, "%s/%s", SCHEMA_DIRECTORY, file), "rb");
	char *bytes = arena_alloc(arena, 1 << 17);
	struct err err;

	ck_assert_msg(stream != NULL, "%s is not there", file);
	const size_t length = fread(bytes, 1, 1 << 17, stream);
	fclose(stream);
	const struct json *tree = json_parse(arena, bytes, length, &json_limits_file, &err);
	ck_assert_msg(tree != NULL, "%s: %s", file, err.detail);
	return tree;
}

static const char *const schema_files[] = {"request.json", "information.json", "clock.json", "search.json", "problem.json"};

START_TEST(the_schemas_of_the_project_compile)
{
	struct arena *arena = arena_create();
	struct err err = {0};

	const struct json *schema = read_schema(arena, schema_files[_i]);
	const struct shape *shape = shape_compile(arena, schema, NULL, read_schema, arena, &err);
	ck_assert_msg(shape != NULL, "%s", err.detail);
	arena_destroy(arena);
}
END_TEST

START_TEST(information_has_the_places_of_a_request)
{
	static const char *const pointers[] = {"/member/other_insurance", "/documents/*/author/credential", "/lines/*/units",
					       "/retrospective/unaware/pursuit_from", "/facts"};
	struct arena *arena = arena_create();
	struct err err = {0};
	struct slot slot;

	for (int i = 0; i < 2; i++) {
		const struct shape *shape =
			shape_compile(arena, read_schema(arena, schema_files[i]), NULL, read_schema, arena, &err);
		ck_assert_msg(shape != NULL, "%s", err.detail);
		for (size_t j = 0; j < sizeof(pointers) / sizeof(pointers[0]); j++) {
			ck_assert_msg(shape_find(shape, pointers[j], &slot), "%s %s", schema_files[i], pointers[j]);
		}
		ck_assert_ptr_nonnull(shape_elements(shape, "/documents/*/sections"));
		ck_assert(shape_find(shape, "/service", &slot) == (i == 0));
	}
	arena_destroy(arena);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("shape_compile");
	TCase *tcase = tcase_create("shape_compile");

	tcase_add_loop_test(tcase, refuses_what_is_outside_the_subset, 0, (int)(sizeof(schema_rows) / sizeof(schema_rows[0])));
	tcase_add_test(tcase, a_ref_that_leads_back_to_itself_is_refused);
	tcase_add_test(tcase, a_ref_is_read_in_its_own_file);
	tcase_add_test(tcase, a_slot_says_what_its_place_holds);
	tcase_add_loop_test(tcase, the_schemas_of_the_project_compile, 0,
			    (int)(sizeof(schema_files) / sizeof(schema_files[0])));
	tcase_add_test(tcase, information_has_the_places_of_a_request);
	suite_add_tcase(suite, tcase);
	return run_suite(suite);
}
