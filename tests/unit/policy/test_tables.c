/* SPDX-License-Identifier: Apache-2.0 */
/* The plan's own tables: where they are found, every fault at its file and line, and what they make of a request. */
#include "policy/table.h"

#include "../run_suite.h"
#include "base/text.h"
#include "fixture.h"
#include "library.h"
#include "policy/table_csv.h"

#include <check.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

static const char declared[] =
	"{\"table\":\"enrolled\",\"title\":\"Enrolled\",\"columns\":{\"member_id\":\"text\",\"plan\":\"text\",\"from\":\"date\","
	"\"to\":\"date\",\"retroactive\":\"boolean\"},\"needed\":[\"member_id\",\"plan\",\"from\"],\"rows\":[]}";
static const char directory_table[] =
	"{\"table\":\"directory\",\"title\":\"Directory\",\"columns\":{\"npi\":\"text\",\"participation\":[\"participating\","
	"\"non_participating\"],\"rank\":\"integer\"},\"needed\":[\"npi\",\"participation\"],\"rows\":[{\"npi\":\"1\","
	"\"participation\":\"participating\"}]}";
static const char waivers_table[] =
	"{\"table\":\"waivers\",\"title\":\"Waivers\",\"columns\":{\"code\":\"text\",\"participation\":[\"participating\","
	"\"non_participating\"],\"from\":\"date\",\"to\":\"date\",\"required\":\"boolean\",\"rank\":\"integer\",\"why\":\"text\"},"
	"\"needed\":[\"code\"],\"key\":[\"code\",\"participation\"],\"rows\":[]}";
static const char list_of_rows[] =
	"{\"eligibility\":{\"table\":\"enrolled\",\"match\":{\"member_id\":\"/member/id\"},\"list\":\"/member/coverage\"}}";

#define HEAD "member_id,plan,from,to,retroactive\n"
#define WAIVERS "code,participation,from,to,required,rank,why\n"

static void open_tables(struct library *library)
{
	library_init(library);
	library_write(library, "tables/enrolled.json", declared);
	library_write(library, "tables/directory.json", directory_table);
	library_write(library, "tables/waivers.json", waivers_table);
	const struct library_change change = {"sketch/1/policy.json", "/verified_by_table", list_of_rows};
	library_change(library, &change);
	library->tables = arena_printf(library->arena, "%s/.own", library->directory);
	ck_assert_int_eq(mkdir(library->tables, 0700), 0);
}

static const struct issue *issue_at(const struct library *library, const char *end, const char *code)
{
	for (size_t i = 0; i < library->issues.count; i++) {
		const struct issue *issue = &library->issues.items[i];
		const size_t length = strlen(issue->pointer);
		const bool there = length >= strlen(end) && strcmp(issue->pointer + length - strlen(end), end) == 0;
		if (there && strcmp(issue->code, code) == 0) {
			return issue;
		}
	}
	return NULL;
}

static struct policy_set *load_good(struct library *library)
{
	struct policy_set *set = library_load(library);
	ck_assert_msg(set != NULL, "%s: %s", library->issues.count > 0 ? library->issues.items[0].pointer : "",
	              library->issues.count > 0 ? library->issues.items[0].detail : "");
	return set;
}

static const struct table *table_named(const struct policy_set *set, const char *name)
{
	const struct policy_tables *tables = policy_set_tables(set);
	const struct table_list list = {tables->tables, tables->count};
	const int place = table_find(&list, name);
	ck_assert(place >= 0);
	return &tables->tables[place];
}

struct fault {
	const char *file; /* of the plan's directory, or "tables/..." of the policies */
	const char *text;
	const char *at; /* how the place ends */
	const char *code;
	const char *says; /* part of the sentence, or NULL */
};

