/* SPDX-License-Identifier: Apache-2.0 */
/* Starting and stopping the server. */
#include "http/handlers.h"
#include "http/listener.h"

#include "base/log.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <time.h>
#include <unistd.h>

/*
 * Seconds: for clients to finish what they began, for the writer to settle what it holds, and for those
 * answers to leave.
 */
enum { STOP_CLIENTS = 10, STOP_WRITER = 20, STOP_LAST = 3, STOP_STEP_MS = 5 };

void http_limits_default(struct http_limits *limits)
{
	const long cores = sysconf(_SC_NPROCESSORS_ONLN);
	*limits = (struct http_limits){
		.threads = cores < 1    ? 1
			   : cores > 64 ? 64
					: (unsigned)cores,
		.connections = 1000,
		.connections_per_address = 64,
		.header_bytes = 8192,
		.header_count = 64,
		.uri_bytes = 2048,
		.body_bytes = (size_t)256 * 1024,
		.header_deadline = 10,
		.body_deadline = 30,
		.request_deadline = 30,
		.keepalive_idle = 60,
		.keepalive_requests = 1000,
		.auth_failures_per_minute = 20,
	};
}

static bool read_trusted(struct http_server *server, const struct http_options *options, struct err *err)
{
	server->trusted = calloc(options->trusted_proxy_count + 1, sizeof(*server->trusted));
	if (server->trusted == NULL) {
		abort();
	}
	for (size_t i = 0; i < options->trusted_proxy_count; i++) {
		if (!address_parse(options->trusted_proxies[i], &server->trusted[i])) {
			return err_set(err, ERR_CONFIG, "trusted proxy %s is not a numeric address",
				       options->trusted_proxies[i]);
		}
		server->trusted_count++;
	}
	return true;
}

static struct http_server *server_create(const struct http_options *options, struct service *service)
{
	struct http_server *server = calloc(1, sizeof(*server));
	if (server == NULL) {
		abort();
	}
	server->limits = options->limits;
	server->routes = options->routes;
	server->route_count = options->route_count;
	server->service = service;
	server->listen_fd = -1;
	server->in_place = framing_known(MHD_get_version());
	uint64_t seed;
	if (getrandom(&seed, sizeof(seed), 0) < 0) {
		seed = (uint64_t)monotonic_us();
	}
	peers_init(&server->peers, seed);
	throttle_init(&server->throttle, options->limits.auth_failures_per_minute, seed);
	pthread_mutex_init(&server->workers_lock, NULL);
	if (pthread_key_create(&server->worker_key, NULL) != 0) {
		abort();
	}
	return server;
}

static void server_destroy(struct http_server *server)
{
	workers_finish(server);
	peers_finish(&server->peers);
	pthread_key_delete(server->worker_key);
	pthread_mutex_destroy(&server->workers_lock);
	if (server->listen_fd >= 0) {
		close(server->listen_fd);
	}
	free(server->trusted);
	free(server);
}

/*
 * What the library keeps per connection: the head, its table of fields, the head of the answer, some room to
 * read into.
 */
static size_t connection_memory(const struct http_limits *limits)
{
	const size_t table = (size_t)limits->header_count * 64;
	return limits->header_bytes + limits->uri_bytes + table + 4096;
}

/* Beyond every deadline of the reaper, so that the library's own timeout is only the second net. */
static unsigned library_timeout(const struct http_limits *limits)
{
	unsigned longest = limits->keepalive_idle;
	const unsigned others[] = {limits->header_deadline, limits->body_deadline, limits->request_deadline};
	for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++) {
		longest = others[i] > longest ? others[i] : longest;
	}
	return longest + 5;
}

/*
 * Poll, never epoll: with epoll version 0.9.75 leaves clients unanswered when a multiple of 128 descriptors
 * is ready at once.
 */
