/* SPDX-License-Identifier: Apache-2.0 */
#include "base/log.h"
#include "base/shape.h"
#include "cli/command.h"
#include "cli/config.h"
#include "cli/embedded.h"
#include "cli/sandbox.h"
#include "http/routes.h"

#include <malloc.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

/* Everything that lives as long as the daemon. */
struct daemon {
	struct arena *arena;
	struct embedded_trees schemas;
	struct config config;
	struct service service;
	struct policy_set *policies;
	struct http_server *server;
	const char *database;
};

static int complain(const struct err *err)
{
	(void)fprintf(stderr, "authreviewd: %s\n", err->detail);
	if (err->code == ERR_BAD_REQUEST) {
		return EXIT_USAGE_ERROR;
	}
	return err->code == ERR_CONFIG ? EXIT_CONFIGURATION : EXIT_TEMPORARY;
}

/* Runs in the writer: the outcome of a commit is not known, so nothing more may be acknowledged. The supervisor restarts us. */
static void storage_failed(void *context, const struct err *err)
{
	(void)context;
	LOG(LOG_ERROR, "storage_failed", LOG_TEXT("detail", err->detail));
	_exit(EXIT_TEMPORARY);
}

static bool load_policies(struct daemon *daemon, struct err *err)
{
	struct issues issues;
	issues_init(&issues, daemon->arena);
	daemon->policies = policy_set_load(daemon->config.policies, embedded_json, &daemon->schemas, &issues);
	for (size_t i = 0; i < issues.count; i++) {
		(void)fprintf(stderr, "authreviewd: %s: %s\n", issues.items[i].pointer, issues.items[i].detail);
	}
	if (daemon->policies == NULL || policy_set_count(daemon->policies) == 0) {
		return err_set(err, ERR_CONFIG, "policies: %s", issues.count > 0 ? "the set was refused" : "there is none");
	}
	daemon->service.policies = daemon->policies;
	return true;
}

static bool load_shapes(struct daemon *daemon, struct err *err)
{
	static const char *const files[BODY_SHAPE_COUNT] = {
#define X(shape, file) [(shape)] = (file),
		BODY_SHAPES(X)
#undef X
	};
	for (size_t i = 0; i < BODY_SHAPE_COUNT; i++) {
		const struct json *schema = embedded_json(&daemon->schemas, files[i]);
		daemon->service.shapes[i] = shape_compile(daemon->arena, schema, NULL, embedded_json, &daemon->schemas, err);
		if (daemon->service.shapes[i] == NULL) {
			return false;
		}
	}
	return true;
}

static bool open_store(struct daemon *daemon, struct err *err)
{
	const struct config *config = &daemon->config;
	daemon->database = config->sandbox ? sandbox_database(daemon->arena, err) : config->db;
	if (daemon->database == NULL) {
		return false;
	}
	const struct store_options options = {
		.path = daemon->database,
		.queue_max = config->queue_max,
		.batch_max = config->batch_max,
		.reader_cache_kib = config->reader_cache_kib,
		.writer_cache_kib = config->writer_cache_kib,
		.fatal = storage_failed,
	};
	daemon->service.store = store_open(&options, err);
	return daemon->service.store != NULL;
}

static bool start_http(struct daemon *daemon, struct err *err)
{
	const struct config *config = &daemon->config;
	const struct http_options options = {
		.host = config->host,
		.port = config->port,
		.limits = config->limits,
		.routes = routes,
		.route_count = route_count,
		.trusted_proxies = config->trusted_proxies,
		.trusted_proxy_count = config->trusted_proxy_count,
	};
	daemon->server = http_server_start(&options, &daemon->service, err);
	return daemon->server != NULL;
}

