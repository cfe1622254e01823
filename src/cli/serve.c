/* SPDX-License-Identifier: Apache-2.0 */
#include "base/log.h"
#include "base/shape.h"
#include "cli/command.h"
#include "cli/config.h"
#include "cli/control.h"
#include "cli/embedded.h"
#include "cli/policy_sets.h"
#include "cli/sandbox.h"
#include "http/routes.h"
#include "review/scheduler.h"

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
	struct policy_sets policies;
	struct http_server *server;
	struct control *control; /* NULL in the sandbox */
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
	daemon->policies = (struct policy_sets){
		.directory = daemon->config.policies,
		.tables = daemon->config.tables,
		.schemas = &daemon->schemas,
		.arena = daemon->arena,
	};
	return policy_sets_start(&daemon->policies, &daemon->service, err);
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

/* The sandbox has no past; elsewhere the clock must not lie before what is recorded. */
static bool start_clock(struct daemon *daemon, struct err *err)
{
	return daemon->config.sandbox ||
	       service_clock_start(&daemon->service, daemon->database, daemon->config.accept_clock, err);
}

static bool start_control(struct daemon *daemon, struct err *err)
{
	if (!daemon->config.sandbox) {
		daemon->control = control_start(&daemon->service, daemon->database, err);
	}
	return daemon->config.sandbox || daemon->control != NULL;
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
	if (!open_store(daemon, err) || !start_clock(daemon, err) || !service_keep_policies(service, daemon->arena, err) ||
	    scheduler_start(service, err) == NULL || !start_control(daemon, err) || !start_http(daemon, err)) {
		return false;
	}
	(void)malloc_trim(0); /* what loading needed for a moment goes back before the long idle */
	return true;
}

static void stop(struct daemon *daemon)
{
	scheduler_stop(daemon->service.scheduler); /* first: a call may wait for it */
	if (daemon->server != NULL && !http_server_stop(daemon->server)) {
		LOG(LOG_ERROR, "stop_failed", LOG_TEXT("detail", "the writer did not settle every change in time"));
		_exit(EXIT_TEMPORARY);
	}
	scheduler_destroy(daemon->service.scheduler);
	control_stop(daemon->control);
	service_clock_stop(&daemon->service);
	store_close(daemon->service.store);
	if (daemon->config.sandbox && daemon->database != NULL) {
		sandbox_discard(daemon->database);
	}
	ident_destroy(daemon->service.ident);
	policy_sets_finish(&daemon->policies);
	arena_destroy(daemon->arena);
}

/* Signals are taken by the main thread alone; a file-size limit or a closed pipe must come back as an error, not end the process. */
static void prepare_process(sigset_t *ret_signals)
{
	const struct rlimit no_core = {0, 0};
	(void)signal(SIGPIPE, SIG_IGN);
	(void)signal(SIGXFSZ, SIG_IGN);
	(void)setrlimit(RLIMIT_CORE, &no_core);
	(void)prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
	(void)sigemptyset(ret_signals);
	(void)sigaddset(ret_signals, SIGINT);
	(void)sigaddset(ret_signals, SIGTERM);
	(void)sigaddset(ret_signals, SIGHUP);
	(void)pthread_sigmask(SIG_BLOCK, ret_signals, NULL);
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
	    LOG_NUMBER("policies", (int64_t)policy_set_count(service_policies(&daemon->service))));
	return !daemon->config.sandbox || sandbox_welcome(&daemon->service, host, port, daemon->arena, err);
}

/*
 * Answers signals until one of them asks for the end. A hangup reloads; but one from the kernel says that the terminal is gone, and with it
 * whoever started this.
 */
static const char *serve_signals(struct daemon *daemon, const sigset_t *signals)
{
	for (;;) {
		siginfo_t info = {0};
		int number = sigwaitinfo(signals, &info);
		if (number == SIGHUP && info.si_code != SI_KERNEL) {
			policy_sets_reload(&daemon->policies, &daemon->service);
		} else if (number > 0) {
			return number == SIGINT ? "SIGINT" : number == SIGTERM ? "SIGTERM" : "SIGHUP";
		}
	}
}

static int run(struct daemon *daemon, const sigset_t *signals)
{
	struct err err = {0};
	if (!start(daemon, &err) || (!daemon->config.check_only && !announce(daemon, &err))) {
		return complain(&err);
	}
	if (daemon->config.check_only) {
		(void)puts("the configuration is good");
		return EXIT_OK;
	}
	LOG(LOG_INFO, "stopping", LOG_TEXT("signal", serve_signals(daemon, signals)));
	return EXIT_OK;
}

int command_serve(int argc, char **argv)
{
	struct err err = {0};
	sigset_t signals;
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
		prepare_process(&signals);
		result = run(&daemon, &signals);
		stop(&daemon);
		return result;
	}
	arena_destroy(daemon.arena);
	return result;
}
