/* SPDX-License-Identifier: Apache-2.0 */
/*
 * One round of raising what has become due: each timer as one event of its request, committed like any other change. The version guard
 * and the list of what was raised, which lies in the same transaction, see to it that nothing is raised twice.
 */
#ifndef AR_REVIEW_SCHEDULER_PASS_H
#define AR_REVIEW_SCHEDULER_PASS_H

#include "review/service.h"
#include "review/skip_list.h"

/* One thread's. */
struct pass {
	struct service *service;
	struct store_reader *reader;
	struct arena *arena; /* of one round */
	const struct policy_set *policies; /* with which the skipped were looked at */
	struct skip_list skipped; /* requests that nothing can be raised for */
	size_t told; /* of them, in the log */
	uint64_t raised; /* so far */
	struct instant reviews_told; /* until when policies past their review date are in the log; 0: not of this set */
};

enum pass_end {
	PASS_DONE, /* nothing else is due */
	PASS_MORE, /* something was raised, or changed meanwhile: look again */
	PASS_HELD /* the store cannot take it now */
};

bool pass_init(struct pass *pass, struct service *service, struct err *err) AR_MUST_CHECK;
void pass_finish(struct pass *pass);

/* Raises, in the order of their instants, a bounded number of the timers that are due at NOW, and waits for the commit. */
enum pass_end scheduler_pass(struct pass *pass, struct instant now);

/* Requests that were skipped are looked at again. */
void pass_retry(struct pass *pass);

#endif