static const struct fault faults[] = {
	/* the line that names the columns */
	{".own/enrolled.csv", "", ".own/enrolled.csv:1", "missing_column", "member_id, plan, from"},
	{".own/enrolled.csv", "member_id,plan\nM1,acme\n", "enrolled.csv:1", "missing_column", "column from"},
	{".own/enrolled.csv", "member_id,plan,from,plan\n", "enrolled.csv:1", "duplicate_column", "column plan: found twice, needed once"},
	{".own/enrolled.csv", "member_id,plan,from,form\n", "enrolled.csv:1", "unknown_column", "field 4"},
	{".own/enrolled.csv", "member_id,plan,from,retroactiv\n", "enrolled.csv:1", "unknown_column", "did you mean retroactive?"},
	{".own/enrolled.csv", "member_id;plan;from\nM1;acme;2026-01-01\n", "enrolled.csv:1", "unknown_column", "field 1"},
	{".own/enrolled.csv", "Member_ID,plan,from\n", "enrolled.csv:1", "unknown_column", NULL},
	{".own/enrolled.csv", "\"member_id,plan,from\n", "enrolled.csv:1", "not_csv", "a quote that is not closed"},
	/* cells */
	{".own/enrolled.csv", HEAD "M1,acme,05/14/2026,,\n", "enrolled.csv:2", "wrong_type",
	 "column from: found the form 99/99/9999, needed a date such as 2026-05-14"},
	{".own/enrolled.csv", HEAD "M1,acme,2026-02-30,,\n", "enrolled.csv:2", "wrong_type", "found the form 9999-99-99"},
	{".own/enrolled.csv", HEAD "M1,acme,2026-01-01,,yes\n", "enrolled.csv:2", "wrong_type", "column retroactive: found the form aaa, needed true or false"},
	{".own/enrolled.csv", HEAD "M1,acme,2026-01-01,,TRUE\n", "enrolled.csv:2", "wrong_type", NULL},
	{".own/enrolled.csv", HEAD "M1 ,acme,2026-01-01,,\n", "enrolled.csv:2", "wrong_type", "column member_id: found the form a9_"},
	{".own/enrolled.csv", HEAD "\"M1\nM2\",acme,2026-01-01,,\n", "enrolled.csv:2", "wrong_type", "column member_id: found the form a9?a9"},
	{".own/enrolled.csv", HEAD ",acme,2026-01-01,,\n", "enrolled.csv:2", "bad_row", "column member_id: found nothing"},
	{".own/enrolled.csv", HEAD "M1,\"\",2026-01-01,,\n", "enrolled.csv:2", "bad_row", "column plan: found nothing"},
	{".own/enrolled.csv", HEAD "M1,acme,2026-01-02,2026-01-01,\n", "enrolled.csv:2", "bad_row", "a last day before the first"},
	{".own/enrolled.csv", HEAD "M1,acme,2026-01-01,\n", "enrolled.csv:2", "wrong_count", "found 4 fields, needed 5"},
	{".own/enrolled.csv", HEAD "M1,acme,2026-01-01,,,\n", "enrolled.csv:2", "wrong_count", "found 6 fields, needed 5"},
	{".own/enrolled.csv", HEAD "M1,acme,2026-01-01,,\n\n\"M\n2\",acme,x,,\n", "enrolled.csv:4", "wrong_type", NULL},
	{".own/enrolled.csv", HEAD "M\"1,acme,2026-01-01,,\n", "enrolled.csv:2", "not_csv", "a quote inside a field"},
	{".own/directory.csv", "npi,participation\n1,yes\n", "directory.csv:2", "wrong_type", "one of the words participating, non_participating"},
	{".own/directory.csv", "npi,participation,rank\n1,participating,1.5\n", "directory.csv:2", "wrong_type", "a whole number"},
	{".own/directory.csv", "npi,participation,rank\n1,participating,9999999999999999\n", "directory.csv:2", "wrong_type", "a whole number"},
	{".own/directory.csv", "npi,participation,rank\n1,participating,-\n", "directory.csv:2", "wrong_type", "a whole number"},
	/* files */
	{".own/enroled.csv", HEAD, ".own/enroled.csv#", "unknown_table", "did you mean enrolled?"},
	{".own/weather.json", "{\"table\":\"weather\",\"rows\":[]}", ".own/weather.json#", "unknown_table", NULL},
	{".own/enrolled.csv.old", HEAD, ".own/enrolled.csv.old#", "unknown_file", NULL},
	{".own/README", "see below", ".own/README#", "unknown_file", NULL},
	{".own/enrolled.json", "{\"table\":\"enroled\",\"rows\":[]}", ".own/enrolled.json#/table", "wrong_name", NULL},
	{".own/enrolled.json", "{\"table\":\"enrolled\"}", ".own/enrolled.json#/rows", "missing_member", NULL},
	{".own/enrolled.json", "{\"table\":\"enrolled\",\"columns\":{\"colour\":\"text\"},\"rows\":[]}", ".own/enrolled.json#/columns/colour",
	 "unknown_column", NULL},
	{".own/enrolled.json", "{\"table\":\"enrolled\",\"rows\":[{\"member_id\":\"M1\",\"plan\":\"acme\",\"from\":\"soon\"}]}",
	 ".own/enrolled.json#/rows/0/from", "wrong_type", "a date such as"},
	{".own/enrolled.json", "{\"table\":\"enrolled\",\"rows\":[{\"plan\":\"acme\",\"from\":\"2026-01-01\"}]}", ".own/enrolled.json#/rows/0",
	 "bad_row", "column member_id"},
	{".own/enrolled.json", "{\"table\":", ".own/enrolled.json#", "unreadable", NULL},
	{"tables/enrolled.csv", HEAD "M1,acme,soon,,\n", "tables/enrolled.csv:2", "wrong_type", NULL},
	{"tables/directory.csv", "npi,participation\n", "tables/directory.csv#", "two_files", NULL},
	{"tables/weather.csv", "a\n", "tables/weather.csv#", "unknown_table", NULL},
	{"tables/more.json", "{\"table\":\"more\",\"rows\":[]}", "tables/more.json#", "missing_member", NULL},
	{"tables/more.json", "{\"table\":\"more\",\"title\":\"M\",\"columns\":{\"a\":\"text\"},\"needed\":[\"b\"],\"rows\":[]}",
	 "tables/more.json#/needed/0", "unknown_column", NULL},
	{"tables/more.json", "{\"table\":\"more\",\"title\":\"M\",\"columns\":{\"a\":\"text\"},\"key\":[\"a\",\"b\"],\"rows\":[]}",
	 "tables/more.json#/key/1", "unknown_column", NULL},
	{"tables/more.json", "{\"table\":\"more\",\"title\":\"M\",\"columns\":{\"a\":\"text\",\"to\":\"date\"},\"key\":[\"to\"],\"rows\":[]}",
	 "tables/more.json#/key/0", "wrong_place", NULL},
	{"tables/more.json", "{\"table\":\"more\",\"title\":\"M\",\"columns\":{\"a\":\"text\"},\"key\":[],\"rows\":[]}",
	 "tables/more.json#/key", "too_small", NULL},
	/* rows that contradict each other: both are named */
	{".own/waivers.csv", WAIVERS "H1,participating,2020-01-01,,false,,\nH1,participating,2020-01-01,,true,,\n", "waivers.csv:3",
	 "contradiction", ".own/waivers.csv:2 (both speak of one code, participation and day, and differ in required)"},
	{".own/waivers.csv", WAIVERS "H1,participating,2020-01-01,,true,,\nH2,,,,true,,\n\nH1,participating,2020-01-01,,false,,\n",
	 "waivers.csv:5", "contradiction", "waivers.csv:2 "},
	{".own/waivers.csv", WAIVERS "H1,,,,true,,\nH1,participating,,,false,,\n", "waivers.csv:3", "contradiction", "waivers.csv:2 "},
	{".own/waivers.csv", WAIVERS "H1,participating,,,false,,\nH1,,2026-01-01,2026-01-01,true,,\n", "waivers.csv:3", "contradiction", NULL},
	{".own/waivers.csv", WAIVERS "H1,,2026-01-01,2026-06-30,true,,\nH1,,2026-06-30,,false,,\n", "waivers.csv:3", "contradiction", NULL},
	{".own/waivers.csv", WAIVERS "H1,,2026-07-01,,true,,\nH1,,,2026-07-01,false,,\n", "waivers.csv:3", "contradiction", NULL},
	{".own/waivers.csv", WAIVERS "H1,,2026-03-01,2026-03-02,true,,\nH1,,2026-01-01,2026-12-31,false,,\n", "waivers.csv:3", "contradiction", NULL},
	{".own/waivers.csv", WAIVERS "H1,,,,true,,\nH1,,,,,,\n", "waivers.csv:3", "contradiction", "differ in required)"},
	{".own/waivers.csv", WAIVERS "H1,,,,true,1,a\nH1,,,,true,2,b\n", "waivers.csv:3", "contradiction", "differ in rank, why)"},
	{".own/waivers.csv", "required,why,code\ntrue,,H1\n\"false\",\"\",\"H1\"\n", "waivers.csv:3", "contradiction", NULL},
	{".own/waivers.json", "{\"table\":\"waivers\",\"rows\":[{\"code\":\"H1\",\"required\":true},{\"code\":\"H2\"},{\"code\":\"H1\",\"required\":false}]}",
	 ".own/waivers.json#/rows/2", "contradiction", ".own/waivers.json#/rows/0 "},
	{"tables/waivers.csv", WAIVERS "H1,,,,true,,\nH1,,,,false,,\n", "tables/waivers.csv:3", "contradiction", "tables/waivers.csv:2 "},
};

