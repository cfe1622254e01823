/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/command.h"

#include <stdio.h>
#include <string.h>

static int command_version(int argc, char **argv)
{
	(void)argc;
	(void)argv;
	(void)printf("authreviewd %s\n", AR_VERSION);
	return EXIT_OK;
}

static const struct command {
	const char *name;
	int (*run)(int argc, char **argv);
	const char *help;
} commands[] = {
	{"serve", command_serve, "answer HTTP; --sandbox needs nothing else"},
	{"policy", command_policy, "check, test, explain and compare policies"},
	{"token", command_token, "create, list and revoke bearer tokens"},
	{"backup", command_backup, "copy the records, also while they are served"},
	{"migrate", command_migrate, "bring a database to the schema of this program"},
	{"audit", command_audit, "verify the chain of events"},
	{"routes", command_routes, "print the route table"},
	{"version", command_version, "print the version"},
};

static void usage(FILE *out)
{
	(void)fprintf(out, "authreviewd %s: authorization review for behavioral health services\n\n", AR_VERSION);
	for (size_t i = 0; i < sizeof(commands) / sizeof(commands[0]); i++) {
		(void)fprintf(out, "  authreviewd %-8s %s\n", commands[i].name, commands[i].help);
	}
	(void)fprintf(out, "\nEach command explains itself with --help. See authreviewd(8).\n");
}

int main(int argc, char **argv)
{
	if (argc < 2 || strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0) {
		usage(argc < 2 ? stderr : stdout);
		return argc < 2 ? EXIT_USAGE_ERROR : EXIT_OK;
	}
	const char *name = strcmp(argv[1], "--version") == 0 ? "version" : argv[1];
	for (size_t i = 0; i < sizeof(commands) / sizeof(commands[0]); i++) {
		if (strcmp(commands[i].name, name) == 0) {
			return commands[i].run(argc - 1, argv + 1);
		}
	}
	(void)fprintf(stderr, "authreviewd: there is no command \"%s\"\n", argv[1]);
	usage(stderr);
	return EXIT_USAGE_ERROR;
}
