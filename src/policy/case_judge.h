/* SPDX-License-Identifier: Apache-2.0 */
/* Judges one case and its later steps, and says what differs from its expectation. */
#ifndef AR_POLICY_CASE_JUDGE_H
#define AR_POLICY_CASE_JUDGE_H

#include "policy/case.h"

struct differences {
	struct arena *arena;
	const char **lines;
	size_t count;
	size_t capacity;
};

void differences_init(struct differences *differences, struct arena *arena);
void difference(struct differences *differences, const char *format, ...) __attribute__((format(printf, 2, 3)));

struct case_input {
	const struct policy_set *set;
	const struct policy *policy;
	const struct json *body; /* edited */
	const struct json *test; /* the case */
	const struct json *unless_said; /* of its file, or NULL */
	const struct case_report *report; /* or NULL */
	const char *file;
	const char *name;
};

void case_judge(const struct case_input *input, struct differences *differences);

/* Compares an evaluation with an expectation; STEP is "" or "step 1: ". */
struct expectation_input {
	const struct json *expect;
	const struct json *unless_said;
	const struct policy *policy;
	const char *step;
};
void case_compare(const struct expectation_input *input, const struct evaluation *evaluation, struct differences *differences);

#endif
