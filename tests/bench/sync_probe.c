/* SPDX-License-Identifier: Apache-2.0 */
/*
 * How long this disk takes to make 4 KB durable: sync_probe FILE prints the median of appends and of
 * overwrites in microseconds.
 */
#include "bench.h"

#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { SYNCS = 400, BLOCK = 4096 };

static bool measure(int fd, bool append, uint32_t took_us[SYNCS])
{
	char block[BLOCK];
	memset(block, 'x', sizeof(block));
	for (int i = 0; i < SYNCS; i++) {
		const off_t place = (off_t)(append ? i : i % 64) * BLOCK;
		const int64_t start = bench_ns();
		if (pwrite(fd, block, sizeof(block), place) != BLOCK || fdatasync(fd) != 0) {
			return false;
		}
		took_us[i] = (uint32_t)((bench_ns() - start) / 1000);
	}
	qsort(took_us, SYNCS, sizeof(took_us[0]), bench_compare);
	return true;
}

int main(int argc, char **argv)
{
	uint32_t took_us[SYNCS];
	int fd = argc == 2 ? open(argv[1], O_RDWR | O_CREAT | O_TRUNC, 0600) : -1;
	if (fd < 0 || !measure(fd, true, took_us)) {
		fputs("sync_probe FILE: the file cannot be written\n", stderr);
		return 1;
	}
	const uint32_t append = bench_percentile(took_us, SYNCS, 0.5);
	if (!measure(fd, false, took_us)) {
		return 1;
	}
	printf("{\"append_us\": %u, \"overwrite_us\": %u}\n", append, bench_percentile(took_us, SYNCS, 0.5));
	close(fd);
	return unlink(argv[1]) != 0;
}