START_TEST(faults_have_file_and_line)
{
	const struct fault *fault = &faults[_i];
	struct library library;
	open_tables(&library);
	library_write(&library, fault->file, fault->text);
	struct policy_set *set = library_load(&library);
	ck_assert_msg(set == NULL, "%s loads: %s", fault->file, fault->text);
	const struct issue *issue = issue_at(&library, fault->at, fault->code);
	const struct issue *first = &library.issues.items[0];
	ck_assert_msg(issue != NULL, "%s %s is not said; first is %s %s: %s", fault->at, fault->code, first->pointer, first->code,
	              first->detail);
	ck_assert_msg(!fault->says || strstr(issue->detail, fault->says), "%s", issue->detail);
	library_finish(&library);
}
END_TEST

static const char *const agreeing[] = {
	"H1,participating,2020-01-01,,false,,\nH1,participating,2020-01-01,,false,,\n", /* twice the same */
	"H1,participating,2020-01-01,,false,,\nH1,,2021-01-01,2022-01-01,false,,\n",
	"H1,participating,,,false,,\nH1,non_participating,,,true,,\n",
	"H1,participating,,,false,,\nh1,participating,,,true,,\n",
	"H1,,,2026-06-30,true,,\nH1,,2026-07-01,,false,,\n",
	"H1,,2026-07-01,,false,,\nH1,,2026-01-01,2026-06-30,true,,\nH1,,,2025-12-31,false,,\n",
	"H1,,2020-01-01,2020-12-31,true,,\nH1,participating,2021-01-01,,false,,\nH1,non_participating,2021-01-01,,true,,\n",
	"",
};

