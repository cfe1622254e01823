/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A realistic command for the rigs: a new request, or the next version of one, with a 4 KB body and a 6 KB
 * snapshot.
 */
#ifndef AR_TESTS_FAULT_SUBMISSION_H
#define AR_TESTS_FAULT_SUBMISSION_H

#include "base/ident.h"
#include "store/records.h"

#include <semaphore.h>

enum { SUBMISSION_BODY = 4096, SUBMISSION_SNAPSHOT = 6144, SUBMISSION_ACK_SIZE = 64 };

struct submission {
	struct store_command command;
	/* Called in the writer thread; ERR NULL after the commit. */
	void (*settled)(struct submission *submission, const struct err *err);
	void *context;
	char id[IDENT_ID_SIZE];
	char tracking[IDENT_TRACKING_SIZE];
	char ack[SUBMISSION_ACK_SIZE]; /* "req_... 2": the snapshot starts with it, so that it can be found in the log */
	char *body;
	char *snapshot;
	struct request_row row;
	struct event_row event;
	sem_t free;
};

void submission_init(struct submission *submission, struct arena *arena,
                     void (*settled)(struct submission *submission, const struct err *err), void *context);

/* Makes it a new request, or the next version of the one it was. */
void submission_renew(struct submission *submission, struct ident_source *source);
void submission_advance(struct submission *submission);

#endif
