/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The server with test endpoints, for tests that speak to it from outside: prints its port, serves until
 * standard input ends, stops and exits with 0 when the stop was clean. Arguments are NAME=NUMBER.
 */
#include "base/log.h"
#include "endpoints.h"
#include "fakes.h"
#include "http/server.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct setting {
	const char *name;
	unsigned *value;
};

static bool read_setting(const char *argument, const struct setting *settings, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		const size_t length = strlen(settings[i].name);
		if (strncmp(argument, settings[i].name, length) == 0 && argument[length] == '=') {
			*settings[i].value = (unsigned)strtoul(argument + length + 1, NULL, 10);
			return true;
		}
	}
	return false;
}

int main(int argc, char **argv)
{
	struct http_options options = {.host = "127.0.0.1", .routes = test_routes, .route_count = test_route_count};
	http_limits_default(&options.limits);
	unsigned delay_ms = 50;
	unsigned queue_max = 100000;
	const struct setting settings[] = {
		{"threads", &options.limits.threads},
		{"connections", &options.limits.connections},
		{"header_deadline", &options.limits.header_deadline},
		{"body_deadline", &options.limits.body_deadline},
		{"request_deadline", &options.limits.request_deadline},
		{"keepalive_idle", &options.limits.keepalive_idle},
		{"keepalive_requests", &options.limits.keepalive_requests},
		{"auth_failures", &options.limits.auth_failures_per_minute},
		{"delay_ms", &delay_ms},
		{"queue_max", &queue_max},
	};
	for (int i = 1; i < argc; i++) {
		if (!read_setting(argv[i], settings, sizeof(settings) / sizeof(settings[0]))) {
			fprintf(stderr, "unknown setting: %s\n", argv[i]);
			return 64;
		}
	}

	log_set_level(LOG_ERROR);
	struct service service;
	fake_init(&service, delay_ms, queue_max);
	struct err err;
	struct http_server *server = http_server_start(&options, &service, &err);
	if (server == NULL) {
		fprintf(stderr, "%s\n", err.detail);
		return 1;
	}
	printf("%u\n", (unsigned)http_server_port(server));
	fflush(stdout);
	char ignored[64];
	while (read(STDIN_FILENO, ignored, sizeof(ignored)) > 0) {
	}
	const bool clean = http_server_stop(server);
	const bool closed = atomic_load(&service.store->readers) == 0;
	fake_finish(&service);
	return clean && closed ? 0 : 2;
}