START_TEST(rows_that_agree_load)
{
	struct library library;
	open_tables(&library);
	library_write(&library, ".own/waivers.csv", arena_printf(library.arena, "%s%s", WAIVERS, agreeing[_i]));
	policy_set_destroy(load_good(&library));
	library_finish(&library);
}
END_TEST

/* Each later row once, in the order in which they stand, however many others it contradicts. */
START_TEST(contradictions_are_said_in_order_and_not_quoted)
{
	static const char *const at[] = {"waivers.csv:3", "waivers.csv:4", "waivers.csv:6"};
	struct library library;
	open_tables(&library);
	library_write(&library, ".own/waivers.csv", WAIVERS "SECRET-9,participating,,,true,,SECRET-1\nSECRET-9,,,,true,,SECRET-2\n"
	              "SECRET-9,participating,,,true,,SECRET-3\nSECRET-1,,,,true,,\nSECRET-1,,,,false,,\n");
	ck_assert(library_load(&library) == NULL);
	ck_assert_uint_eq(library.issues.count, 3);
	for (size_t i = 0; i < library.issues.count; i++) {
		const struct issue *issue = &library.issues.items[i];
		ck_assert_msg(strstr(issue->pointer, at[i]) != NULL, "%s", issue->pointer);
		ck_assert_msg(strstr(issue->detail, "SECRET") == NULL, "%s", issue->detail);
	}
	library_finish(&library);
}
END_TEST

/* All at once, and nothing of what stands in the fields. */
START_TEST(every_fault_is_said_and_none_is_quoted)
{
	struct library library;
	open_tables(&library);
	library_write(&library, ".own/enrolled.csv", HEAD "SECRET-1,acme,SECRET-2,,\nSECRET-3,acme,2026-01-01,,SECRET-4\n"
	              "SECRET-5,acme,2026-01-01,\nSECRET\"6,a,b,c,d\n SECRET-7,acme,2026-01-01,,\n");
	ck_assert(library_load(&library) == NULL);
	ck_assert_uint_eq(library.issues.count, 5);
	for (size_t i = 0; i < library.issues.count; i++) {
		ck_assert_msg(strstr(library.issues.items[i].detail, "SECRET") == NULL, "%s", library.issues.items[i].detail);
	}
	library_write(&library, ".own/enrolled.csv", "SECRET-1,acme,2026-01-01,,true\n");
	ck_assert(library_load(&library) == NULL);
	for (size_t i = 0; i < library.issues.count; i++) {
		ck_assert_msg(strstr(library.issues.items[i].detail, "SECRET") == NULL, "%s", library.issues.items[i].detail);
	}
	library_finish(&library);
}
END_TEST