static bool daemon_start(struct http_server *server, struct err *err)
{
	const struct http_limits *limits = &server->limits;
	struct MHD_OptionItem pool[] = {
		{MHD_OPTION_THREAD_POOL_SIZE, (intptr_t)limits->threads, NULL},
		{MHD_OPTION_END, 0, NULL},
	};
	if (limits->threads < 2) {
		pool[0].option = MHD_OPTION_END; /* one thread is no pool */
	}
	/* clang-format off */
	server->daemon = MHD_start_daemon(
		MHD_USE_POLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME | MHD_USE_ITC | MHD_USE_ERROR_LOG, server->port,
		on_accept, server, on_request, server,
		MHD_OPTION_EXTERNAL_LOGGER, on_message, NULL,
		MHD_OPTION_LISTEN_SOCKET, server->listen_fd,
		MHD_OPTION_CONNECTION_LIMIT, limits->connections,
		MHD_OPTION_CONNECTION_MEMORY_LIMIT, connection_memory(limits),
		MHD_OPTION_CONNECTION_TIMEOUT, library_timeout(limits),
		MHD_OPTION_URI_LOG_CALLBACK, on_request_line, server,
		MHD_OPTION_UNESCAPE_CALLBACK, on_unescape, NULL,
		MHD_OPTION_NOTIFY_CONNECTION, on_connection, server,
		MHD_OPTION_NOTIFY_COMPLETED, on_completed, server,
		MHD_OPTION_ARRAY, pool,
		MHD_OPTION_END);
	/* clang-format on */
	if (server->daemon == NULL) {
		return err_set(err, ERR_CONFIG, "the http threads cannot start");
	}
	return true;
}

struct http_server *http_server_start(const struct http_options *options, struct service *service, struct err *err)
{
	assert(options->routes != NULL && options->route_count > 0);
	struct http_server *server = server_create(options, service);
	if (!read_trusted(server, options, err) ||
	    !listener_open(options->host, options->port, &server->listen_fd, &server->port, err)) {
		server_destroy(server);
		return NULL;
	}
	if (!listener_reserve(options->limits.connections)) {
		LOG(LOG_WARNING, "open_files_limit", LOG_NUMBER("connections", options->limits.connections));
	}
	if (!reaper_start(&server->reaper, &server->peers, err)) {
		server_destroy(server);
		return NULL;
	}
	if (!daemon_start(server, err)) {
		reaper_stop(&server->reaper);
		server_destroy(server);
		return NULL;
	}
	return server;
}

uint16_t http_server_port(const struct http_server *server)
{
	return server->port;
}

static void pause_step(void)
{
	const struct timespec step = {.tv_nsec = STOP_STEP_MS * 1000000L};
	nanosleep(&step, NULL);
}

static void wait_for_clients(struct http_server *server, unsigned seconds)
{
	const int64_t until = monotonic_us() + (int64_t)seconds * 1000000;
	while (peers_count(&server->peers) > 0 && monotonic_us() < until) {
		peers_close_idle(&server->peers);
		pause_step();
	}
	peers_close_waiting(&server->peers);
}

static bool wait_for_writer(struct http_server *server)
{
	const int64_t until = monotonic_us() + (int64_t)STOP_WRITER * 1000000;
	while (atomic_load(&server->suspended) > 0) {
		if (monotonic_us() >= until) {
			return false;
		}
		pause_step();
	}
	return true;
}

bool http_server_stop(struct http_server *server)
{
	if (server == NULL) {
		return true;
	}
	atomic_store(&server->stopping, true);
	if (MHD_quiesce_daemon(server->daemon) != MHD_INVALID_SOCKET) {
		/* Refuses newcomers at once; it is closed when no thread can be polling it any more. */
		shutdown(server->listen_fd, SHUT_RDWR);
	}
	wait_for_clients(server, STOP_CLIENTS);
	atomic_store(&server->closing, true);
	if (!wait_for_writer(server)) {
		/*
		 * Stopping the library with suspended connections is undefined, and the writer may yet call
		 * back.
		 */
		LOG(LOG_ERROR, "http_abandoned", LOG_NUMBER("suspended", (int64_t)atomic_load(&server->suspended)));
		return false;
	}
	wait_for_clients(server, STOP_LAST);
	MHD_stop_daemon(server->daemon);
	reaper_stop(&server->reaper);
	server_destroy(server);
	return true;
}
