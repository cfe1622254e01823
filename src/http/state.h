/* SPDX-License-Identifier: Apache-2.0 */
/* The inside of the server and of an exchange: for the files of this room, never for endpoints. */
#ifndef AR_HTTP_STATE_H
#define AR_HTTP_STATE_H

#include "http/exchange.h"
#include "http/framing.h"
#include "http/gate.h"
#include "http/peers.h"
#include "http/reaper.h"
#include "http/router.h"
#include "http/server.h"
#include "http/throttle.h"
#include "http/worker.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>

struct MHD_Connection;
struct MHD_Daemon;

struct http_server {
	struct http_limits limits;
	const struct route *routes;
	size_t route_count;
	struct address *trusted;
	size_t trusted_count;
	struct service *service;

	struct MHD_Daemon *daemon;
	int listen_fd;
	uint16_t port;
	bool in_place; /* framing_known */

	struct peers peers;
	struct reaper reaper;
	struct throttle throttle;

	pthread_key_t worker_key; /* struct worker of the calling HTTP thread */
	pthread_mutex_t workers_lock;
	struct worker *workers;

	_Atomic bool stopping; /* answers end their connections */
	_Atomic bool closing; /* nothing more is handed to the writer */
	_Atomic size_t suspended; /* exchanges that the writer holds */
};

enum stage {
	STAGE_HEAD, /* the request line has arrived */
	STAGE_BODY, /* the head was judged; the body arrives, or is let pass when the exchange is refused */
	STAGE_SUSPENDED, /* the writer has the change */
	STAGE_ANSWERED
};

enum { REPLY_HEADERS_MAX = 12, REQUEST_ID_MAX = 64 };

struct reply_header {
	const char *name;
	const char *value;
};

struct exchange {
	struct exchange *next; /* in the worker's free list */
	struct arena *arena;

	struct http_server *server;
	struct worker *worker;
	struct peer *peer;
	struct MHD_Connection *connection;

	enum stage stage;
	struct instant now;
	int64_t started_us;
	char request_id[REQUEST_ID_MAX + 1];

	char *target; /* as on the request line */
	char *path;
	char *query_text; /* after the question mark, or NULL */
	struct query *query;
	struct framing framing;
	struct head head;
	struct route_match match;
	const struct principal *principal;

	char *body;
	size_t body_length;
	size_t body_capacity;
	uint64_t body_dropped; /* bytes of a refused body that were let pass */

	bool refused; /* REFUSAL is the answer once the body has passed */
	bool closing; /* the connection ends with this answer */
	struct err refusal;
	unsigned retry_after; /* seconds */

	struct change *change; /* handed over, not settled yet */
	struct change *settled_change;
	endpoint_fn after;
	_Atomic bool settled;

	int status; /* 0: not answered */
	const char *content_type;
	const char *reply;
	size_t reply_length;
	struct reply_header headers[REPLY_HEADERS_MAX];
	size_t header_count;
};

/* Notes that the exchange can only be refused. */
void exchange_refuse(struct exchange *exchange, const struct err *err);

/* The client as limits count it: the peer, or whom a trusted proxy says it speaks for. */
struct address exchange_client(const struct exchange *exchange);

#endif
