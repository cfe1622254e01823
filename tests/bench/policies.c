/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What policies cost: policies DIRECTORY SCHEMAS prints one object of JSON: how long loading all of them takes, in milliseconds, and of every
 * policy the program with the most items, of requests and of records: how long evaluating about 4 KB takes, in microseconds, without
 * rendering. What is evaluated is the longest of its cases, with papers or occurrences of its own once more until it is as long. All is time
 * of the processor.
 */
#include "bench.h"
#include "schemas.h"

#include "base/json_write.h"
#include "policy/case.h"

#include <stdio.h>
#include <string.h>

enum { LOADS = 15, ROUNDS = 15, TIMES = 1000, BODY_BYTES = 4096, POLICIES_MAX = 64, COPIES_MAX = 200, ARENA_BYTES = 1 << 18 };

/* The longest body that a case judges by the largest program of a policy. */
struct pick {
	const struct program *program;
	const char *body;
	size_t length;
	struct instant received_at;
	struct instant arrived_at;
};

struct picks {
	struct arena *arena;
	const struct policy_set *set;
	struct pick list[POLICIES_MAX];
	size_t count;
};

/* Of this thread alone: what else the machine does is not what it costs. */
static int64_t spent_ns(void)
{
	struct timespec now;
	clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
	return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

static void die(const char *what, const char *detail)
{
	(void)fprintf(stderr, "policies: %s: %s\n", what, detail);
	exit(1);
}

static const char *written(struct arena *arena, const struct json *body, size_t *ret_length)
{
	struct text text;
	struct json_writer writer;
	text_init(&text, arena, BODY_BYTES);
	json_writer_init(&writer, &text);
	json_put_tree(&writer, body);
	*ret_length = text.length;
	return text.data;
}

/* NULL where the policy has none of that kind. */
static const struct program *largest(const struct policy *policy, bool record)
{
	const struct program *found = NULL;
	for (size_t i = 0; i < policy->program_count; i++) {
		const struct program *one = &policy->programs[i];
		if (review_of_record(one->review) == record && (found == NULL || one->item_count > found->item_count)) {
			found = one;
		}
	}
	return found;
}

static void take(void *context, const char *file, const char *name, const struct submission *submission,
		 const struct json *body)
{
	struct picks *picks = context;
	const struct program *program = submission->program;
	size_t length;
	(void)file;
	(void)name;
	for (size_t i = 0; i < picks->count; i++) {
		struct pick *pick = &picks->list[i];
		if (pick->program->policy == program->policy && strcmp(pick->program->service, program->service) == 0 &&
		    strcmp(pick->program->review, program->review) == 0) {
			const char *text = written(picks->arena, body, &length);
			if (length > pick->length) {
				pick->body = text;
				pick->length = length;
				pick->received_at = submission->received_at;
				pick->arrived_at = submission->arrived_at;
			}
		}
	}
}

static void ignore(void *context, const struct policy *policy, const char *file, const char *name,
		   const char *const *differences, size_t count)
{
	(void)context;
	(void)policy;
	(void)file;
	(void)name;
	(void)differences;
	(void)count;
}

/* An element once more, under an id of its own. */
static const struct json *again(struct arena *arena, const struct json *element, size_t number)
{
	struct err err = {0};
	const char *id = arena_printf(arena, "\"x%zu\"", number);
	const struct json *named = json_parse(arena, id, strlen(id), &json_limits_body, &err);
	const struct json *copy = json_edit(arena, element, "/id", named, &err);
	if (copy == NULL) {
		die("a copy", err.detail);
	}
	return copy;
}

static const struct json *lengthened(struct arena *arena, const struct json *body)
{
	static const char *const lists[] = {"/documents", "/facts/occurrences"};
	struct err err = {0};
	size_t length;
	for (size_t i = 0; i < sizeof(lists) / sizeof(lists[0]); i++) {
		const struct json *first = json_first(json_at(body, lists[i]));
		const struct json *element = first;
		for (size_t n = 0; element != NULL && n < COPIES_MAX && written(arena, body, &length) && length < BODY_BYTES;
		     n++) {
			const struct json *more =
				json_edit(arena, body, arena_printf(arena, "%s/-", lists[i]), again(arena, element, n), &err);
			if (more == NULL) {
				die(lists[i], err.detail);
			}
			body = more;
			element = json_next(element) != NULL ? json_next(element) : first;
		}
	}
	return body;
}

static double measure(const struct submission *submission)
{
	uint32_t rounds[ROUNDS];
	struct arena *arena = arena_create();
	(void)arena_alloc(arena, ARENA_BYTES); /* as large as that of a request has grown by its body: no block is taken anew */
	for (int i = 0; i < ROUNDS; i++) {
		const int64_t start = spent_ns();
		for (int j = 0; j < TIMES; j++) {
			struct evaluation evaluation;
			arena_reset(arena);
			evaluate(submission, arena, &evaluation);
		}
		rounds[i] = (uint32_t)((spent_ns() - start) / TIMES);
	}
	arena_destroy(arena);
	qsort(rounds, ROUNDS, sizeof(rounds[0]), bench_compare);
	return (double)bench_percentile(rounds, ROUNDS, 0.5) / 1000;
}

static void print_pick(const struct picks *picks, const struct pick *pick, const char *comma)
{
	const struct policy *policy = pick->program->policy;
	struct err err = {0};
	struct issues issues;
	size_t length;
	issues_init(&issues, picks->arena);
	if (pick->body == NULL) {
		die(policy->id, "its largest program has no case");
	}
	const struct json *body = json_parse(picks->arena, pick->body, pick->length, &json_limits_body, &err);
	body = body != NULL ? lengthened(picks->arena, body) : NULL;
	struct submission submission = {
		.set = picks->set, .program = pick->program, .received_at = pick->received_at, .arrived_at = pick->arrived_at};
	submission.body = body != NULL ? shape_decode(policy->request, body, picks->arena, &issues) : NULL;
	if (submission.body == NULL) {
		die(policy->id, issues.count > 0 ? issues.items[0].detail : err.detail);
	}
	submission.received_on = zone_date(policy->zone, submission.received_at);
	submission.today = zone_date(policy->zone, submission.arrived_at);
	(void)written(picks->arena, body, &length);
	(void)printf("%s{\"policy\": \"%s %s\", \"program\": \"%s/%s\", \"record\": %s, \"items\": %zu, \"bytes\": %zu, \"evaluate\": %.2f}",
		     comma, policy->id, policy->version, pick->program->service, pick->program->review,
		     review_of_record(pick->program->review) ? "true" : "false", pick->program->item_count, length, measure(&submission));
}

static struct policy_set *load(const char *directory, struct schemas *schemas)
{
	struct issues issues;
	issues_init(&issues, schemas->arena);
	struct policy_set *set = policy_set_load(directory, NULL, schemas_file, schemas, &issues);
	if (set == NULL) {
		die(issues.items[0].pointer, issues.items[0].detail);
	}
	return set;
}

static double measure_loading(const char *directory, const char *schema_directory)
{
	uint32_t took_us[LOADS];
	for (int i = 0; i < LOADS; i++) {
		struct schemas schemas = {arena_create(), schema_directory};
		const int64_t start = spent_ns();
		struct policy_set *set = load(directory, &schemas);
		took_us[i] = (uint32_t)((spent_ns() - start) / 1000);
		policy_set_destroy(set);
		arena_destroy(schemas.arena);
	}
	qsort(took_us, LOADS, sizeof(took_us[0]), bench_compare);
	return (double)bench_percentile(took_us, LOADS, 0.5) / 1000;
}

int main(int argc, char **argv)
{
	struct picks picks = {.arena = arena_create()};
	struct schemas schemas = {picks.arena, argc == 3 ? argv[2] : ""};
	struct issues issues;
	struct case_totals totals;
	if (argc != 3) {
		die("usage", "policies DIRECTORY SCHEMAS");
	}
	const double loading = measure_loading(argv[1], argv[2]);
	struct policy_set *set = load(argv[1], &schemas);
	const struct case_report report = {.each = ignore, .context = &picks, .submitted = take};
	picks.set = set;
	for (size_t i = 0; i < 2 * policy_set_count(set) && picks.count < POLICIES_MAX; i++) {
		const struct program *program = largest(policy_set_at(set, i / 2), i % 2 == 1);
		picks.list[picks.count].program = program;
		picks.count += program != NULL;
	}
	issues_init(&issues, picks.arena);
	(void)policy_cases_run(set, argv[1], &report, &issues, &totals);
	(void)printf("{\"load_ms\": %.2f, \"programs\": [", loading);
	for (size_t i = 0; i < picks.count; i++) {
		print_pick(&picks, &picks.list[i], i > 0 ? ", " : "");
	}
	(void)printf("]}\n");
	policy_set_destroy(set);
	arena_destroy(picks.arena);
	return 0;
}
