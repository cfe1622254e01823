/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What one request costs before it reaches the writer: evaluate POLICIES SCHEMAS BODY prints microseconds
 * of reading it, decoding it, evaluating it and rendering the answer, as one object of JSON. Each is the
 * median of rounds in an arena that is reset every time.
 */
#include "bench.h"
#include "schemas.h"

#include "base/json_write.h"
#include "base/text.h"
#include "policy/evaluate.h"
#include "wire/answer.h"

#include <stdio.h>
#include <string.h>

enum { ROUNDS = 15, TIMES = 1000 };

struct subject {
	struct arena *scratch; /* reset before each time */
	const char *bytes;
	size_t length;
	const struct json *root;
	const struct record *record;
	struct submission submission;
	struct evaluation evaluation;
};

static void die(const char *what, const char *detail)
{
	(void)fprintf(stderr, "evaluate: %s: %s\n", what, detail);
	exit(1);
}

static void read_body(struct subject *subject, struct arena *arena)
{
	struct err err = {0};
	subject->root = json_parse(arena, subject->bytes, subject->length, &json_limits_body, &err);
	if (subject->root == NULL) {
		die("the body", err.detail);
	}
}

static void decode_body(struct subject *subject, struct arena *arena)
{
	struct issues issues;
	issues_init(&issues, arena);
	subject->record = shape_decode(subject->submission.program->policy->request, subject->root, arena, &issues);
	if (subject->record == NULL) {
		die(issues.items[0].pointer, issues.items[0].detail);
	}
}

static void evaluate_body(struct subject *subject, struct arena *arena)
{
	evaluate(&subject->submission, arena, &subject->evaluation);
}

static void render_answer(struct subject *subject, struct arena *arena)
{
	const struct submission *submission = &subject->submission;
	const struct request_answer answer = {
		.id = "req_01KAMG00000000000000000000",
		.tracking_number = "AR-0000-0000-0",
		.version = 1,
		.urgency = "standard",
		.received_at = submission->received_at,
		.updated_at = submission->received_at,
		.program = submission->program,
		.evaluation = &subject->evaluation,
		.clocks = {subject->evaluation.clocks, subject->evaluation.clock_count},
	};
	struct text out;
	struct json_writer writer;
	text_init(&out, arena, 16384);
	json_writer_init(&writer, &out);
	answer_write(&writer, &answer);
}

static double measure(struct subject *subject, void (*step)(struct subject *subject, struct arena *arena))
{
	uint32_t rounds[ROUNDS];
	for (int i = 0; i < ROUNDS; i++) {
		const int64_t start = bench_ns();
		for (int j = 0; j < TIMES; j++) {
			arena_reset(subject->scratch);
			step(subject, subject->scratch);
		}
		rounds[i] = (uint32_t)((bench_ns() - start) / TIMES);
	}
	qsort(rounds, ROUNDS, sizeof(rounds[0]), bench_compare);
	return (double)bench_percentile(rounds, ROUNDS, 0.5) / 1000;
}

static void find_program(struct subject *subject, const struct policy_set *set)
{
	struct submission *submission = &subject->submission;
	submission->set = set;
	submission->received_at = instant_now();
	if (policy_set_match(set, json_text(json_at(subject->root, "/payer")), json_text(json_at(subject->root, "/service")),
			     json_text(json_at(subject->root, "/review")), submission->received_at,
			     &submission->program) != POLICY_ANSWERS) {
		die("the body", "no policy answers it");
	}
	submission->received_on = zone_date(submission->program->policy->zone, submission->received_at);
	submission->today = submission->received_on;
}

/* Each step works on what the one before left in ARENA, which is not reset. */
static void run(struct subject *subject, const struct policy_set *set, struct arena *arena)
{
	const double parse = measure(subject, read_body);
	read_body(subject, arena);
	find_program(subject, set);
	const double decode = measure(subject, decode_body);
	decode_body(subject, arena);
	subject->submission.body = subject->record;
	const double evaluation = measure(subject, evaluate_body);
	evaluate_body(subject, arena);
	const double render = measure(subject, render_answer);
	(void)printf("{\"parse\": %.2f, \"decode\": %.2f, \"evaluate\": %.2f, \"render\": %.2f}\n", parse, decode, evaluation,
		     render);
}

int main(int argc, char **argv)
{
	struct arena *arena = arena_create();
	struct schemas schemas = {arena, argc == 4 ? argv[2] : ""};
	struct subject subject = {.scratch = arena_create()};
	struct issues issues;
	if (argc != 4) {
		die("usage", "evaluate POLICIES SCHEMAS BODY");
	}
	issues_init(&issues, arena);
	struct policy_set *set = policy_set_load(argv[1], NULL, schemas_file, &schemas, &issues);
	if (set == NULL) {
		die(issues.items[0].pointer, issues.items[0].detail);
	}
	subject.bytes = schemas_read(arena, argv[3], &subject.length);
	if (subject.bytes == NULL) {
		die(argv[3], "cannot be read");
	}
	run(&subject, set, arena);
	policy_set_destroy(set);
	arena_destroy(subject.scratch);
	arena_destroy(arena);
	return 0;
}
