/* SPDX-License-Identifier: Apache-2.0 */
#include "store/migrate.h"

#include "cli/command.h"

#include <getopt.h>
#include <inttypes.h>
#include <stdio.h>

static int usage(int result)
{
	(void)puts(
		"authreviewd migrate --db FILE [--check]\n\n"
		"Brings a database that no daemon has open to the schema of this program; serve does the same at its start.\n"
		"--check says what would be done and changes nothing, also beside a daemon.\n\n"
		"Exit codes: 0 done, 1 not done, 64 usage.");
	return result;
}

static int migrate_database(const char *path, bool check)
{
	struct err err = {.code = ERR_NONE};
	struct schema_change change;

	if (!store_migrate(path, check, &change, &err)) {
		(void)fprintf(stderr, "authreviewd: %s\n", err.detail);
		return EXIT_FAILED;
	}
	if (change.from == change.to) {
		(void)printf("schema %" PRId64 ", nothing to do\n", change.to);
		return EXIT_OK;
	}
	(void)printf("%s from schema %" PRId64 " to %" PRId64 ":\n", check ? "would be migrated" : "migrated", change.from,
		     change.to);
	for (int64_t version = change.from + 1; version <= change.to; version++) {
		(void)printf("  %s\n", migration_name(version));
	}
	return EXIT_OK;
}

int command_migrate(int argc, char **argv)
{
	static const struct option options[] = {{"db", required_argument, NULL, 'd'},
						{"check", no_argument, NULL, 'k'},
						{"help", no_argument, NULL, 'h'},
						{NULL, 0, NULL, 0}};
	const char *path = NULL;
	bool check = false;
	int option;

	opterr = 0;
	optind = 1;
	while ((option = getopt_long(argc, argv, "", options, NULL)) != -1) {
		switch (option) {
		case 'd': path = optarg; break;
		case 'k': check = true; break;
		case 'h': return usage(EXIT_OK);
		default: return usage(EXIT_USAGE_ERROR);
		}
	}
	return path != NULL && optind == argc ? migrate_database(path, check) : usage(EXIT_USAGE_ERROR);
}
