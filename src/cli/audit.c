/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/command.h"
#include "store/records.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

static int verify(const char *path)
{
	struct err err = {0};
	int64_t count = 0;
	struct store_reader *reader = store_reader_open_apart(path, &err);
	bool good = reader != NULL && events_verify(reader, &count, &err);
	store_reader_close(reader);
	if (!good) {
		(void)fprintf(stderr, "authreviewd: %s\n", err.detail);
		return EXIT_FAILED;
	}
	(void)printf("%" PRId64 " events, the chain is intact\n", count);
	return EXIT_OK;
}

int command_audit(int argc, char **argv)
{
	if (argc == 4 && strcmp(argv[1], "verify") == 0 && strcmp(argv[2], "--db") == 0) {
		return verify(argv[3]);
	}
	(void)puts("authreviewd audit verify --db FILE\n\n"
		   "Walks the chain of events of a database, or of a copy, and says whether it is intact and whether every "
		   "request, decision and appeal is as its events left it. A daemon may have it open.");
	return argc == 2 && strcmp(argv[1], "--help") == 0 ? EXIT_OK : EXIT_USAGE_ERROR;
}
