/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/config.h"

#include "base/shape.h"
#include "cli/embedded.h"
#include "cli/file.h"

#include <arpa/inet.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#ifndef AR_POLICY_DIR
#define AR_POLICY_DIR "policies"
#endif

/* For "; and 99 more". */
enum { MORE_ROOM = 24 };

static const char default_listen[] = "127.0.0.1:8080";

void config_usage(void)
{
	(void)puts("authreviewd serve [options]\n"
		   "\n"
		   "  --listen HOST:PORT  numeric address and port (127.0.0.1:8080); port 0 takes a free one and prints it\n"
		   "  --db FILE           the database; needed unless --sandbox\n"
		   "  --sandbox           a throw-away database, a token per role, samples and a movable clock\n"
		   "  --seed N            sandbox: ids, tokens and numbers repeat, and the clock stands until it is moved\n"
		   "  --clock INSTANT     sandbox: where the clock starts (where the samples are)\n"
		   "  --accept-clock      the machine's clock is right, although it was suspect or the newest record is later\n"
		   "  --policies DIR      the directory of policies (" AR_POLICY_DIR ")\n"
		   "  --tables DIR        the plan's own tables, each in place of the policies' one with its name\n"
		   "  --config FILE       options as JSON; the command line wins\n"
		   "  --check-config      say whether options, policies and tables are good, and stop; the database is not "
		   "opened\n"
		   "\n"
		   "SIGHUP loads policies and tables again; when something is wrong with them, those in force stay.\n"
		   "\n"
		   "Exit codes: 0 stopped, 64 usage, 75 storage failed (restart), 78 configuration refused.");
}

static bool refuse(struct err *err, const char *what)
{
	return err_set(err, ERR_CONFIG, "%s", what);
}

static bool parse_port(const char *text, uint16_t *ret_port)
{
	unsigned value = 0;
	size_t digits = strspn(text, "0123456789");
	if (digits == 0 || digits > 5 || text[digits] != '\0') {
		return false;
	}
	for (size_t i = 0; i < digits; i++) {
		value = value * 10 + (unsigned)(text[i] - '0');
	}
	*ret_port = (uint16_t)value;
	return value <= UINT16_MAX;
}

/* "127.0.0.1:8080" or "[::1]:8080". Names are refused: what is bound must be plain to see. */
static bool parse_listen(const char *text, struct arena *arena, struct config *config, struct err *err)
{
	struct in6_addr address;
	const char *colon = strrchr(text, ':');
	if (colon == NULL || colon == text || !parse_port(colon + 1, &config->port)) {
		return err_set(err, ERR_CONFIG, "listen: \"%s\" is not HOST:PORT with a port from 0 to 65535", text);
	}
	bool bracketed = text[0] == '[' && colon[-1] == ']';
	const char *start = bracketed ? text + 1 : text;
	size_t length = (size_t)(colon - start) - (bracketed ? 1 : 0);
	config->host = arena_text(arena, start, length);
	if (inet_pton(AF_INET, config->host, &address) != 1 && inet_pton(AF_INET6, config->host, &address) != 1) {
		return err_set(err, ERR_CONFIG, "listen: \"%s\" is not a numeric address", config->host);
	}
	return true;
}

static bool loopback(const char *host)
{
	return strncmp(host, "127.", 4) == 0 || strcmp(host, "::1") == 0;
}

static bool parse_seed(const char *text, uint64_t *ret_seed, struct err *err)
{
	size_t digits = strspn(text, "0123456789");
	if (digits == 0 || digits > 18 || text[digits] != '\0') {
		return err_set(err, ERR_CONFIG, "seed: \"%s\" is not a whole number of at most 18 digits", text);
	}
	*ret_seed = 0;
	for (size_t i = 0; i < digits; i++) {
		*ret_seed = *ret_seed * 10 + (uint64_t)(text[i] - '0');
	}
	return *ret_seed != 0 || refuse(err, "seed: 0 is no seed; leave it out for random names");
}

/* Numbers of the file: pointer and where they go. Their ranges are the schema's. */
static void take_numbers(const struct json *root, struct config *config)
{
	struct http_limits *limits = &config->limits;
	const struct {
		const char *pointer;
		unsigned *small;
		size_t *size;
	} rows[] = {
		{"/queue", NULL, &config->queue_max},
		{"/batch", NULL, &config->batch_max},
		{"/reader_cache_kib", NULL, &config->reader_cache_kib},
		{"/writer_cache_kib", NULL, &config->writer_cache_kib},
		{"/limits/threads", &limits->threads, NULL},
		{"/limits/connections", &limits->connections, NULL},
		{"/limits/connections_per_address", &limits->connections_per_address, NULL},
		{"/limits/body_bytes", NULL, &limits->body_bytes},
		{"/limits/header_deadline", &limits->header_deadline, NULL},
		{"/limits/body_deadline", &limits->body_deadline, NULL},
		{"/limits/request_deadline", &limits->request_deadline, NULL},
		{"/limits/keepalive_idle", &limits->keepalive_idle, NULL},
		{"/limits/keepalive_requests", &limits->keepalive_requests, NULL},
		{"/limits/auth_failures_per_minute", &limits->auth_failures_per_minute, NULL},
	};
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		int64_t value;
		const struct json *node = json_at(root, rows[i].pointer);
		if (node == NULL || !json_integer(node, &value)) {
			continue;
		}
		if (rows[i].small != NULL) {
			*rows[i].small = (unsigned)value;
		} else {
			*rows[i].size = (size_t)value;
		}
	}
}

