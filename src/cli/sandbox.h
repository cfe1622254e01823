/* SPDX-License-Identifier: Apache-2.0 */
/* The sandbox: a throw-away database, a token per role, a clock that starts where the samples are. */
#ifndef AR_CLI_SANDBOX_H
#define AR_CLI_SANDBOX_H

#include "base/arena.h"
#include "base/err.h"
#include "review/service.h"

/* Makes a directory for the throw-away database and returns the database's path in ARENA; NULL with ERR_CONFIG. */
const char *sandbox_database(struct arena *arena, struct err *err) AR_MUST_CHECK;

/* Removes what sandbox_database made. */
void sandbox_discard(const char *database);

/* Sets the clock to START, or to where the samples are when it is 0: standing when SEEDED, else running from there. */
void sandbox_clock_start(struct service *service, struct instant start, bool seeded);

/* Creates the principals and prints a line each, then three commands that work when pasted. */
bool sandbox_welcome(struct service *service, const char *host, unsigned port, struct arena *arena,
		     struct err *err) AR_MUST_CHECK;

#endif
