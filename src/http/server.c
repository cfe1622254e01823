/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The way of one exchange through the library's callbacks, and its suspension, which lives in this file
 * alone.
 *
 * What the library refuses before it calls us it answers itself, with pages in HTML that cannot be changed:
 * 400 for a request line or field without its parts, for a Content-Length that is no number and for chunks
 * without a size; 413 for numbers beyond 64 bits; 414 and 431 when the head does not even fit its memory; 505
 * for other versions than HTTP/1. It closes the connection after each, and
 * without a word after some four hundred query parameters.
 *
 * A response that is queued in the first call of the access handler ends the connection. Only the gate's
 * refusals do that; everything else is answered in the last call, after the body.
 */
#include "http/admit.h"
#include "http/handlers.h"
#include "http/send.h"

#include "base/log.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/*
 * How much of a refused body is let pass, in bodies of full size, before the connection is cut without an
 * answer.
 */
enum { DROPPED_BODIES = 64, FIRST_BODY_ROOM = 8192 };

static int64_t seconds_us(unsigned seconds)
{
	return (int64_t)seconds * 1000000;
}

/* ---- suspension ---- */

/* In the writer's thread, which must touch nothing of the exchange but this. */
static void settled(void *context)
{
	struct exchange *exchange = context;
	struct http_server *server = exchange->server;
	struct MHD_Connection *connection = exchange->connection;
	atomic_store_explicit(&exchange->settled, true, memory_order_release);
	/* The exchange cannot end before this: only a resumed connection is served again. */
	MHD_resume_connection(connection);
	/* Last: when the count is zero the server may be torn down. */
	atomic_fetch_sub(&server->suspended, 1);
}

/*
 * Suspends before the change is queued, so that a writer that settles at once finds a connection to resume. A
 * refused change is resumed the same way, since a suspended connection cannot be answered.
 */
static enum MHD_Result suspend(struct exchange *exchange)
{
	struct http_server *server = exchange->server;
	struct err err;
	exchange->stage = STAGE_SUSPENDED;
	atomic_store_explicit(&exchange->settled, false, memory_order_relaxed);
	/*
	 * Counted before CLOSING is read: the stopping thread sets it and then reads the count, so that one
	 * of the two sees the other.
	 */
	atomic_fetch_add(&server->suspended, 1);
	MHD_suspend_connection(exchange->connection);
	if (atomic_load(&server->closing)) {
		err_set(&err, ERR_BUSY, "the server is stopping; nothing was recorded");
		exchange_refuse(exchange, &err);
		settled(exchange);
	} else if (!change_commit(server->service, exchange->change, settled, exchange, &err)) {
		exchange_refuse(exchange, &err);
		settled(exchange);
	}
	return MHD_YES;
}

/* ---- answering ---- */

static enum MHD_Result conclude(struct exchange *exchange)
{
	if (exchange->change != NULL) {
		return suspend(exchange);
	}
	if (exchange->status == 0) {
		struct err err;
		err_set(&err, ERR_INTERNAL, "no answer was made");
		exchange_problem(exchange, &err, NULL);
	}
	return send_answer(exchange) ? MHD_YES : MHD_NO;
}

/* The writer has settled the change, or it was never queued. */
static enum MHD_Result resumed(struct exchange *exchange)
{
	if (!atomic_load_explicit(&exchange->settled, memory_order_acquire)) {
		return MHD_YES;
	}
	endpoint_fn after = exchange->after;
	exchange->settled_change = exchange->change;
	exchange->change = NULL;
	exchange->after = NULL;
	if (exchange->refused) {
		exchange_problem(exchange, &exchange->refusal, NULL);
	} else {
		after(exchange);
	}
	return conclude(exchange);
}

static enum MHD_Result body_complete(struct exchange *exchange)
{
	struct err err;
	peer_enter(exchange->peer, PEER_WORKING, 0);
	if (!exchange->refused && !admit_body(exchange, &err)) {
		exchange_refuse(exchange, &err);
	}
	if (exchange->refused) {
		exchange_problem(exchange, &exchange->refusal, NULL);
	} else if (exchange->match.options) {
		exchange_set_header(exchange, "Allow", exchange->match.allow);
		exchange_reply(exchange, MHD_HTTP_NO_CONTENT, NULL, NULL, 0);
	} else {
		exchange->match.route->endpoint(exchange);
	}
	return conclude(exchange);
}

