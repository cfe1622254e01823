/* SPDX-License-Identifier: Apache-2.0 */
#include "store/backup.h"

#include "cli/command.h"

#include <inttypes.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>

/* Whether somebody asked us to end: the signals are blocked, so that what was begun can be put away first. */
static bool asked_to_stop(void)
{
	sigset_t waiting;

	return sigpending(&waiting) == 0 && (sigismember(&waiting, SIGINT) == 1 || sigismember(&waiting, SIGTERM) == 1 ||
					     sigismember(&waiting, SIGHUP) == 1);
}

static int backup(const char *path, const char *target)
{
	struct err err = {.code = ERR_NONE};
	struct backup made;
	sigset_t stops;

	(void)sigemptyset(&stops);
	(void)sigaddset(&stops, SIGINT);
	(void)sigaddset(&stops, SIGTERM);
	(void)sigaddset(&stops, SIGHUP);
	(void)sigprocmask(SIG_BLOCK, &stops, NULL);
	(void)signal(SIGXFSZ, SIG_IGN); /* a limit of size comes back as an error, so that the half file is removed */
	if (!store_backup(path, target, asked_to_stop, &made, &err)) {
		(void)fprintf(stderr, "authreviewd: %s\n", err.detail);
		return EXIT_FAILED;
	}
	(void)printf("%" PRId64 " events, %" PRId64 " bytes: %s\n", made.events, made.bytes, target);
	return EXIT_OK;
}

int command_backup(int argc, char **argv)
{
	if (argc == 4 && strcmp(argv[1], "--db") == 0) {
		return backup(argv[2], argv[3]);
	}
	(void)puts(
		"authreviewd backup --db FILE TARGET\n\n"
		"Copies the records, as they are at this instant, into the new file TARGET, also while a daemon serves them.\n"
		"TARGET has mode 0600 and its name only once it is whole and on the disk. It is never overwritten.\n"
		"Verify it with authreviewd audit verify --db TARGET. To restore, put it where the database was, with nothing\n"
		"of the old one left beside it.\n\n"
		"Exit codes: 0 done, 1 not done, 64 usage.");
	return argc == 2 && strcmp(argv[1], "--help") == 0 ? EXIT_OK : EXIT_USAGE_ERROR;
}
