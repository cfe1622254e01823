/* SPDX-License-Identifier: Apache-2.0 */
#include "fixture.h"

#include "base/text.h"
#include "policy/fact_table.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char manifest[] =
	"{ \"policy\": \"sketch\", \"payer\": \"acme\","
	"  \"answers\": [ { \"service\": \"CARE\", \"title\": \"Care\", \"reviews\": [\"initial\"], \"aliases\": [\"care\"] } "
	"],"
	"  \"verified_by_table\": { \"participation\": { \"table\": \"directory\", \"match\": { \"npi\": "
	"\"/servicing_provider/npi\" },"
	"    \"column\": \"participation\", \"asserted\": \"/servicing_provider/participation\" } },"
	"  \"lists\": { \"able\": [\"lmp\", \"qmhp\"] },"
	"  \"words\": { \"lmp\": \"licensed medical practitioner\" },"
	"  \"documents\": {"
	"    \"note\": { \"title\": \"Assessment\", \"sections\": [\"history\", \"impact\", \"level\"] },"
	"    \"addendum\": { \"title\": \"Addendum\", \"sections\": [\"history\"] },"
	"    \"plan\": { \"title\": \"Service plan\" }, \"letter\": { \"title\": \"Letter\" } },"
	"  \"sections\": { \"history\": \"History\", \"impact\": \"Effect on functioning\", \"level\": \"Level of care\" },"
	"  \"occurrences\": { \"visit\": { \"title\": \"Visit\" }, \"arrival\": { \"title\": \"the arrival\" },"
	"    \"leaving\": { \"title\": \"the leaving\" } },"
	"  \"facts\": {"
	"    \"occurrences\": { \"type\": [\"array\", \"null\"], \"maxItems\": 50, \"items\": { \"type\": \"object\","
	"      \"additionalProperties\": false, \"properties\": {"
	"        \"id\": { \"type\": \"string\", \"maxLength\": 9 },"
	"        \"kind\": { \"type\": \"string\", \"enum\": [\"visit\", \"arrival\", \"leaving\"] },"
	"        \"on\": { \"type\": \"string\", \"format\": \"date\" }, \"at\": { \"type\": \"string\", \"format\": "
	"\"date-time\" },"
	"        \"recorded_by\": { \"type\": \"string\", \"maxLength\": 9 },"
	"        \"recorded_at\": { \"type\": \"string\", \"format\": \"date-time\" },"
	"        \"retracts\": { \"type\": \"string\", \"maxLength\": 9 }, \"reason\": { \"type\": \"string\", \"maxLength\": "
	"9 },"
	"        \"planned_on\": { \"type\": \"string\", \"format\": \"date\" },"
	"        \"offsite\": { \"type\": [\"boolean\", \"null\"] } } } },"
	"    \"risk\": { \"type\": [\"boolean\", \"null\"], \"title\": \"Risk is shown\" },"
	"    \"calm\": { \"type\": [\"boolean\", \"null\"] },"
	"    \"stage\": { \"type\": [\"string\", \"null\"], \"enum\": [\"early\", \"late\", null] },"
	"    \"remark\": { \"type\": [\"string\", \"null\"], \"maxLength\": 100 },"
	"    \"needs\": { \"type\": [\"array\", \"null\"], \"maxItems\": 10, \"items\": { \"type\": \"string\", \"maxLength\": "
	"40 } },"
	"    \"found_on\": { \"type\": [\"string\", \"null\"], \"format\": \"date\" },"
	"    \"hours\": { \"type\": [\"number\", \"null\"], \"minimum\": 0, \"maximum\": 168, \"title\": \"Hours of a week\" },"
	"    \"begun_at\": { \"type\": [\"string\", \"null\"], \"format\": \"date-time\" },"
	"    \"tasks\": { \"type\": [\"array\", \"null\"], \"maxItems\": 10, \"items\": { \"type\": \"object\","
	"      \"additionalProperties\": false, \"properties\": {"
	"        \"code\": { \"type\": [\"string\", \"null\"], \"maxLength\": 20 },"
	"        \"document\": { \"type\": [\"string\", \"null\"], \"maxLength\": 20 },"
	"        \"active\": { \"type\": [\"boolean\", \"null\"] },"
	"        \"taken\": { \"type\": [\"boolean\", \"null\"], \"title\": \"Somebody took it on\" },"
	"        \"from\": { \"type\": [\"string\", \"null\"], \"format\": \"date\" },"
	"        \"to\": { \"type\": [\"string\", \"null\"], \"format\": \"date\" } } } } } }";

