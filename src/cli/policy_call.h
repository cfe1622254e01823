/* SPDX-License-Identifier: Apache-2.0 */
/* What the commands of `authreviewd policy` share: their arguments, the policies they read and how they tell what they found. */
#ifndef AR_CLI_POLICY_CALL_H
#define AR_CLI_POLICY_CALL_H

#include "base/json_write.h"
#include "cli/embedded.h"
#include "policy/policy.h"

enum { POLICY_ARGUMENTS_MAX = 2 };

struct policy_call {
	struct arena *arena;
	struct embedded_trees *schemas;
	const char *arguments[POLICY_ARGUMENTS_MAX]; /* NULL beyond those that were given */
	const char *on; /* --on, or NULL */
	const char *directory; /* --policies, or the one that is used when nothing is said */
	bool json; /* --json: one object on standard output, nothing else */
	bool clauses; /* --clauses */
	bool exit_code; /* --exit-code */
	struct text out; /* of --json */
	struct json_writer writer;
};

/*
 * Loads the policies below DIRECTORY. NULL after telling what is wrong with them, on standard output: as lines, or, with --json, as the
 * whole answer.
 */
struct policy_set *policy_call_load(struct policy_call *call, const char *directory);

/* Ends a command that found nothing to work with: a line on standard error, and with --json the whole answer. */
int policy_call_fail(struct policy_call *call, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* The same with what is wrong. */
int policy_call_refuse(struct policy_call *call, const struct issues *issues, const char *detail);

/* Every problem as a line; with --json as the member "problems" of the answer. */
void policy_call_issues(struct policy_call *call, const char *member, const struct issues *issues);

/* "id" and "version" of a policy, and whether it is a draft. */
void policy_call_identity(struct policy_call *call, const struct policy *policy);

/* Prints the answer of --json. */
void policy_call_print(struct policy_call *call);

int policy_check(struct policy_call *call);
int policy_test(struct policy_call *call);
int policy_cover(struct policy_call *call);
int policy_explain(struct policy_call *call);
int policy_diff(struct policy_call *call);

#endif
