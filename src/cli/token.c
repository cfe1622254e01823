/* SPDX-License-Identifier: Apache-2.0 */
#include "base/label.h"
#include "base/log.h"
#include "base/text.h"
#include "cli/command.h"
#include "cli/control.h"

#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { EXPIRES_MAX_DAYS = 3650, DAY_HOURS = 24 };

struct arguments {
	const char *db;
	struct principal principal;
	int64_t days; /* 0: no end */
};

static int usage(int result)
{
	(void)puts(
		"authreviewd token create --db FILE --role ROLE [--organization NAME] [--payer PAYER]... [--credential WORD]\n"
		"                         [--entitled LABEL]... [--expires DAYS]\n"
		"authreviewd token list --db FILE\n"
		"authreviewd token revoke --db FILE ID\n"
		"\n"
		"create makes a principal and prints its id and its bearer token, once; only a hash is kept. A provider needs\n"
		"--organization; staff need at least one --payer; licensed staff their --credential. --entitled lets staff\n"
		"see what is labelled substance_use, which nobody else but the organization that sent it sees. --expires ends\n"
		"the token after as many days. revoke ends it within a second. list shows everybody, never a token.\n"
		"\n"
		"A daemon that has the database open makes the change itself: give the order as root or as its user.\n"
		"\n"
		"Exit codes: 0 done, 1 not done, 64 usage.");
	return result;
}

static int complain(const struct err *err)
{
	(void)fprintf(stderr, "authreviewd: %s\n", err->detail);
	return EXIT_FAILED;
}

static int misuse(const char *why)
{
	(void)fprintf(stderr, "authreviewd: %s\n", why);
	return EXIT_USAGE_ERROR;
}

static void ignore_fatal(void *context, const struct err *err)
{
	(void)context;
	(void)err;
}

static bool change_stopped(const char *path, const struct principal_change *change, struct err *err)
{
	const struct store_options options = {.path = path,
					      .queue_max = 4,
					      .batch_max = 1,
					      .reader_cache_kib = 1024,
					      .writer_cache_kib = 1024,
					      .fatal = ignore_fatal};
	log_set_level(LOG_WARNING); /* that a store was opened is news of the daemon's log */
	struct store *store = store_open(&options, err);
	const bool good = store != NULL && principal_change_run(store, change, err);

	store_close(store);
	return good;
}

/* The daemon does it, or we do when there is none. One that was just starting has both its lock and its socket the second time. */
static bool change(const char *path, const struct principal_change *change, struct err *err)
{
	struct err again = {.code = ERR_NONE};
	bool reached = false;

	if (control_ask(path, change, &reached, err)) {
		return true;
	}
	if (reached) {
		return false;
	}
	if (change_stopped(path, change, err)) {
		return true;
	}
	if (control_ask(path, change, &reached, &again)) {
		return true;
	}
	if (reached) {
		*err = again;
	}
	return false;
}

static int create(const struct arguments *arguments)
{
	struct err err = {.code = ERR_NONE};
	char id[IDENT_ID_SIZE];
	char token[IDENT_TOKEN_SIZE];
	const struct instant now = instant_now();
	struct principal_change made = {.record = {.principal = arguments->principal, .created_at = now}};
	struct ident_source *ident = ident_create(0);

	made.record.principal.id = ident_id(ident, "prn_", now, id);
	(void)ident_token(ident, role_name(arguments->principal.role), token);
	ident_destroy(ident);
	made.token = digest_of(token, strlen(token));
	if (arguments->days > 0) {
		made.record.expires_at = instant_add(now, span_hours(arguments->days * DAY_HOURS));
	}
	if (!change(arguments->db, &made, &err)) {
		return complain(&err);
	}
	(void)printf("%s %s\n", id, token);
	return EXIT_OK;
}

static int revoke(const char *path, const char *id)
{
	struct err err = {.code = ERR_NONE};
	const struct principal_change ended = {.revokes = true, .record = {.principal.id = id, .revoked_at = instant_now()}};

	if (!change(path, &ended, &err)) {
		return complain(&err);
	}
	(void)printf("%s is revoked\n", id);
	return EXIT_OK;
}

static const char *when(struct instant instant, char buffer[INSTANT_TEXT_SIZE])
{
	const struct instant second = {instant.us - instant.us % 1000000};

	return instant.us != 0 ? instant_format_utc(second, buffer) : "-";
}

static const char *works_for(const struct principal *principal, struct arena *arena)
{
	struct text text;

	if (principal->organization != NULL) {
		return principal->organization;
	}
	text_init(&text, arena, 64);
	for (size_t i = 0; i < principal->payer_count; i++) {
		text_printf(&text, "%s%s", i > 0 ? "," : "", principal->payers[i]);
	}
	return text.data != NULL ? text.data : "-";
}

static const char *entitled_to(const struct principal *principal, struct arena *arena)
{
	struct text text;

	text_init(&text, arena, 32);
	for (size_t i = 0; i < LABEL_COUNT; i++) {
		if ((principal->entitled & label_bit(i)) != 0) {
			text_printf(&text, "%s%s", text.length > 0 ? "," : "", label_name(i));
		}
	}
	return text.length > 0 ? text.data : "-";
}

