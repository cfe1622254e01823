/* SPDX-License-Identifier: Apache-2.0 */
/* Options of `serve`, from the command line and one JSON file; the command line wins. Everything unsafe is refused here. */
#ifndef AR_CLI_CONFIG_H
#define AR_CLI_CONFIG_H

#include "base/arena.h"
#include "base/err.h"
#include "base/log.h"
#include "http/server.h"

#include <stdbool.h>
#include <stdint.h>

struct config {
	const char *host; /* numeric */
	uint16_t port;
	const char *db; /* NULL in the sandbox: a throw-away file */
	const char *policies; /* directory */
	const char *tables; /* directory of the plan's own tables, or NULL */
	bool sandbox;
	bool accept_clock; /* the machine's clock is right although it was suspect or events are later */
	uint64_t seed; /* 0: random names */
	struct instant clock; /* sandbox: where its clock starts; us 0: where the samples are */
	bool check_only;
	bool insecure_http;
	enum log_level log_level;
	const char **trusted_proxies;
	size_t trusted_proxy_count;
	size_t queue_max;
	size_t batch_max;
	size_t reader_cache_kib;
	size_t writer_cache_kib;
	struct http_limits limits;
};

enum config_result { CONFIG_RUN, CONFIG_HELP, CONFIG_REFUSED };

/*
 * Reads ARGV (argv[0] is "serve") and the file that --config names. Strings live in ARENA. On CONFIG_REFUSED err->detail is one clear line;
 * err->code ERR_BAD_REQUEST is a usage error, ERR_CONFIG a configuration that must not run.
 */
enum config_result config_read(int argc, char **argv, struct arena *arena, struct config *ret_config, struct err *err);

void config_usage(void);

#endif