START_TEST(own_tables_stand_in_place_of_the_shipped)
{
	struct library library;
	open_tables(&library);
	struct policy_set *set = load_good(&library);
	ck_assert_uint_eq(table_named(set, "directory")->row_count, 1);
	char shipped[DIGEST_HEX_SIZE];
	memcpy(shipped, table_named(set, "directory")->digest_hex, sizeof(shipped));
	ck_assert_uint_eq(strlen(shipped), DIGEST_HEX_SIZE - 1);
	policy_set_destroy(set);
	library_write(&library, ".own/directory.csv", "\xef\xbb\xbf" "participation,npi\r\nnon_participating,\"2\"\r\nparticipating,3\r\n");
	library_write(&library, ".own/enrolled.json", "{\"table\":\"enrolled\",\"rows\":[{\"member_id\":\"M1\",\"plan\":\"acme\",\"from\":\"2026-01-01\"}]}");
	library_write(&library, ".own/.hidden", "nobody reads this");
	set = load_good(&library);
	const struct table *table = table_named(set, "directory");
	ck_assert_uint_eq(table->row_count, 2);
	ck_assert_str_eq(table_cell(table, 0, 0)->text, "2");
	ck_assert_str_eq(table_cell(table, 0, 1)->text, "non_participating");
	ck_assert(!value_given(table_cell(table, 0, 2)));
	ck_assert_str_ne(table->digest_hex, shipped);
	ck_assert_uint_eq(table_named(set, "enrolled")->row_count, 1);
	ck_assert_uint_eq(table_named(set, "arq")->row_count, 1);
	policy_set_destroy(set);
	library_write(&library, ".own/directory.json", "{\"table\":\"directory\",\"rows\":[]}");
	ck_assert(library_load(&library) == NULL);
	ck_assert(issue_at(&library, ".own/directory.json#", "two_files") != NULL);
	library_finish(&library);
}
END_TEST

START_TEST(rows_may_stand_beside_the_declaration)
{
	struct library library;
	open_tables(&library);
	library_write(&library, "tables/enrolled.csv", HEAD "M1,acme,2026-01-01,,\n");
	struct policy_set *set = load_good(&library);
	ck_assert_uint_eq(table_named(set, "enrolled")->row_count, 1);
	policy_set_destroy(set);
	library.tables = arena_printf(library.arena, "%s/.nowhere", library.directory);
	ck_assert(library_load(&library) == NULL);
	ck_assert(issue_at(&library, ".nowhere#", "no_directory") != NULL);
	library_finish(&library);
}
END_TEST

START_TEST(rows_are_bounded)
{
	struct library library;
	open_tables(&library);
	struct text text;
	text_init(&text, library.arena, (size_t)TABLE_ROWS_MAX * 20);
	text_puts(&text, "npi,participation\n");
	for (size_t i = 0; i < TABLE_ROWS_MAX; i++) {
		text_printf(&text, "%zu,participating\n", (i * 7919) % TABLE_ROWS_MAX);
	}
	library_write(&library, ".own/directory.csv", text.data);
	struct policy_set *set = load_good(&library);
	const struct table *table = table_named(set, "directory");
	ck_assert_uint_eq(table->row_count, TABLE_ROWS_MAX);
	size_t from;
	size_t to;
	table_keyed(table, "7919", &from, &to);
	ck_assert_uint_eq(to - from, 1);
	ck_assert_uint_eq(table->by_key[from], 1);
	policy_set_destroy(set);
	text_puts(&text, "1,participating\n");
	library_write(&library, ".own/directory.csv", text.data);
	ck_assert(library_load(&library) == NULL);
	ck_assert(issue_at(&library, "directory.csv:1", "too_many") != NULL);
	library_finish(&library);
}
END_TEST

/* Held against every pair: three columns of a key, each of which may be left out, and few values for much to meet. */
struct drawn {
	int key[3]; /* 0: left out */
	int from; /* a day of a month, 0: open */
	int to;
	int says;
};

static bool contradict(const struct drawn *a, const struct drawn *b)
{
	for (size_t i = 0; i < 3; i++) {
		if (a->key[i] != 0 && b->key[i] != 0 && a->key[i] != b->key[i]) {
			return false;
		}
	}
	const bool apart = (a->to != 0 && a->to < b->from) || (b->to != 0 && b->to < a->from);
	return !apart && a->says != b->says;
}

static int draw(uint64_t *state, int below)
{
	*state = *state * 6364136223846793005U + 1442695040888963407U;
	return (int)((*state >> 33) % (uint64_t)below);
}

static struct drawn draw_row(uint64_t *state, int values)
{
	struct drawn row = {.from = draw(state, 28), .says = draw(state, 3)};
	for (size_t i = 0; i < 3; i++) {
		row.key[i] = draw(state, values + 1);
	}
	row.to = draw(state, 5) == 0 ? 0 : row.from + 1 + draw(state, 29 - row.from - 1);
	return row;
}

static void write_drawn(struct text *text, const struct drawn *row)
{
	for (size_t i = 0; i < 3; i++) {
		text_printf(text, row->key[i] ? "%c%d," : ",", 'k', row->key[i]);
	}
	text_printf(text, row->from ? "2026-01-%02d," : ",", row->from);
	text_printf(text, row->to ? "2026-01-%02d," : ",", row->to);
	text_printf(text, row->says ? "%d\n" : "\n", row->says);
}