static const char base_body[] =
	"{ \"payer\": \"acme\", \"service\": \"CARE\", \"review\": \"initial\","
	"  \"member\": { \"id\": \"M1\", \"birth_date\": \"2010-05-04\", \"line_of_business\": \"medicaid\","
	"    \"coverage\": [ { \"plan\": \"acme\", \"from\": \"2025-01-01\", \"to\": null, \"retroactive\": false } ],"
	"    \"other_insurance\": [] },"
	"  \"requesting_provider\": { \"npi\": \"1234567893\" },"
	"  \"servicing_provider\": { \"participation\": \"participating\" },"
	"  \"service_period\": { \"start\": \"2026-03-09\", \"end\": \"2026-03-22\" },"
	"  \"diagnoses\": [ { \"icd10\": \"F33.2\", \"category\": \"mi\" } ],"
	"  \"lines\": [ { \"code\": \"H1\", \"units\": 14, \"unit\": \"day\" } ],"
	"  \"documents\": ["
	"    { \"id\": \"d1\", \"type\": \"note\", \"kind\": \"clinical\", \"completed_on\": \"2026-02-20\","
	"      \"author\": { \"credential\": \"lmp\" }, \"face_to_face\": true,"
	"      \"sections\": [ { \"name\": \"history\", \"page\": 2, \"as_of\": \"2026-02-27\" },"
	"                      { \"name\": \"level\", \"value\": \"CARE\" } ],"
	"      \"participants\": [ { \"role\": \"family\", \"took_part\": \"yes\" } ],"
	"      \"signatures\": [ { \"role\": \"staff\", \"qualified\": true, \"signed_on\": \"2026-02-20\" } ] } ],"
	"  \"facts\": { \"risk\": true } }";

const struct json *fixture_schema(void *context, const char *file)
{
	struct arena *arena = context;
	const size_t size = (size_t)1 << 20;
	FILE *stream = fopen(arena_printf(arena, "%s/schema/%s", CHECKOUT, file), "rbe");
	if (!stream) {
		return NULL;
	}
	char *bytes = arena_alloc(arena, size);
	const size_t length = fread(bytes, 1, size, stream);
	fclose(stream);
	struct err err = {0};
	const struct json *json = json_parse(arena, bytes, length, &json_limits_file, &err);
	ck_assert_msg(json != NULL, "%s: %s", file, err.detail);
	return json;
}

const struct json *fixture_json(struct arena *arena, const char *text)
{
	struct err err = {0};
	const struct json *json = json_parse(arena, text, strlen(text), &json_limits_file, &err);
	ck_assert_msg(json != NULL, "%s in %s", err.detail, text);
	return json;
}

static void add_table(struct fixture *fixture, size_t place, const char *text)
{
	const struct spot spot = spot_file("table");
	ck_assert(table_load(fixture->arena, fixture_json(fixture->arena, text), &spot, &fixture->issues,
			     &fixture->tables[place]));
}

void fixture_init(struct fixture *fixture)
{
	static const char *const payers[] = {"acme", "zeta"};
	*fixture = (struct fixture){.arena = arena_create()};
	struct arena *arena = fixture->arena;
	struct err err = {0};
	issues_init(&fixture->issues, arena);
	const struct spot spot = spot_file("policy.json");
	const struct vocabulary_context context = {fixture_schema(arena, "request.json"),
						   fixture_schema(arena, "information.json"),
						   fixture_schema,
						   arena,
						   payers,
						   2};
	const struct json *declared = fixture_json(arena, manifest);
	const struct vocabulary *vocabulary = vocabulary_load(arena, declared, &spot, &context, &fixture->issues);
	ck_assert_msg(vocabulary != NULL, "%s", fixture->issues.count > 0 ? fixture->issues.items[0].detail : "");
	fixture->zone = zone_open("America/Los_Angeles", &err);
	ck_assert_msg(fixture->zone != NULL, "%s", err.detail);
	fixture->policy = (struct policy){
		.payer = "acme", .zone = fixture->zone, .vocabulary = vocabulary, .request = vocabulary->request};
	fixture->program = (struct program){.policy = &fixture->policy, .service = "CARE", .review = "initial"};
	add_table(
		fixture, 0,
		"{ \"table\": \"arq\", \"title\": \"List\", \"columns\": { \"code\": \"text\", \"participation\": \"text\","
		" \"from\": \"date\", \"to\": \"date\", \"required\": \"boolean\" }, \"rows\": ["
		" { \"code\": \"H1\", \"participation\": \"participating\", \"required\": false },"
		" { \"code\": \"H2\", \"required\": true }, { \"code\": \"H3\", \"to\": \"2026-03-08\", \"required\": false },"
		" { \"code\": \"H4\", \"required\": null } ] }");
	add_table(fixture, 1,
		  "{ \"table\": \"empty\", \"title\": \"Empty\", \"columns\": { \"code\": \"text\" }, \"rows\": [] }");
	add_table(fixture, 2,
		  "{ \"table\": \"directory\", \"title\": \"Directory\", \"columns\": { \"npi\": \"text\", \"participation\": "
		  "\"text\","
		  " \"from\": \"date\", \"to\": \"date\" }, \"rows\": ["
		  " { \"npi\": \"1\", \"participation\": \"participating\", \"from\": \"2026-03-09\" },"
		  " { \"npi\": \"2\", \"participation\": \"non_participating\" },"
		  " { \"npi\": \"3\", \"participation\": \"participating\", \"to\": \"2026-03-08\" },"
		  " { \"npi\": \"4\", \"participation\": \"participating\" }, { \"npi\": \"4\", \"participation\": "
		  "\"non_participating\" },"
		  " { \"npi\": \"5\" } ] }");
	fixture->list = (struct table_list){fixture->tables, 3};
	fixture->given = (struct policy_tables){fixture->tables, 3};
	struct compiler compiler = {
		.arena = arena, .issues = &fixture->issues, .vocabulary = vocabulary, .tables = &fixture->list};
	ck_assert(fact_tables_compile(&compiler, declared, &spot, &fixture->policy));
}

