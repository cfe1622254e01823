/* SPDX-License-Identifier: Apache-2.0 */
/* What the load generator is asked to do (load.c says which options there are). */
#ifndef AR_BENCH_ARGUMENTS_H
#define AR_BENCH_ARGUMENTS_H

#include "message.h"

struct arguments {
	int port;
	size_t connections;
	double seconds;
	uint64_t most; /* answers; 0: no end but time */
	int expected; /* status of every answer */
	const char *answer; /* a file that keeps the body of the last one, or NULL */
	const char *places; /* a file that keeps each Location, or NULL */
	struct message_source source;
};

/* Ends the process when the command line makes no sense. */
struct arguments arguments_read(int argc, char **argv);

#endif
