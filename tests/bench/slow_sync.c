/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A slower disk: loaded with LD_PRELOAD, it makes each fsync and fdatasync wait BENCH_SYNC_DELAY_US
 * microseconds before it happens. What grouping commits is worth depends on this time, and it differs a
 * hundredfold between disks.
 */
#include <dlfcn.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

typedef int (*sync_fn)(int fd);

static void wait_first(void)
{
	const char *text = getenv("BENCH_SYNC_DELAY_US");
	const long us = text != NULL ? strtol(text, NULL, 10) : 0;
	if (us > 0) {
		const struct timespec delay = {.tv_sec = us / 1000000, .tv_nsec = us % 1000000 * 1000};
		nanosleep(&delay, NULL);
	}
}

/* ISO C knows no conversion from an object pointer to a function pointer; POSIX does. */
static int real_sync(const char *name, int fd)
{
	union {
		void *object;
		sync_fn function;
	} found = {.object = dlsym(RTLD_NEXT, name)};
	return found.object != NULL ? found.function(fd) : -1;
}

int fsync(int fd)
{
	wait_first();
	return real_sync("fsync", fd);
}

int fdatasync(int fd)
{
	wait_first();
	return real_sync("fdatasync", fd);
}
