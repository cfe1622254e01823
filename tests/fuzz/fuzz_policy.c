/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Any object {"check": ..., "body": ...}: the check is refused with an issue or compiles, and a compiled check over any readable body
 * answers, adds nothing when it is met, and explains itself with pointers and sentences when it is not.
 */
#include "policy/evaluator.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

enum { SCHEMA_MAX = 1 << 20 };

static const char manifest[] =
	"{\"answers\":[{\"service\":\"CARE\",\"reviews\":[\"initial\"],\"aliases\":[\"care\"]}],\"lists\":{\"able\":[\"lmp\"]},"
	"\"documents\":{\"note\":{\"title\":\"Note\",\"sections\":[\"history\"]},\"plan\":{\"title\":\"Plan\"}},"
	"\"sections\":{\"history\":\"History\"},\"facts\":{\"risk\":{\"type\":[\"boolean\",\"null\"]},"
	"\"word\":{\"type\":[\"string\",\"null\"],\"maxLength\":20},\"on\":{\"type\":[\"string\",\"null\"],\"format\":\"date\"},"
	"\"list\":{\"type\":[\"array\",\"null\"],\"maxItems\":5,\"items\":{\"type\":\"object\",\"additionalProperties\":false,"
	"\"properties\":{\"code\":{\"type\":[\"string\",\"null\"],\"maxLength\":9},\"yes\":{\"type\":[\"boolean\",\"null\"]}}}}}}";

static const char table_bytes[] =
	"{\"table\":\"t\",\"title\":\"T\",\"columns\":{\"code\":\"text\",\"to\":\"date\",\"yes\":\"boolean\"},"
	"\"rows\":[{\"code\":\"a\",\"yes\":true},{\"code\":\"b\",\"to\":\"2020-01-01\",\"yes\":false}]}";

/* What every input is tried against. */
struct setting {
	struct arena *arena;
	struct zone *zone;
	struct policy policy;
	struct program program;
	struct table table;
	struct policy_tables tables;
	struct table_list list;
};

static const struct json *schema_file(void *context, const char *name)
{
	struct arena *arena = context;
	struct err err = {0};
	FILE *stream = fopen(arena_printf(arena, "%s/%s", SCHEMA_DIRECTORY, name), "rb");
	char *bytes = arena_alloc(arena, SCHEMA_MAX);
	const size_t length = stream ? fread(bytes, 1, SCHEMA_MAX, stream) : 0;
	if (stream) {
		fclose(stream);
	}
	return json_parse(arena, bytes, length, &json_limits_file, &err);
}

static void require(bool holds)
{
	if (!holds) {
		abort();
	}
}

static struct setting *make_setting(void)
{
	static const char *const payers[] = {"acme"};
	struct setting *setting = calloc(1, sizeof(*setting));
	struct err err = {0};
	struct issues issues;
	require(setting != NULL);
	setting->arena = arena_create();
	struct arena *arena = setting->arena;
	issues_init(&issues, arena);
	const struct spot spot = spot_file("policy.json");
	const struct vocabulary_context context = {schema_file(arena, "request.json"), schema_file(arena, "information.json"),
	                                           schema_file, arena, payers, 1};
	const struct vocabulary *vocabulary = vocabulary_load(
		arena, json_parse(arena, manifest, sizeof(manifest) - 1, &json_limits_file, &err), &spot, &context, &issues);
	setting->zone = zone_open("America/Los_Angeles", &err);
	const struct json *table = json_parse(arena, table_bytes, sizeof(table_bytes) - 1, &json_limits_file, &err);
	require(vocabulary && setting->zone && table && table_load(arena, table, &spot, &issues, &setting->table));
	setting->policy =
		(struct policy){.payer = "acme", .zone = setting->zone, .vocabulary = vocabulary, .request = vocabulary->request};
	setting->program = (struct program){.policy = &setting->policy, .service = "CARE", .review = "initial"};
	setting->tables = (struct policy_tables){&setting->table, 1};
	setting->list = (struct table_list){&setting->table, 1};
	return setting;
}

static void judge(const struct setting *setting, const struct check *check, const struct record *body, struct arena *arena)
{
	struct submission submission = {.tables = &setting->tables, .program = &setting->program, .body = body};
	struct evaluator evaluator;
	struct trace trace;
	require(instant_parse("2026-03-02T10:00:00-08:00", &submission.received_at));
	submission.received_on = zone_date(setting->zone, submission.received_at);
	submission.today = submission.received_on;
	evaluator_init(&evaluator, &submission, arena);
	trace_init(&trace, arena);
	const enum answer answer = check_evaluate(check, &evaluator, &trace);
	require(answer == ANSWER_MET || answer == ANSWER_NOT_MET || answer == ANSWER_UNKNOWN);
	require(answer != ANSWER_MET || trace.count == 0);
	for (size_t i = 0; i < trace.count; i++) {
		require(trace.entries[i].pointer && trace.entries[i].problem < PROBLEM_COUNT);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
	static struct setting *setting; /* made once: it costs a thousand times what an input does */
	struct arena *arena = arena_create();
	struct err err = {0};
	struct issues issues;
	setting = setting ? setting : make_setting();
	issues_init(&issues, arena);
	const struct json *input = json_parse(arena, (const char *)bytes, length, &json_limits_body, &err);
	const struct json *written = json_member(input, "check");
	const struct json *sent = json_member(input, "body");
	if (written && sent) {
		struct compiler compiler = {
			.arena = arena, .issues = &issues, .vocabulary = setting->policy.vocabulary, .tables = &setting->list};
		const struct spot spot = spot_file("check");
		const struct check *check = check_compile(&compiler, written, &spot);
		require((check == NULL) == issues_any(&issues));
		const struct record *body = shape_decode(setting->policy.request, sent, arena, &issues);
		if (check && body) {
			judge(setting, check, body, arena);
		}
	}
	arena_destroy(arena);
	return 0;
}