static bool take_proxies(const struct json *list, struct arena *arena, struct config *config, struct err *err)
{
	struct in6_addr address;
	config->trusted_proxies = arena_array(arena, json_count(list), sizeof(char *));
	for (const struct json *node = json_first(list); node != NULL; node = json_next(node)) {
		const char *text = json_text(node);
		if (inet_pton(AF_INET, text, &address) != 1 && inet_pton(AF_INET6, text, &address) != 1) {
			return err_set(err, ERR_CONFIG, "trusted_proxies: \"%s\" is not a numeric address", text);
		}
		config->trusted_proxies[config->trusted_proxy_count++] = text;
	}
	return true;
}

static void take_level(const char *name, struct config *config)
{
	static const char *const names[] = {"error", "warning", "info", "debug"};
	for (int i = 0; name != NULL && i < 4; i++) {
		if (strcmp(names[i], name) == 0) {
			config->log_level = (enum log_level)i;
		}
	}
}

/* All that is wrong with the file in one line, as far as it goes. */
static bool refuse_file(const char *path, const struct issues *issues, struct arena *arena, struct err *err)
{
	const char *line = arena_printf(arena, "%s#%s: %s", path, issues->items[0].pointer, issues->items[0].detail);
	for (size_t i = 1; i < issues->count; i++) {
		const struct issue *issue = &issues->items[i];
		const char *longer = arena_printf(arena, "%s; #%s: %s", line, issue->pointer, issue->detail);
		if (strlen(longer) + MORE_ROOM > sizeof(err->detail)) {
			line = arena_printf(arena, "%s; and %zu more", line, issues->count - i + issues->omitted);
			break;
		}
		line = longer;
	}
	return err_set(err, ERR_CONFIG, "%s", line);
}

static bool valid_file(const char *path, const struct json *root, struct arena *arena, struct err *err)
{
	struct issues issues;
	struct embedded_trees schemas = {.files = &embedded_schemas, .arena = arena};
	issues_init(&issues, arena);
	const struct shape *shape =
		shape_compile(arena, embedded_json(&schemas, "config.json"), NULL, embedded_json, &schemas, err);
	if (shape == NULL) {
		return false;
	}
	if (shape_decode(shape, root, arena, &issues) == NULL) {
		return refuse_file(path, &issues, arena, err);
	}
	return true;
}

static bool read_file(const char *path, struct arena *arena, struct config *config, const char **ret_listen, struct err *err)
{
	struct stat status;
	size_t length = 0;
	struct err inner = {0};
	if (stat(path, &status) != 0 || !S_ISREG(status.st_mode)) {
		return err_set(err, ERR_CONFIG, "%s: there is no such file", path);
	}
	if ((status.st_mode & (S_IWGRP | S_IWOTH)) != 0) {
		return err_set(err, ERR_CONFIG, "%s: others may write to it; remove their permission (chmod go-w)", path);
	}
	const char *bytes = file_read(arena, path, json_limits_file.bytes, &length, err);
	const struct json *root = bytes != NULL ? json_parse(arena, bytes, length, &json_limits_file, &inner) : NULL;
	if (root == NULL) {
		return bytes == NULL ? false : err_set(err, ERR_CONFIG, "%s: %s", path, inner.detail);
	}
	if (!valid_file(path, root, arena, err)) {
		return false;
	}
	const char *listen = json_text(json_member(root, "listen"));
	const char *db = json_text(json_member(root, "db"));
	const char *policies = json_text(json_member(root, "policies"));
	const char *tables = json_text(json_member(root, "tables"));
	const struct json *insecure = json_member(root, "insecure_http");
	*ret_listen = listen != NULL ? listen : *ret_listen;
	config->db = db != NULL ? db : config->db;
	config->policies = policies != NULL ? policies : config->policies;
	config->tables = tables;
	config->insecure_http = insecure != NULL && json_boolean(insecure);
	take_level(json_text(json_member(root, "log_level")), config);
	take_numbers(root, config);
	return take_proxies(json_member(root, "trusted_proxies"), arena, config, err);
}

struct arguments {
	const char *listen;
	const char *db;
	const char *policies;
	const char *tables;
	const char *seed;
	const char *clock;
	const char *file;
	bool sandbox;
	bool check_only;
	bool accept_clock;
};