START_TEST(contradictions_are_those_of_every_pair)
{
	enum { ROUNDS = 3000, ROWS = 12 };
	static const char drawn_table[] =
		"{\"table\":\"drawn\",\"title\":\"Drawn\",\"columns\":{\"a\":\"text\",\"b\":\"text\",\"c\":\"text\",\"from\":\"date\","
		"\"to\":\"date\",\"says\":\"integer\"},\"key\":[\"a\",\"b\",\"c\"],\"rows\":[]}";
	uint64_t state = 20261122;
	size_t good = 0;
	for (size_t round = 0; round < ROUNDS; round++) {
		struct arena *arena = arena_create();
		const struct spot spot = spot_file("drawn.json");
		struct drawn rows[ROWS];
		struct issues issues;
		struct table table;
		struct text text;
		issues_init(&issues, arena);
		ck_assert(table_load(arena, fixture_json(arena, drawn_table), &spot, &issues, &table));
		text_init(&text, arena, 1024);
		text_puts(&text, "a,b,c,from,to,says\n");
		const size_t count = 2 + (size_t)draw(&state, ROWS - 1);
		const int values = 1 + draw(&state, 6);
		for (size_t i = 0; i < count; i++) {
			rows[i] = draw_row(&state, values);
			write_drawn(&text, &rows[i]);
		}
		bool expected = true;
		for (size_t i = 0; i < count; i++) {
			for (size_t j = 0; j < i; j++) {
				expected = expected && !contradict(&rows[i], &rows[j]);
			}
		}
		const bool found = table_csv(arena, &table, text.data, text.length, "d", &issues, &table);
		ck_assert_msg(found == expected, "round %zu: %d, expected %d\n%s", round, found, expected, text.data);
		for (size_t i = 0; i < issues.count; i++) {
			size_t line = 0;
			size_t other = 0;
			ck_assert_int_eq(sscanf(issues.items[i].pointer, "d:%zu", &line), 1);
			ck_assert_int_eq(sscanf(issues.items[i].detail, "found a row that contradicts d:%zu", &other), 1);
			ck_assert_msg(other < line && contradict(&rows[line - 2], &rows[other - 2]), "lines %zu and %zu of\n%s", other, line,
			              text.data);
		}
		good += found;
		arena_destroy(arena);
	}
	ck_assert_msg(good > ROUNDS / 20 && good < ROUNDS - ROUNDS / 20, "%zu of %d agree", good, (int)ROUNDS);
}
END_TEST

/* As many rows as there may be, all of one code and of the same days: pairs would be without number. */
START_TEST(many_rows_are_held_against_each_other)
{
	struct library library;
	open_tables(&library);
	struct text text;
	text_init(&text, library.arena, (size_t)TABLE_ROWS_MAX * 48);
	text_puts(&text, WAIVERS);
	for (size_t i = 1; i < TABLE_ROWS_MAX; i++) {
		text_printf(&text, "H1,%s,20%02zu-01-01,,true,,\n", i % 2 ? "participating" : "", i % 97);
	}
	const size_t length = text.length;
	text_puts(&text, "H1,,,2000-01-01,true,,\n");
	library_write(&library, ".own/waivers.csv", text.data);
	policy_set_destroy(load_good(&library));
	text.length = length;
	text_puts(&text, "H1,,,2000-01-01,false,,\n");
	library_write(&library, ".own/waivers.csv", text.data);
	ck_assert(library_load(&library) == NULL);
	ck_assert(issue_at(&library, "waivers.csv:500001", "contradiction") != NULL);
	library_finish(&library);
}
END_TEST

START_TEST(rows_are_found_by_their_key_in_their_order)
{
	struct library library;
	open_tables(&library);
	library_write(&library, ".own/directory.csv",
	              "npi,participation,rank\nb,participating,0\na,participating,1\nb,non_participating,2\nc,participating,3\nb,participating,4\n");
	struct policy_set *set = load_good(&library);
	const struct table *table = table_named(set, "directory");
	static const struct {
		const char *key;
		const char *rows;
	} expected[] = {{"a", "1"}, {"b", "0 2 4"}, {"c", "3"}, {"", ""}, {"aa", ""}, {"d", ""}, {"B", ""}};
	for (size_t i = 0; i < sizeof(expected) / sizeof(expected[0]); i++) {
		struct text found;
		size_t from;
		size_t to;
		text_init(&found, library.arena, 16);
		text_puts(&found, "");
		table_keyed(table, expected[i].key, &from, &to);
		for (size_t at = from; at < to; at++) {
			text_printf(&found, "%s%u", at > from ? " " : "", table->by_key[at]);
		}
		ck_assert_str_eq(found.data, expected[i].rows);
	}
	policy_set_destroy(set);
	library_finish(&library);
}
END_TEST

