/* SPDX-License-Identifier: Apache-2.0 */
#include "endpoints.h"

#include "base/text.h"
#include "fakes.h"
#include "http/metrics.h"
#include "http/state.h"

#include <stdint.h>
#include <string.h>

static void count(struct exchange *exchange, enum test_counter counter)
{
	atomic_fetch_add(&exchange_service(exchange)->store->counters[counter], 1);
}

static void get_hello(struct exchange *exchange)
{
	static const char body[] = "{\"hello\":\"world\"}";
	count(exchange, COUNT_HELLO);
	exchange_reply(exchange, 200, "application/json", body, sizeof(body) - 1);
}

static void get_secret(struct exchange *exchange)
{
	count(exchange, COUNT_SECRET);
	exchange_reply(exchange, 200, "application/json", "{}", 2);
}

static void post_echo(struct exchange *exchange)
{
	size_t length;
	const char *body = exchange_body(exchange, &length);
	count(exchange, COUNT_ECHO);
	exchange_reply(exchange, 200, "application/json", body, length);
}

static void slow_settled(struct exchange *exchange)
{
	const char *note = exchange_change(exchange)->outcome.body;
	exchange_reply(exchange, 201, "application/json", note, strlen(note));
}

static void post_slow(struct exchange *exchange)
{
	struct change *change = arena_alloc(exchange_arena(exchange), sizeof(*change));
	change->arena = exchange_arena(exchange);
	change->outcome.body = arena_printf(exchange_arena(exchange), "{\"slow\":\"%s\"}", exchange->request_id);
	count(exchange, COUNT_SLOW);
	exchange_commit(exchange, change, slow_settled);
}

/* As a changing use case ends: an outcome with everything that becomes a header. */
static void submit_settled(struct exchange *exchange)
{
	const struct outcome outcome = {
		.created = true, .replayed = true, .location = "/v1/items/7", .version = 3, .body = "{}", .length = 2};
	exchange_outcome(exchange, &outcome);
}

static void post_submit(struct exchange *exchange)
{
	struct change *change = arena_alloc(exchange_arena(exchange), sizeof(*change));
	change->arena = exchange_arena(exchange);
	count(exchange, COUNT_SUBMIT);
	exchange_commit(exchange, change, submit_settled);
}

static void get_item(struct exchange *exchange)
{
	static const char *const names[] = {"limit", "status"};
	if (!exchange_query_allow(exchange, names, 2)) {
		return;
	}
	const bool html = exchange_prefers(exchange, "text/html");
	const char *limit = exchange_query(exchange, "limit");
	const char *body = arena_printf(exchange_arena(exchange), "%s|%s|%s", exchange_param(exchange, "id"),
					limit != NULL ? limit : "-", html ? "html" : "json");
	exchange_reply(exchange, 200, html ? "text/html" : "application/json", body, strlen(body));
}

static void get_forgetful(struct exchange *exchange)
{
	(void)exchange; /* answers nothing: a bug that the server must survive */
}

static void get_large(struct exchange *exchange)
{
	const size_t length = (size_t)8 * 1024 * 1024;
	char *body = arena_alloc(exchange_arena(exchange), length);
	memset(body, 'x', length);
	exchange_reply(exchange, 200, "text/plain; charset=utf-8", body, length);
}

static void get_counts(struct exchange *exchange)
{
	const struct store *store = exchange_service(exchange)->store;
	const char *body = arena_printf(exchange_arena(exchange),
					"{\"hello\":%zu,\"echo\":%zu,\"slow\":%zu,\"secret\":%zu,\"submit\":%zu}",
					atomic_load(&store->counters[COUNT_HELLO]), atomic_load(&store->counters[COUNT_ECHO]),
					atomic_load(&store->counters[COUNT_SLOW]), atomic_load(&store->counters[COUNT_SECRET]),
					atomic_load(&store->counters[COUNT_SUBMIT]));
	exchange_reply(exchange, 200, "application/json", body, strlen(body));
}

static void get_test_metrics(struct exchange *exchange)
{
	struct text out;
	text_init(&out, exchange_arena(exchange), 4096);
	http_metrics_write(exchange, &out);
	exchange_reply(exchange, 200, "text/plain; version=0.0.4; charset=utf-8", out.data, out.length);
}

const struct route test_routes[] = {
	{"GET", "/hello", ACTION_PUBLIC, "application/json", get_hello},
	{"GET", "/secret", ACTION_PUBLIC, "application/json", get_secret},
	{"POST", "/echo", ACTION_PUBLIC, "application/json", post_echo},
	{"POST", "/slow", ACTION_PUBLIC, "application/json", post_slow},
	{"GET", "/counts", ACTION_PUBLIC, "application/json", get_counts},
	{"GET", "/large", ACTION_PUBLIC, "application/json", get_large},
	{"GET", "/forgetful", ACTION_PUBLIC, "application/json", get_forgetful},
	{"GET", "/metrics", ACTION_READ_METRICS, "text/plain", get_test_metrics},
	{"GET", "/v1/items/{id}", ACTION_READ_POLICY, "application/json text/html", get_item},
	{"POST", "/v1/items", ACTION_SUBMIT, "application/json", post_submit},
};
const size_t test_route_count = sizeof(test_routes) / sizeof(test_routes[0]);
