/* SPDX-License-Identifier: Apache-2.0 */
/* A prepared change on its way through the writer: what a changing use case hands to HTTP, and HTTP hands to the store. */
#ifndef AR_REVIEW_CHANGE_H
#define AR_REVIEW_CHANGE_H

#include "review/outcome.h"
#include "review/service.h"
#include "store/store.h"

struct change {
	struct store_command command; /* first: the writer's view of the change */
	struct arena *arena; /* where everything of the change lives */
	struct outcome outcome; /* what to answer once settled */
	void (*settled)(void *context); /* called in the writer thread: wakes the exchange, touches nothing else */
	void *settled_context;
};

/* Queues the change; false with ERR_BUSY when the writer's queue is full, and then SETTLED is never called. */
bool change_commit(struct service *service, struct change *change, void (*settled)(void *context), void *context,
		   struct err *err) AR_MUST_CHECK;

#endif