/* ---- what a list makes of a request ---- */

static const char body_text[] =
	"{\"payer\":\"acme\",\"service\":\"CARE\",\"review\":\"initial\","
	"\"member\":{\"id\":\"M1\",\"birth_date\":\"2014-05-04\",\"line_of_business\":\"medicaid\",\"product\":\"ours\","
	"\"coverage\":[{\"plan\":\"acme\",\"from\":\"2025-01-01\",\"retroactive\":false}]},"
	"\"service_period\":{\"start\":\"2026-03-09\",\"end\":\"2026-03-22\"},"
	"\"lines\":[{\"code\":\"H1\",\"units\":14,\"unit\":\"day\"}]}";

struct judged {
	const char *rows; /* of the table */
	const char *supplement; /* of the body, or NULL */
	unsigned verified; /* by staff */
	enum status status; /* STATUS_RETURNED, or another */
	const char *reason; /* of the first return, or NULL */
	bool at_once;
	size_t told;
};

static const struct judged judgments[] = {
	/* the request says covered */
	{"", NULL, 0, STATUS_IN_REVIEW, NULL, false, 0},
	{"M2,acme,2020-01-01,2020-01-02,false\n", NULL, 0, STATUS_IN_REVIEW, NULL, false, 0},
	{"M1,acme,2025-01-01,2026-02-28,false\n", NULL, 0, STATUS_RETURNED, "ineligible", true, 1},
	{"M1,acme,2025-01-01,2026-03-09,false\n", NULL, 0, STATUS_IN_REVIEW, NULL, false, 1},
	{"M1,acme,2026-03-23,,false\n", NULL, 0, STATUS_RETURNED, "ineligible", true, 1},
	{"M1,acme,2026-03-22,,false\n", NULL, 0, STATUS_IN_REVIEW, NULL, false, 1},
	{"M1,acme,2020-01-01,2020-12-31,false\nM1,acme,2026-01-01,,false\n", NULL, 0, STATUS_IN_REVIEW, NULL, false, 1},
	{"M1,ACME,2026-01-01,,false\n", NULL, 0, STATUS_IN_REVIEW, NULL, false, 1},
	/* the request says not covered, or nothing */
	{"M1,acme,2026-01-01,,false\n", "{\"member\":{\"coverage\":[]}}", 0, STATUS_IN_REVIEW, NULL, false, 1},
	{"M1,acme,2026-01-01,,false\n", "{\"member\":{\"coverage\":null}}", 0, STATUS_IN_REVIEW, NULL, false, 1},
	{"", "{\"member\":{\"coverage\":[]}}", 0, STATUS_IN_REVIEW, "ineligible", false, 0},
	{"M1,acme,2025-01-01,2026-02-28,false\n", "{\"member\":{\"id\":null}}", 0, STATUS_IN_REVIEW, NULL, false, 0},
	{"M1,acme,2025-01-01,2026-02-28,false\n", "{\"member\":{\"id\":\"m1\"}}", 0, STATUS_IN_REVIEW, NULL, false, 0},
	/* what staff verified stands */
	{"M1,acme,2025-01-01,2026-02-28,false\n", NULL, FACT_ELIGIBILITY, STATUS_IN_REVIEW, NULL, false, 0},
	{"M1,acme,2026-01-01,,false\n", "{\"member\":{\"coverage\":[]}}", FACT_ELIGIBILITY, STATUS_RETURNED, "ineligible", true, 0},
};

