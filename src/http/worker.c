/* SPDX-License-Identifier: Apache-2.0 */
#include "http/worker.h"

#include "base/arena.h"
#include "http/state.h"

#include <stdlib.h>
#include <sys/random.h>

enum { FREE_MAX = 32 };

static struct worker *worker_create(struct http_server *server)
{
	struct worker *worker = calloc(1, sizeof(*worker));
	if (worker == NULL) {
		abort();
	}
	if (getrandom(&worker->request_prefix, sizeof(worker->request_prefix), 0) < 0) {
		worker->request_prefix = (uint64_t)monotonic_us();
	}
	metrics_init(&worker->metrics, server->route_count);
	pthread_mutex_lock(&server->workers_lock);
	worker->next = server->workers;
	server->workers = worker;
	pthread_mutex_unlock(&server->workers_lock);
	return worker;
}

struct worker *worker_current(struct http_server *server)
{
	struct worker *worker = pthread_getspecific(server->worker_key);
	if (worker == NULL) {
		worker = worker_create(server);
		pthread_setspecific(server->worker_key, worker);
	}
	return worker;
}

struct store_reader *worker_reader(struct worker *worker, struct http_server *server, struct err *err)
{
	if (worker->reader == NULL) {
		worker->reader = service_reader_open(server->service, err);
	}
	return worker->reader;
}

struct exchange *worker_take(struct worker *worker)
{
	struct exchange *exchange = worker->free;
	if (exchange == NULL) {
		exchange = calloc(1, sizeof(*exchange));
		if (exchange == NULL) {
			abort();
		}
		exchange->arena = arena_create();
		return exchange;
	}
	worker->free = exchange->next;
	worker->free_count--;
	struct arena *arena = exchange->arena;
	*exchange = (struct exchange){.arena = arena};
	return exchange;
}

void worker_give(struct worker *worker, struct exchange *exchange)
{
	if (worker->free_count == FREE_MAX) {
		arena_destroy(exchange->arena);
		free(exchange);
		return;
	}
	arena_reset(exchange->arena);
	exchange->next = worker->free;
	worker->free = exchange;
	worker->free_count++;
}

static void worker_destroy(struct worker *worker)
{
	while (worker->free != NULL) {
		struct exchange *exchange = worker->free;
		worker->free = exchange->next;
		arena_destroy(exchange->arena);
		free(exchange);
	}
	if (worker->reader != NULL) {
		service_reader_close(worker->reader);
	}
	metrics_finish(&worker->metrics);
	free(worker);
}

void workers_finish(struct http_server *server)
{
	while (server->workers != NULL) {
		struct worker *worker = server->workers;
		server->workers = worker->next;
		worker_destroy(worker);
	}
}
