/* SPDX-License-Identifier: Apache-2.0 */
/* Answers as endpoints give them: only recorded here; the server sends them. */
#include "http/state.h"

#include <assert.h>
#include <inttypes.h>
#include <string.h>

void exchange_set_header(struct exchange *exchange, const char *name, const char *value)
{
	assert(exchange->header_count < REPLY_HEADERS_MAX);
	exchange->headers[exchange->header_count++] =
		(struct reply_header){arena_copy(exchange->arena, name), arena_copy(exchange->arena, value)};
}

void exchange_reply(struct exchange *exchange, int status, const char *content_type, const char *body, size_t length)
{
	assert(exchange->status == 0 && exchange->change == NULL); /* exactly one answer */
	exchange->status = status;
	exchange->content_type = content_type;
	exchange->reply = body;
	exchange->reply_length = length;
}

static void set_version(struct exchange *exchange, int64_t version)
{
	if (version > 0) {
		exchange_set_header(exchange, "ETag", arena_printf(exchange->arena, "\"v%" PRId64 "\"", version));
	}
}

/* Whether a reader says that it has this version already. */
static bool unchanged(struct exchange *exchange, const struct outcome *outcome)
{
	const char *known = exchange_header(exchange, "If-None-Match");
	const struct route *route = exchange->match.route;
	return known != NULL && outcome->version > 0 && route != NULL && strcmp(route->method, "GET") == 0 &&
	       strcmp(known, arena_printf(exchange->arena, "\"v%" PRId64 "\"", outcome->version)) == 0;
}

void exchange_outcome(struct exchange *exchange, const struct outcome *outcome)
{
	set_version(exchange, outcome->version);
	if (outcome->failed) {
		exchange_problem(exchange, &outcome->err, &outcome->issues);
		return;
	}
	if (unchanged(exchange, outcome)) {
		exchange_reply(exchange, 304, NULL, "", 0);
		return;
	}
	if (outcome->location != NULL) {
		exchange_set_header(exchange, "Location", outcome->location);
	}
	if (outcome->notice != NULL) {
		exchange_set_header(exchange, "X-Sensitivity-Notice", outcome->notice);
	}
	if (outcome->next != NULL) {
		exchange_set_header(exchange, "Link", arena_printf(exchange->arena, "<%s>; rel=\"next\"", outcome->next));
	}
	if (outcome->replayed) {
		exchange_set_header(exchange, "Idempotency-Replayed", "true");
	}
	exchange_reply(exchange, outcome->created ? 201 : 200, "application/json", outcome->body, outcome->length);
}

void exchange_commit(struct exchange *exchange, struct change *change, endpoint_fn after)
{
	assert(exchange->status == 0 && exchange->change == NULL);
	exchange->change = change;
	exchange->after = after;
}

struct change *exchange_change(struct exchange *exchange)
{
	return exchange->settled_change;
}