void fixture_finish(struct fixture *fixture)
{
	zone_close(fixture->zone);
	arena_destroy(fixture->arena);
}

const struct check *fixture_compile(struct fixture *fixture, const char *check)
{
	struct compiler compiler = {.arena = fixture->arena,
				    .issues = &fixture->issues,
				    .vocabulary = fixture->policy.vocabulary,
				    .tables = &fixture->list};
	const struct spot spot = spot_file("check");
	return check_compile(&compiler, fixture_json(fixture->arena, check), &spot);
}

enum answer fixture_evaluate(struct fixture *fixture, const struct check *check, const struct judging *judging,
			     struct trace *trace)
{
	struct arena *arena = fixture->arena;
	const struct json *body = fixture_json(arena, base_body);
	if (judging->supplement) {
		body = json_merge(arena, body, fixture_json(arena, judging->supplement));
	}
	struct issues issues;
	issues_init(&issues, arena);
	const struct record *record = shape_decode(fixture->policy.request, body, arena, &issues);
	ck_assert_msg(record != NULL, "%s %s", issues.count > 0 ? issues.items[0].pointer : "",
		      judging->supplement ? judging->supplement : "");
	struct recorded_event event = {.name = judging->event};
	ck_assert(!judging->event ||
		  instant_parse(judging->event_at ? judging->event_at : "2026-03-02T10:00:00-08:00", &event.at));
	struct submission submission = {.tables = &fixture->given,
					.program = &fixture->program,
					.body = record,
					.verified = judging->verified,
					.events = &event,
					.event_count = judging->event ? 1 : 0};
	ck_assert(instant_parse(judging->received ? judging->received : "2026-03-02T10:00:00-08:00", &submission.received_at));
	submission.received_on = zone_date(fixture->zone, submission.received_at);
	submission.today = submission.received_on;
	ck_assert(!judging->today || civil_parse(judging->today, &submission.today));
	struct evaluator evaluator;
	evaluator_init(&evaluator, &submission, arena);
	trace_init(trace, arena);
	const enum answer answer = check_evaluate(check, &evaluator, trace);
	for (size_t i = 0; i < trace->count; i++) {
		entry_word(&evaluator, &trace->entries[i]);
	}
	return answer;
}

const char *fixture_entries(struct arena *arena, const struct trace *trace)
{
	struct text text;
	text_init(&text, arena, 128);
	text_puts(&text, "");
	for (size_t i = 0; i < trace->count; i++) {
		text_printf(&text, "%s%s %s", i > 0 ? "; " : "", problem_name(trace->entries[i].problem),
			    trace->entries[i].pointer);
	}
	return text.data;
}

struct policy_set *fixture_set(struct arena *arena, const char *directory)
{
	struct issues issues;
	issues_init(&issues, arena);
	struct policy_set *set =
		policy_set_load(arena_printf(arena, "%s/%s", CHECKOUT, directory), NULL, fixture_schema, arena, &issues);
	ck_assert_msg(set != NULL, "%s: %s", issues.count > 0 ? issues.items[0].pointer : "",
		      issues.count > 0 ? issues.items[0].detail : "");
	return set;
}