static void print_records(const struct principal_record *records, size_t count, struct arena *arena)
{
	static const char row[] = "%-30s  %-13s  %-20s  %-12s  %-13s  %-20s  %-20s  %s\n";
	char times[3][INSTANT_TEXT_SIZE];

	(void)printf(row, "id", "role", "for", "credential", "entitled", "created", "expires", "revoked");
	for (size_t i = 0; i < count; i++) {
		const struct principal *principal = &records[i].principal;
		(void)printf(row, principal->id, role_name(principal->role), works_for(principal, arena),
			     principal->credential != NULL ? principal->credential : "-", entitled_to(principal, arena),
			     when(records[i].created_at, times[0]), when(records[i].expires_at, times[1]),
			     when(records[i].revoked_at, times[2]));
	}
}

/* Read beside the daemon, if there is one. */
static int list(const char *path)
{
	struct err err = {.code = ERR_NONE};
	struct arena *arena = arena_create();
	const struct principal_record *records = NULL;
	size_t count = 0;
	struct store_reader *reader = store_reader_open_apart(path, &err);
	const bool good = reader != NULL && principals_read(reader, arena, &records, &count, &err);

	if (good) {
		print_records(records, count, arena);
	}
	store_reader_close(reader);
	arena_destroy(arena);
	return good ? EXIT_OK : complain(&err);
}

static bool read_days(const char *text, int64_t *ret_days)
{
	char *end = NULL;
	const long days = strtol(text, &end, 10);

	*ret_days = days;
	return end != text && *end == '\0' && days >= 1 && days <= EXPIRES_MAX_DAYS;
}

/* Why the arguments cannot be used, or NULL. */
static const char *read_option(int option, struct arguments *arguments)
{
	struct principal *principal = &arguments->principal;

	switch (option) {
	case 'd': arguments->db = optarg; return NULL;
	case 'o': principal->organization = optarg; return NULL;
	case 'c': principal->credential = optarg; return NULL;
	case 'e': return read_days(optarg, &arguments->days) ? NULL : "--expires is a number of days from 1 to 3650";
	case 'r':
		return role_from_name(optarg, &principal->role)
			       ? NULL
			       : "--role is one of provider, intake, reviewer, physician, con_reviewer, appeals, auditor, "
				 "policy_author, admin";
	case 'l': {
		unsigned bit = 0;
		if (!label_from_name(optarg, &bit)) {
			return "--entitled is a label of sensitivity: substance_use";
		}
		principal->entitled |= bit;
		return NULL;
	}
	case 'p':
		if (principal->payer_count == PRINCIPAL_PAYERS_MAX) {
			return "a principal works for at most 8 payers";
		}
		principal->payers[principal->payer_count++] = optarg;
		return NULL;
	default: return "this is not an option of the command, or it lacks its value; see --help";
	}
}

static int create_from(int argc, char **argv)
{
	static const struct option options[] = {
		{"db", required_argument, NULL, 'd'},           {"role", required_argument, NULL, 'r'},
		{"organization", required_argument, NULL, 'o'}, {"payer", required_argument, NULL, 'p'},
		{"credential", required_argument, NULL, 'c'},   {"entitled", required_argument, NULL, 'l'},
		{"expires", required_argument, NULL, 'e'},      {NULL, 0, NULL, 0},
	};
	struct arguments arguments = {.principal.role = ROLE_COUNT};
	const char *why = NULL;
	int option;

	while (why == NULL && (option = getopt_long(argc, argv, "", options, NULL)) != -1) {
		why = read_option(option, &arguments);
	}
	if (why == NULL && (arguments.db == NULL || optind < argc || arguments.principal.role == ROLE_COUNT)) {
		why = arguments.db == NULL ? "--db FILE is needed"
		      : optind < argc      ? "too many arguments"
					   : "--role ROLE is needed";
	}
	why = why != NULL ? why : principal_unfit(&arguments.principal);
	return why != NULL ? misuse(why) : create(&arguments);
}

/* "--db FILE" and, when RET_ID is not NULL, an id in any order. */
static int take_db(int argc, char **argv, const char **ret_db, const char **ret_id)
{
	static const struct option options[] = {{"db", required_argument, NULL, 'd'}, {NULL, 0, NULL, 0}};
	int option;

	while ((option = getopt_long(argc, argv, "", options, NULL)) != -1) {
		if (option != 'd') {
			return misuse("this is not an option of the command, or it lacks its value; see --help");
		}
		*ret_db = optarg;
	}
	if (ret_id != NULL && optind < argc) {
		*ret_id = argv[optind++];
	}
	if (optind < argc) {
		return misuse("too many arguments");
	}
	if (*ret_db == NULL) {
		return misuse("--db FILE is needed");
	}
	return ret_id != NULL && *ret_id == NULL ? misuse("whose token? Say its ID, as token list shows it") : EXIT_OK;
}

int command_token(int argc, char **argv)
{
	const char *verb = argc > 1 ? argv[1] : "";
	const char *db = NULL;
	const char *id = NULL;

	opterr = 0;
	optind = 2;
	if (argc == 3 && strcmp(argv[2], "--help") == 0 &&
	    (strcmp(verb, "create") == 0 || strcmp(verb, "list") == 0 || strcmp(verb, "revoke") == 0)) {
		return usage(EXIT_OK);
	}
	if (strcmp(verb, "create") == 0) {
		return create_from(argc, argv);
	}
	if (strcmp(verb, "list") == 0) {
		const int result = take_db(argc, argv, &db, NULL);
		return result == EXIT_OK ? list(db) : result;
	}
	if (strcmp(verb, "revoke") == 0) {
		const int result = take_db(argc, argv, &db, &id);
		return result == EXIT_OK ? revoke(db, id) : result;
	}
	return usage(argc == 2 && strcmp(verb, "--help") == 0 ? EXIT_OK : EXIT_USAGE_ERROR);
}