/* ---- reading ---- */

/* Doubling: what a client announces is only believed as far as it has sent it. */
static void body_make_room(struct exchange *exchange, size_t size)
{
	if (exchange->body_capacity - exchange->body_length >= size) {
		return;
	}
	size_t capacity = exchange->body_capacity == 0 ? FIRST_BODY_ROOM : exchange->body_capacity;
	while (capacity - exchange->body_length < size) {
		capacity *= 2;
	}
	char *body = arena_alloc(exchange->arena, capacity + 1);
	if (exchange->body_length > 0) {
		memcpy(body, exchange->body, exchange->body_length);
	}
	exchange->body = body;
	exchange->body_capacity = capacity;
}

static enum MHD_Result body_part(struct exchange *exchange, const char *data, size_t size)
{
	const size_t limit = exchange->server->limits.body_bytes;
	if (!exchange->refused && size > limit - exchange->body_length) {
		struct err err;
		err_set(&err, ERR_TOO_LARGE, "the body is larger than %zu bytes", limit);
		exchange_refuse(exchange, &err);
	}
	if (exchange->refused) {
		/*
		 * The library takes no answer while a body arrives; the part is let pass, but not without
		 * end.
		 */
		exchange->body_dropped += size;
		return exchange->body_dropped > (uint64_t)limit * DROPPED_BODIES ? MHD_NO : MHD_YES;
	}
	body_make_room(exchange, size);
	memcpy(exchange->body + exchange->body_length, data, size);
	exchange->body_length += size;
	exchange->body[exchange->body_length] = '\0';
	return MHD_YES;
}

static enum MHD_Result add_field(void *context, enum MHD_ValueKind kind, const char *name, size_t name_length,
				 const char *value, size_t value_length)
{
	(void)kind;
	struct head *head = context;
	head->fields[head->count++] =
		(struct field){name, name_length, value != NULL ? value : "", value != NULL ? value_length : 0};
	return MHD_YES;
}

static void read_head(struct exchange *exchange, const char *method, const char *version)
{
	struct head *head = &exchange->head;
	head->method = method;
	head->version = version;
	const int count = MHD_get_connection_values_n(exchange->connection, MHD_HEADER_KIND, NULL, NULL);
	head->fields = arena_array(exchange->arena, count > 0 ? (size_t)count : 1, sizeof(*head->fields));
	MHD_get_connection_values_n(exchange->connection, MHD_HEADER_KIND, add_field, head);

	const union MHD_ConnectionInfo *size =
		MHD_get_connection_info(exchange->connection, MHD_CONNECTION_INFO_REQUEST_HEADER_SIZE);
	exchange->framing.head_length = size != NULL ? size->header_size : 0;
}

static void split_target(struct exchange *exchange)
{
	exchange->path = exchange->target;
	char *question = strchr(exchange->path, '?');
	if (question != NULL) {
		*question = '\0';
		exchange->query_text = question + 1;
	}
}

static bool pass_gate(struct exchange *exchange, struct err *err)
{
	const struct http_limits *limits = &exchange->server->limits;
	if (!gate_target(exchange->target, limits, err)) {
		return false;
	}
	if (exchange->server->in_place && !framing_whole(&exchange->head, &exchange->framing)) {
		return err_set(err, ERR_BAD_REQUEST,
			       "the head holds a NUL byte, a bare line feed, a folded line or stray spaces");
	}
	return gate_head(&exchange->head, limits, exchange->arena, err);
}