static enum config_result read_arguments(int argc, char **argv, struct arguments *arguments, struct err *err)
{
	static const struct option options[] = {
		{"listen", required_argument, NULL, 'l'},   {"db", required_argument, NULL, 'd'},
		{"policies", required_argument, NULL, 'p'}, {"seed", required_argument, NULL, 's'},
		{"config", required_argument, NULL, 'c'},   {"sandbox", no_argument, NULL, 'x'},
		{"check-config", no_argument, NULL, 'k'},   {"help", no_argument, NULL, 'h'},
		{"clock", required_argument, NULL, 't'},    {"tables", required_argument, NULL, 'b'},
		{"accept-clock", no_argument, NULL, 'a'},   {NULL, 0, NULL, 0},
	};
	int option;
	opterr = 0;
	optind = 1;
	while ((option = getopt_long(argc, argv, "", options, NULL)) != -1) {
		switch (option) {
		case 'l': arguments->listen = optarg; break;
		case 'd': arguments->db = optarg; break;
		case 'p': arguments->policies = optarg; break;
		case 'b': arguments->tables = optarg; break;
		case 's': arguments->seed = optarg; break;
		case 't': arguments->clock = optarg; break;
		case 'c': arguments->file = optarg; break;
		case 'x': arguments->sandbox = true; break;
		case 'k': arguments->check_only = true; break;
		case 'a': arguments->accept_clock = true; break;
		case 'h': return CONFIG_HELP;
		default:
			(void)err_set(err, ERR_BAD_REQUEST, "%s is not an option of serve, or lacks its value",
				      argv[optind - 1]);
			return CONFIG_REFUSED;
		}
	}
	if (optind < argc) {
		(void)err_set(err, ERR_BAD_REQUEST, "serve takes no argument \"%s\"", argv[optind]);
		return CONFIG_REFUSED;
	}
	return CONFIG_RUN;
}

static void defaults(struct config *config)
{
	*config = (struct config){
		.policies = AR_POLICY_DIR,
		.log_level = LOG_INFO,
		.queue_max = 4096,
		.batch_max = 256,
		.reader_cache_kib = 2048,
		.writer_cache_kib = 8192,
	};
	http_limits_default(&config->limits);
}

/* What rules are read from is nobody else's to write. */
static bool safe_directory(const char *what, const char *path, struct err *err)
{
	struct stat status;
	if (stat(path, &status) != 0 || !S_ISDIR(status.st_mode)) {
		return err_set(err, ERR_CONFIG, "%s: %s is not a directory", what, path);
	}
	if ((status.st_mode & S_IWOTH) != 0) {
		return err_set(err, ERR_CONFIG, "%s: anybody may write to %s; remove that permission (chmod o-w)", what, path);
	}
	return true;
}

/* What must never run, however it was asked for. */
static bool safe(const struct config *config, struct err *err)
{
	if (!config->sandbox && config->db == NULL) {
		return refuse(err, "db: say where the records are kept (--db FILE), or try --sandbox");
	}
	if (config->sandbox && config->db != NULL) {
		return refuse(err, "db: the sandbox keeps nothing; leave --db out");
	}
	if (config->sandbox && !loopback(config->host)) {
		return refuse(err, "listen: the sandbox prints its tokens and serves loopback addresses only");
	}
	if (!config->sandbox && (config->seed != 0 || config->clock.us != 0)) {
		return refuse(err, config->seed != 0 ? "seed: repeating ids and tokens are for the sandbox only"
						     : "clock: only the sandbox's clock can be set");
	}
	if (!loopback(config->host) && !config->insecure_http) {
		return err_set(err, ERR_CONFIG,
			       "listen: %s is not loopback and this would be plain HTTP; put a TLS proxy in front, or set "
			       "insecure_http in the configuration file",
			       config->host);
	}
	return safe_directory("policies", config->policies, err) &&
	       (config->tables == NULL || safe_directory("tables", config->tables, err));
}

enum config_result config_read(int argc, char **argv, struct arena *arena, struct config *ret_config, struct err *err)
{
	struct arguments arguments = {0};
	const char *listen = default_listen;
	enum config_result result = read_arguments(argc, argv, &arguments, err);
	if (result != CONFIG_RUN) {
		return result;
	}
	defaults(ret_config);
	if (arguments.file != NULL && !read_file(arguments.file, arena, ret_config, &listen, err)) {
		return CONFIG_REFUSED;
	}
	ret_config->sandbox = arguments.sandbox;
	ret_config->check_only = arguments.check_only;
	ret_config->accept_clock = arguments.accept_clock;
	ret_config->db = arguments.db != NULL ? arguments.db : ret_config->db;
	ret_config->policies = arguments.policies != NULL ? arguments.policies : ret_config->policies;
	ret_config->tables = arguments.tables != NULL ? arguments.tables : ret_config->tables;
	listen = arguments.listen != NULL ? arguments.listen : listen;
	if (arguments.clock != NULL && !instant_parse(arguments.clock, &ret_config->clock)) {
		(void)err_set(err, ERR_CONFIG, "clock: \"%s\" is not an instant with its offset", arguments.clock);
		return CONFIG_REFUSED;
	}
	if ((arguments.seed != NULL && !parse_seed(arguments.seed, &ret_config->seed, err)) ||
	    !parse_listen(listen, arena, ret_config, err) || !safe(ret_config, err)) {
		return CONFIG_REFUSED;
	}
	return CONFIG_RUN;
}
