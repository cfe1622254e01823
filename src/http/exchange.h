/* SPDX-License-Identifier: Apache-2.0 */
/*
 * One HTTP request and its answer, as endpoints see it. Everything an endpoint reads was checked by the gate;
 * everything it allocates lives in the exchange's arena, which dies when the exchange is over.
 */
#ifndef AR_HTTP_EXCHANGE_H
#define AR_HTTP_EXCHANGE_H

#include "auth/access.h"
#include "base/arena.h"
#include "base/err.h"
#include "base/issue.h"
#include "review/change.h"
#include "review/outcome.h"
#include "review/service.h"

struct exchange;
typedef void (*endpoint_fn)(struct exchange *exchange);

struct arena *exchange_arena(struct exchange *exchange);
struct service *exchange_service(struct exchange *exchange);
/* The thread's own, for review; NULL only on public routes, when the store cannot be read. */
struct store_reader *exchange_reader(struct exchange *exchange);
/* NULL on public routes, where tokens are not looked at. */
const struct principal *exchange_principal(struct exchange *exchange);
struct instant exchange_now(struct exchange *exchange); /* when the request line arrived, on the service's clock */

/* A {name} segment of the route's path. */
const char *exchange_param(struct exchange *exchange, const char *name);

/* A query parameter, decoded; NULL when absent. */
const char *exchange_query(struct exchange *exchange, const char *name);

/*
 * Refuses every query parameter that is not in NAMES, and repeated ones (all of them, as issues): false after
 * answering 400.
 */
bool exchange_query_allow(struct exchange *exchange, const char *const *names, size_t count);

/* A header field (names without regard to case), or NULL. */
const char *exchange_header(struct exchange *exchange, const char *name);

/* The whole body; "" when there is none. */
const char *exchange_body(struct exchange *exchange, size_t *ret_length);

/* True when Accept allows MEDIA_TYPE ("text/html") and prefers it to application/json. */
bool exchange_prefers(struct exchange *exchange, const char *media_type);

/* ---- answers: exactly one per exchange ---- */

void exchange_set_header(struct exchange *exchange, const char *name, const char *value);
/* BODY must live as long as the exchange (its arena) or be static. */
void exchange_reply(struct exchange *exchange, int status, const char *content_type, const char *body, size_t length);
void exchange_problem(struct exchange *exchange, const struct err *err, const struct issues *issues);
/* A use case's outcome: representation with ETag, Location, Link, Idempotency-Replayed; or its problem. */
void exchange_outcome(struct exchange *exchange, const struct outcome *outcome);

/*
 * Hands a change to the writer and suspends the exchange; AFTER runs on an HTTP thread once the change is
 * settled and must answer. When the queue is full the exchange is answered 503 at once. The change must live
 * in the exchange's arena. It is the last thing an endpoint calls.
 *
 * A client that goes away meanwhile is not noticed: the change is settled as if it had stayed and the answer
 * is lost, which is what the Idempotency-Key is for. The same holds for a client that closes its sending half
 * early.
 */
void exchange_commit(struct exchange *exchange, struct change *change, endpoint_fn after);

/* In AFTER: the change that was settled. */
struct change *exchange_change(struct exchange *exchange);

#endif
