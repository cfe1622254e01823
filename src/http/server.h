/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The HTTP server: libmicrohttpd in poll mode, one thread per core, behind a request gate (framing, header
 * and URI rules), limits and a reaper for slow clients. The only user of libmicrohttpd.
 */
#ifndef AR_HTTP_SERVER_H
#define AR_HTTP_SERVER_H

#include "base/err.h"
#include "review/service.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct http_server;
struct route;

/* Defaults beside; deadlines in seconds. */
struct http_limits {
	unsigned threads;
	unsigned connections; /* 1000 */
	unsigned connections_per_address; /* 64; 0: off (loopback, behind a trusted proxy) */
	size_t header_bytes; /* 8 KiB in all */
	unsigned header_count; /* 64 */
	size_t uri_bytes; /* 2 KiB */
	size_t body_bytes; /* 256 KiB */
	unsigned header_deadline; /* 10 */
	unsigned body_deadline; /* 30 */
	unsigned request_deadline; /* 30 */
	unsigned keepalive_idle; /* 60 */
	unsigned keepalive_requests; /* 1000 */
	unsigned auth_failures_per_minute; /* 20 per address; 0: off */
};
void http_limits_default(struct http_limits *limits);

struct http_options {
	const char *host; /* numeric address */
	uint16_t port; /* 0: any */
	struct http_limits limits;
	const struct route *routes; /* http/routes.h: `routes`, `route_count`; borrowed for the server's life */
	size_t route_count;
	const char *const *trusted_proxies; /* not limited per address; their X-Forwarded-For is believed */
	size_t trusted_proxy_count;
};

/*
 * Starts serving; SERVICE must outlive the server. Raises the soft limit of open files if the connections
 * would not fit. NULL with ERR_CONFIG when the address cannot be listened on.
 */
struct http_server *http_server_start(const struct http_options *options, struct service *service,
				      struct err *err) AR_MUST_CHECK;
uint16_t http_server_port(const struct http_server *server);

/*
 * Stops accepting, answers what was read, lets the writer release suspended exchanges, closes. Call before
 * store_close. Takes at most about half a minute, however the clients behave; if the writer has not settled
 * every change by then, the server is abandoned as it stands (nothing is freed that the writer might still
 * touch) and false is returned. NULL is allowed.
 */
bool http_server_stop(struct http_server *server);

#endif