static bool start(struct daemon *daemon, struct err *err)
{
	struct service *service = &daemon->service;
	log_set_level(daemon->config.log_level);
	service->schemas = &embedded_schemas;
	service->samples = &embedded_samples;
	service->contract = &embedded_contract;
	service->sandbox = daemon->config.sandbox;
	service->ident = ident_create(daemon->config.seed);
	if (!load_policies(daemon, err) || !load_shapes(daemon, err)) {
		return false;
	}
	if (daemon->config.check_only) {
		return true;
	}
	if (service->sandbox) {
		sandbox_clock_start(service, daemon->config.clock, daemon->config.seed != 0);
	}
	if (!open_store(daemon, err) || !service_keep_policies(service, err) || !start_http(daemon, err)) {
		return false;
	}
	(void)malloc_trim(0); /* what loading needed for a moment goes back before the long idle */
	return true;
}

static void stop(struct daemon *daemon)
{
	if (daemon->server != NULL && !http_server_stop(daemon->server)) {
		LOG(LOG_ERROR, "stop_failed", LOG_TEXT("detail", "the writer did not settle every change in time"));
		_exit(EXIT_TEMPORARY);
	}
	store_close(daemon->service.store);
	if (daemon->config.sandbox && daemon->database != NULL) {
		sandbox_discard(daemon->database);
	}
	ident_destroy(daemon->service.ident);
	policy_set_destroy(daemon->policies);
	arena_destroy(daemon->arena);
}

/* Signals are taken by the main thread alone; a file-size limit or a closed pipe must come back as an error, not end the process. */
static void prepare_process(sigset_t *ret_stops)
{
	const struct rlimit no_core = {0, 0};
	(void)signal(SIGPIPE, SIG_IGN);
	(void)signal(SIGXFSZ, SIG_IGN);
	(void)setrlimit(RLIMIT_CORE, &no_core);
	(void)prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
	(void)sigemptyset(ret_stops);
	(void)sigaddset(ret_stops, SIGINT);
	(void)sigaddset(ret_stops, SIGTERM);
	(void)pthread_sigmask(SIG_BLOCK, ret_stops, NULL);
}

static bool announce(struct daemon *daemon, struct err *err)
{
	unsigned port = http_server_port(daemon->server);
	const char *host = daemon->config.host;
	(void)printf(strchr(host, ':') != NULL ? "authreviewd listens on [%s]:%u\n" : "authreviewd listens on %s:%u\n", host,
		     port);
	(void)fflush(stdout);
	if (daemon->config.insecure_http) {
		LOG(LOG_WARNING, "insecure_http", LOG_TEXT("detail", "plain HTTP on an address that is not loopback"));
	}
	LOG(LOG_INFO, "started", LOG_TEXT("version", AR_VERSION), LOG_NUMBER("port", port),
	    LOG_NUMBER("policies", (int64_t)policy_set_count(daemon->policies)));
	return !daemon->config.sandbox || sandbox_welcome(&daemon->service, host, port, daemon->arena, err);
}

static int run(struct daemon *daemon, const sigset_t *stops)
{
	struct err err = {0};
	int signal_number = 0;
	if (!start(daemon, &err) || (!daemon->config.check_only && !announce(daemon, &err))) {
		return complain(&err);
	}
	if (daemon->config.check_only) {
		(void)puts("the configuration is good");
		return EXIT_OK;
	}
	(void)sigwait(stops, &signal_number);
	LOG(LOG_INFO, "stopping", LOG_TEXT("signal", signal_number == SIGINT ? "SIGINT" : "SIGTERM"));
	return EXIT_OK;
}

int command_serve(int argc, char **argv)
{
	struct err err = {0};
	sigset_t stops;
	struct daemon daemon = {.arena = arena_create()};
	daemon.schemas = (struct embedded_trees){.files = &embedded_schemas, .arena = daemon.arena};
	int result = EXIT_FAILED;
	switch (config_read(argc, argv, daemon.arena, &daemon.config, &err)) {
	case CONFIG_HELP:
		config_usage();
		result = EXIT_OK;
		break;
	case CONFIG_REFUSED: result = complain(&err); break;
	case CONFIG_RUN:
		prepare_process(&stops);
		result = run(&daemon, &stops);
		stop(&daemon);
		return result;
	}
	arena_destroy(daemon.arena);
	return result;
}
