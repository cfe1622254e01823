/* SPDX-License-Identifier: Apache-2.0 */
#include "base/ident.h"
#include "cli/command.h"
#include "store/records.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

static void ignore_fatal(void *context, const struct err *err)
{
	(void)context;
	(void)err;
}

static int verify(const char *path)
{
	struct err err = {0};
	int64_t count = 0;
	const struct store_options options = {.path = path,
					      .queue_max = 1,
					      .batch_max = 1,
					      .reader_cache_kib = 2048,
					      .writer_cache_kib = 1024,
					      .fatal = ignore_fatal};
	struct store *store = store_open(&options, &err);
	struct store_reader *reader = store != NULL ? store_reader_open(store, &err) : NULL;
	bool good = reader != NULL && events_verify(reader, &count, &err);
	store_reader_close(reader);
	store_close(store);
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
		   "Walks the chain of events of a database that no daemon has open (or of a copy) and says whether it is "
		   "intact.");
	return argc == 2 && strcmp(argv[1], "--help") == 0 ? EXIT_OK : EXIT_USAGE_ERROR;
}
