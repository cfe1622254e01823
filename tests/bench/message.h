/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The requests that the load generator sends: one after another from a template, each different from all
 * others.
 */
#ifndef AR_BENCH_MESSAGE_H
#define AR_BENCH_MESSAGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct message_source {
	const char *host; /* for the Host field */
	const char *token; /* or NULL */
	const char *method;
	const char *etag; /* for If-Match, or NULL */
	const char *body; /* or NULL. A run of # becomes a serial number, a run of ? random digits */
	size_t body_length;
	const char *const *paths; /* one of them at random */
	size_t path_count;
	bool once; /* instead, each one once, in order */
	size_t used; /* how many of them were */
	uint64_t serial; /* of the next message */
};

enum { MESSAGE_ROOM = 1024 }; /* beyond the body */

/* Writes the next message; BUFFER holds MESSAGE_ROOM and the body. How long it is; 0 when each path was used once. */
size_t message_write(struct message_source *source, char *buffer);

#endif