static void take_request_id(struct exchange *exchange)
{
	static const char allowed[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-";
	const char *given = head_field(&exchange->head, "X-Request-Id");
	if (given == NULL) {
		return;
	}
	const size_t length = strlen(given);
	if (length > 0 && length <= REQUEST_ID_MAX && given[strspn(given, allowed)] == '\0') {
		memcpy(exchange->request_id, given, length + 1);
	}
}

/*
 * A refused body within the limit is let pass, so that the client hears the answer on a connection that
 * stays; one that is too large, or that waits for leave to be sent, is answered at once.
 */
static bool answers_at_once(const struct exchange *exchange)
{
	const struct head *head = &exchange->head;
	const bool body = head->chunked || head->content_length > 0;
	return exchange->refused && body &&
	       (head->expects_continue || head->content_length > exchange->server->limits.body_bytes);
}

static enum MHD_Result answer_at_once(struct exchange *exchange)
{
	exchange->closing = true;
	exchange_problem(exchange, &exchange->refusal, NULL);
	return conclude(exchange);
}

static enum MHD_Result head_complete(struct exchange *exchange, const char *method, const char *version)
{
	const struct http_limits *limits = &exchange->server->limits;
	struct err err;
	exchange->stage = STAGE_BODY;
	read_head(exchange, method, version);
	if (!pass_gate(exchange, &err)) {
		exchange_refuse(exchange, &err);
		return answer_at_once(exchange);
	}
	/* The log reads it when the library's memory may be gone. */
	exchange->head.method = arena_copy(exchange->arena, method);
	split_target(exchange);
	take_request_id(exchange);
	if (!admit_head(exchange, &err)) {
		exchange_refuse(exchange, &err);
		if (answers_at_once(exchange)) {
			return answer_at_once(exchange);
		}
	}
	const unsigned deadline =
		limits->body_deadline < limits->request_deadline ? limits->body_deadline : limits->request_deadline;
	peer_enter(exchange->peer, PEER_READING, exchange->started_us + seconds_us(deadline));
	return MHD_YES;
}

/* ---- callbacks ---- */

static struct peer *peer_of(struct MHD_Connection *connection)
{
	const union MHD_ConnectionInfo *info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
	return info != NULL ? info->socket_context : NULL;
}

/* Every answer is a line: what went well only for who asks for it, since a line is a system call. */
static void log_exchange(const struct exchange *exchange, int64_t took_us)
{
	const struct route *route = exchange->match.route;
	const enum log_level level = exchange->status >= 500 ? LOG_ERROR : exchange->status >= 400 ? LOG_INFO : LOG_DEBUG;
	/*
	 * The route's pattern, never the path: ids and what clients put there by mistake stay out of logs.
	 * The path is set once the gate is passed: before that the method may be anything.
	 */
	LOG(level, "http", LOG_TEXT("method", exchange->path != NULL ? exchange->head.method : ""),
	    LOG_TEXT("route", route != NULL ? route->path : ""), LOG_NUMBER("status", exchange->status),
	    LOG_NUMBER("us", took_us), LOG_TEXT("request_id", exchange->request_id),
	    LOG_TEXT("principal", exchange->principal != NULL ? exchange->principal->id : ""));
}

/* Counts and logs an exchange that is over, and takes back its memory. */
static void finish(struct exchange *exchange)
{
	const int64_t now = monotonic_us();
	const int64_t took_us = now - exchange->started_us;
	struct peer *peer = exchange->peer;
	peer->exchange = NULL;
	log_exchange(exchange, took_us);
	metrics_count(&exchange->worker->metrics, exchange->match.index, exchange->status, took_us);
	peer_enter(peer, PEER_IDLE, now + seconds_us(exchange->server->limits.keepalive_idle));
	worker_give(exchange->worker, exchange);
}

void *on_request_line(void *context, const char *target, struct MHD_Connection *connection)
{
	struct http_server *server = context;
	struct peer *peer = peer_of(connection);
	struct worker *worker = peer->worker;
	if (peer->exchange != NULL) {
		finish(peer->exchange);
	}
	struct exchange *exchange = worker_take(worker);
	exchange->server = server;
	exchange->worker = worker;
	exchange->peer = peer;
	exchange->connection = connection;
	peer->exchange = exchange;
	exchange->now = service_now(server->service);
	exchange->started_us = monotonic_us();
	exchange->match.index = server->route_count;
	exchange->framing.target = (uintptr_t)target;
	exchange->framing.target_length = strlen(target);
	exchange->target = arena_text(exchange->arena, target, exchange->framing.target_length);
	(void)snprintf(exchange->request_id, sizeof(exchange->request_id), "%016" PRIx64 "-%" PRIx64, worker->request_prefix,
		       worker->request_count++);
	peer->requests++;
	/* A first request has to come within the deadline that began when the connection was accepted. */
	if (atomic_load_explicit(&peer->phase, memory_order_relaxed) != PEER_NEW) {
		peer_enter(peer, PEER_READING, exchange->started_us + seconds_us(server->limits.header_deadline));
	} else {
		atomic_store_explicit(&peer->phase, PEER_READING, memory_order_relaxed);
	}
	return exchange;
}

enum MHD_Result on_request(void *context, struct MHD_Connection *connection, const char *url, const char *method,
			   const char *version, const char *data, size_t *data_size, void **exchange_context)
{
	(void)context;
	(void)connection;
	(void)url; /* changed by the library; the exchange keeps the target as it was */
	struct exchange *exchange = *exchange_context;
	switch (exchange->stage) {
	case STAGE_HEAD: return head_complete(exchange, method, version);
	case STAGE_BODY:
		if (*data_size == 0) {
			return body_complete(exchange);
		}
		const size_t size = *data_size;
		*data_size = 0;
		return body_part(exchange, data, size);
	case STAGE_SUSPENDED: return resumed(exchange);
	case STAGE_ANSWERED: break;
	}
	return MHD_NO;
}

void on_completed(void *context, struct MHD_Connection *connection, void **exchange_context,
		  enum MHD_RequestTerminationCode code)
{
	(void)connection;
	(void)code;
	(void)context;
	if (*exchange_context != NULL) {
		finish(*exchange_context);
		*exchange_context = NULL;
	}
}

static bool is_unlimited(const struct http_server *server, const struct address *address)
{
	for (size_t i = 0; i < server->trusted_count; i++) {
		if (address_equal(&server->trusted[i], address)) {
			return true;
		}
	}
	return server->limits.connections_per_address == 0 || address_loopback(address);
}

enum MHD_Result on_accept(void *context, const struct sockaddr *from, socklen_t length)
{
	(void)length;
	struct http_server *server = context;
	struct address address;
	if (!address_from_socket(from, &address)) {
		return MHD_NO;
	}
	/* Two threads may accept at once and go beyond by one: a limit of courtesy, not of safety. */
	const bool welcome = is_unlimited(server, &address) ||
			     peers_count_from(&server->peers, &address) < server->limits.connections_per_address;
	return welcome ? MHD_YES : MHD_NO;
}

void on_connection(void *context, struct MHD_Connection *connection, void **socket_context,
		   enum MHD_ConnectionNotificationCode code)
{
	struct http_server *server = context;
	if (code == MHD_CONNECTION_NOTIFY_CLOSED) {
		struct peer *gone = *socket_context;
		if (gone == NULL) {
			return;
		}
		if (gone->exchange != NULL) {
			/* The library forgets to say so when its memory ended in the middle of a head. */
			finish(gone->exchange);
		}
		*socket_context = NULL;
		peers_remove(&server->peers, gone);
		return;
	}
	const union MHD_ConnectionInfo *from = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
	struct address address = {{0}};
	if (from != NULL) {
		(void)address_from_socket(from->client_addr, &address);
	}
	const union MHD_ConnectionInfo *socket = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);
	const int fd = socket != NULL ? socket->connect_fd : -1;
	struct peer *peer =
		peers_add(&server->peers, &address, fd, monotonic_us() + seconds_us(server->limits.header_deadline));
	peer->worker = worker_current(server);
	*socket_context = peer;
}

/* The library must not decode: router and query decode their own copy once. */
size_t on_unescape(void *context, struct MHD_Connection *connection, char *text)
{
	(void)context;
	(void)connection;
	return strlen(text);
}

/* Only the format: the arguments may hold parts of a request. */
void on_message(void *context, const char *format, va_list arguments)
{
	(void)context;
	(void)arguments;
	LOG(LOG_INFO, "http_library", LOG_TEXT("message", format));
}