START_TEST(rows_are_the_coverage)
{
	const struct judged *row = &judgments[_i];
	struct library library;
	open_tables(&library);
	library_write(&library, ".own/enrolled.csv", arena_printf(library.arena, "%s%s", HEAD, row->rows));
	struct policy_set *set = load_good(&library);
	struct submission submission = {.set = set, .verified = row->verified};
	ck_assert(instant_parse("2026-03-02T10:15:00-08:00", &submission.received_at));
	ck_assert_int_eq(policy_set_match(set, "acme", "CARE", "initial", submission.received_at, &submission.program), POLICY_ANSWERS);
	submission.received_on = zone_date(submission.program->policy->zone, submission.received_at);
	submission.today = submission.received_on;
	const struct json *body = fixture_json(library.arena, body_text);
	body = row->supplement ? json_merge(library.arena, body, fixture_json(library.arena, row->supplement)) : body;
	struct issues issues;
	issues_init(&issues, library.arena);
	const struct record *record = shape_decode(submission.program->policy->request, body, library.arena, &issues);
	ck_assert(record != NULL);
	submission.body = record;
	struct evaluation evaluation;
	evaluate(&submission, library.arena, &evaluation);
	ck_assert_int_eq(evaluation.standing.returned, row->status == STATUS_RETURNED);
	ck_assert_msg((evaluation.return_count > 0) == (row->reason != NULL), "%d: %zu returns", _i, evaluation.return_count);
	if (row->reason) {
		ck_assert_str_eq(evaluation.returns[0].reason, row->reason);
		ck_assert_int_eq(evaluation.returns[0].verified, row->at_once);
	}
	ck_assert_uint_eq(evaluation.told_count, row->told);
	if (row->told > 0) {
		ck_assert_str_eq(evaluation.told[0].fact, "eligibility");
		ck_assert_str_eq(evaluation.told[0].table, "enrolled");
		ck_assert_str_eq(evaluation.told[0].digest, table_named(set, "enrolled")->digest_hex);
		ck_assert(evaluation.told[0].verified);
	}
	ck_assert_ptr_eq(submission.body, record); /* the request itself is as it was sent */
	policy_set_destroy(set);
	library_finish(&library);
}
END_TEST

struct wrong_list {
	const char *json; /* of verified_by_table/eligibility */
	const char *at;
	const char *code;
};

static const struct wrong_list wrong_lists[] = {
	{"{\"table\":\"enrolled\",\"match\":{\"member_id\":\"/member/id\"},\"list\":\"/member/coverages\"}", "/list", "wrong_place"},
	{"{\"table\":\"enrolled\",\"match\":{\"member_id\":\"/member/id\"},\"list\":\"/member/id\"}", "/list", "wrong_place"},
	{"{\"table\":\"enrolled\",\"match\":{\"member_id\":\"/member/id\"},\"list\":\"/lines\"}", "/list", "unknown_column"},
	{"{\"table\":\"enrolled\",\"match\":{\"plan\":\"/member/id\"},\"list\":\"/member/coverage\"}", "/list", "unknown_column"},
	{"{\"table\":\"directory\",\"match\":{\"npi\":\"/member/id\"},\"list\":\"/member/coverage\"}", "/list", "unknown_column"},
	{"{\"table\":\"enrolled\",\"match\":{\"member_id\":\"/member/id\"}}", "/column", "missing_member"},
	{"{\"table\":\"enrolled\",\"match\":{\"member_id\":\"/member/id\"},\"column\":\"plan\",\"list\":\"/member/coverage\"}", "eligibility",
	 "unknown_member"},
	{"{\"table\":\"enrolled\",\"match\":{\"member_id\":\"/lines/*/code\"},\"list\":\"/member/coverage\"}", "/match", "wrong_place"},
};

START_TEST(lists_that_cannot_be)
{
	struct library library;
	open_tables(&library);
	const struct library_change change = {"sketch/1/policy.json", "/verified_by_table",
	                                      arena_printf(library.arena, "{\"eligibility\":%s}", wrong_lists[_i].json)};
	library_change(&library, &change);
	ck_assert(library_load(&library) == NULL);
	const struct issue *first = &library.issues.items[0];
	ck_assert_msg(issue_at(&library, wrong_lists[_i].at, wrong_lists[_i].code) != NULL, "%s %s: %s", first->pointer, first->code,
	              first->detail);
	library_finish(&library);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("tables");
	TCase *tests = tcase_create("tables");
	tcase_set_timeout(tests, 120);
	tcase_add_loop_test(tests, faults_have_file_and_line, 0, sizeof(faults) / sizeof(faults[0]));
	tcase_add_test(tests, every_fault_is_said_and_none_is_quoted);
	tcase_add_test(tests, own_tables_stand_in_place_of_the_shipped);
	tcase_add_test(tests, rows_may_stand_beside_the_declaration);
	tcase_add_test(tests, rows_are_bounded);
	tcase_add_loop_test(tests, rows_that_agree_load, 0, sizeof(agreeing) / sizeof(agreeing[0]));
	tcase_add_test(tests, contradictions_are_said_in_order_and_not_quoted);
	tcase_add_test(tests, contradictions_are_those_of_every_pair);
	tcase_add_test(tests, many_rows_are_held_against_each_other);
	tcase_add_test(tests, rows_are_found_by_their_key_in_their_order);
	tcase_add_loop_test(tests, rows_are_the_coverage, 0, sizeof(judgments) / sizeof(judgments[0]));
	tcase_add_loop_test(tests, lists_that_cannot_be, 0, sizeof(wrong_lists) / sizeof(wrong_lists[0]));
	suite_add_tcase(suite, tests);
	return run_suite(suite);
}
