/* SPDX-License-Identifier: Apache-2.0 */
/* The policy sets of a daemon: the one in force and those before it, which calls may still hold and which live until the end. */
#ifndef AR_CLI_POLICY_SETS_H
#define AR_CLI_POLICY_SETS_H

#include "cli/embedded.h"
#include "review/service.h"

struct held_set;

struct policy_sets {
	const char *directory;
	const char *tables; /* directory, or NULL */
	struct embedded_trees *schemas; /* in the main thread alone */
	struct arena *arena;
	struct held_set *held; /* newest first */
};

/* Loads the first set into SERVICE; every problem is a line on standard error. False with ERR_CONFIG. */
bool policy_sets_start(struct policy_sets *sets, struct service *service, struct err *err) AR_MUST_CHECK;

/* Loads a set again and puts it in force, all or nothing; what is wrong with it goes to the log. */
void policy_sets_reload(struct policy_sets *sets, struct service *service);

/* Frees every set; no call is under way. */
void policy_sets_finish(struct policy_sets *sets);

#endif
