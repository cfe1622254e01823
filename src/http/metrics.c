/* SPDX-License-Identifier: Apache-2.0 */
#include "http/metrics.h"

#include "base/text.h"
#include "http/state.h"

#include <inttypes.h>
#include <stdlib.h>

/* Upper bounds in microseconds and as Prometheus writes them. */
static const struct {
	int64_t us;
	const char *seconds;
} bounds[METRIC_BUCKETS] = {
	{100, "0.0001"}, {250, "0.00025"}, {500, "0.0005"}, {1000, "0.001"}, {2500, "0.0025"}, {5000, "0.005"},
	{10000, "0.01"}, {25000, "0.025"}, {50000, "0.05"}, {100000, "0.1"}, {500000, "0.5"},  {2500000, "2.5"},
};

void metrics_init(struct metrics *metrics, size_t count)
{
	metrics->count = count + 1;
	metrics->routes = calloc(metrics->count, sizeof(*metrics->routes));
	if (metrics->routes == NULL) {
		abort();
	}
}

void metrics_finish(struct metrics *metrics)
{
	free(metrics->routes);
}

/* One thread writes, so that load and store suffice: no locked instruction on a request's way. */
static void bump(_Atomic uint64_t *counter, uint64_t by)
{
	const uint64_t value = atomic_load_explicit(counter, memory_order_relaxed);
	atomic_store_explicit(counter, value + by, memory_order_relaxed);
}

void metrics_count(struct metrics *metrics, size_t route, int status, int64_t took_us)
{
	struct route_metrics *counters = &metrics->routes[route < metrics->count ? route : metrics->count - 1];
	const int class = status / 100 - 1;
	bump(&counters->classes[class < 0 || class >= METRIC_CLASSES ? 0 : class], 1);
	size_t bucket = 0;
	while (bucket < METRIC_BUCKETS && took_us > bounds[bucket].us) {
		bucket++;
	}
	bump(&counters->buckets[bucket], 1);
	bump(&counters->sum_us, took_us > 0 ? (uint64_t)took_us : 0);
}

/* The counters of one route over all threads. */
struct route_sums {
	uint64_t classes[METRIC_CLASSES];
	uint64_t buckets[METRIC_BUCKETS + 1];
	uint64_t sum_us;
};

static struct route_sums route_sum(const struct http_server *server, size_t route)
{
	struct route_sums sums = {.sum_us = 0};
	for (const struct worker *worker = server->workers; worker != NULL; worker = worker->next) {
		struct route_metrics *counters = &worker->metrics.routes[route];
		for (size_t i = 0; i < METRIC_CLASSES; i++) {
			sums.classes[i] += atomic_load_explicit(&counters->classes[i], memory_order_relaxed);
		}
		for (size_t i = 0; i <= METRIC_BUCKETS; i++) {
			sums.buckets[i] += atomic_load_explicit(&counters->buckets[i], memory_order_relaxed);
		}
		sums.sum_us += atomic_load_explicit(&counters->sum_us, memory_order_relaxed);
	}
	return sums;
}

static const char *route_labels(const struct http_server *server, size_t route, struct arena *arena)
{
	if (route == server->route_count) {
		return "method=\"\",route=\"none\"";
	}
	return arena_printf(arena, "method=\"%s\",route=\"%s\"", server->routes[route].method, server->routes[route].path);
}

static void write_requests(const struct http_server *server, struct text *out)
{
	static const char *const classes[METRIC_CLASSES] = {"none", "2xx", "3xx", "4xx", "5xx"};
	text_puts(out, "# HELP authreview_http_requests_total Answers by route and status class; none: the client left first.\n"
		       "# TYPE authreview_http_requests_total counter\n");
	for (size_t route = 0; route <= server->route_count; route++) {
		const struct route_sums sums = route_sum(server, route);
		const char *labels = route_labels(server, route, out->arena);
		for (size_t i = 0; i < METRIC_CLASSES; i++) {
			if (sums.classes[i] > 0) {
				text_printf(out, "authreview_http_requests_total{%s,class=\"%s\"} %" PRIu64 "\n", labels,
					    classes[i], sums.classes[i]);
			}
		}
	}
}

static void write_seconds(const struct http_server *server, struct text *out)
{
	static const char name[] = "authreview_http_request_seconds";
	text_printf(out, "# HELP %s From the request line to the last byte of the answer.\n# TYPE %s histogram\n", name, name);
	for (size_t route = 0; route <= server->route_count; route++) {
		const struct route_sums sums = route_sum(server, route);
		const char *labels = route_labels(server, route, out->arena);
		uint64_t total = 0;
		for (size_t i = 0; i < METRIC_BUCKETS; i++) {
			total += sums.buckets[i];
			text_printf(out, "%s_bucket{%s,le=\"%s\"} %" PRIu64 "\n", name, labels, bounds[i].seconds, total);
		}
		total += sums.buckets[METRIC_BUCKETS];
		text_printf(out, "%s_bucket{%s,le=\"+Inf\"} %" PRIu64 "\n", name, labels, total);
		text_printf(out, "%s_sum{%s} %" PRIu64 ".%06" PRIu64 "\n", name, labels, sums.sum_us / 1000000,
			    sums.sum_us % 1000000);
		text_printf(out, "%s_count{%s} %" PRIu64 "\n", name, labels, total);
	}
}

void http_metrics_write(struct exchange *exchange, struct text *out)
{
	struct http_server *server = exchange->server;
	pthread_mutex_lock(&server->workers_lock);
	write_requests(server, out);
	write_seconds(server, out);
	pthread_mutex_unlock(&server->workers_lock);

	text_printf(out, "# TYPE authreview_http_connections gauge\nauthreview_http_connections %zu\n",
		    peers_count(&server->peers));
	text_printf(out, "# TYPE authreview_http_suspended gauge\nauthreview_http_suspended %zu\n",
		    atomic_load_explicit(&server->suspended, memory_order_relaxed));
	text_printf(out, "# TYPE authreview_http_reaped_total counter\nauthreview_http_reaped_total %" PRIu64 "\n",
		    atomic_load_explicit(&server->reaper.reaped, memory_order_relaxed));
}
