/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Counts of answers by route and status class, and how long they took. Each HTTP thread has its own; a reader
 * adds them up.
 */
#ifndef AR_HTTP_METRICS_H
#define AR_HTTP_METRICS_H

#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>

struct exchange;
struct text;

enum { METRIC_CLASSES = 5, METRIC_BUCKETS = 12 };

/* Written by one thread, read by any. */
struct route_metrics {
	_Atomic uint64_t classes[METRIC_CLASSES]; /* 1xx to 5xx; 1xx counts connections that ended before an answer */
	_Atomic uint64_t buckets[METRIC_BUCKETS + 1]; /* not cumulated; the last is everything slower */
	_Atomic uint64_t sum_us;
};

struct metrics {
	struct route_metrics *routes; /* one more than there are routes: paths that nobody has */
	size_t count;
};

void metrics_init(struct metrics *metrics, size_t count);
void metrics_finish(struct metrics *metrics);

/* Counts one answer; STATUS 0 for none. */
void metrics_count(struct metrics *metrics, size_t route, int status, int64_t took_us);

/* Adds the counters and latencies of the server that EXCHANGE belongs to, in Prometheus text format. */
void http_metrics_write(struct exchange *exchange, struct text *out);

#endif
