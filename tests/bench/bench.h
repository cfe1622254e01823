/* SPDX-License-Identifier: Apache-2.0 */
/* What the programs of the bench share: time, numbers that look random, percentiles. */
#ifndef AR_BENCH_H
#define AR_BENCH_H

#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <time.h>

static inline int64_t bench_ns(void)
{
	struct timespec now;
	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

/*
 * Two numbers never give the same (splitmix64's finish), so that what is made from it is unique and in no
 * order.
 */
static inline uint64_t bench_mix(uint64_t number)
{
	uint64_t mixed = number + UINT64_C(0x9e3779b97f4a7c15);
	mixed = (mixed ^ (mixed >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
	mixed = (mixed ^ (mixed >> 27)) * UINT64_C(0x94d049bb133111eb);
	return mixed ^ (mixed >> 31);
}

static inline int bench_compare(const void *a, const void *b)
{
	const uint32_t left = *(const uint32_t *)a;
	const uint32_t right = *(const uint32_t *)b;
	return (left > right) - (left < right);
}

/* Of sorted values; 0 when there are none. */
static inline uint32_t bench_percentile(const uint32_t *sorted, size_t count, double share)
{
	return count == 0 ? 0 : sorted[(size_t)((double)(count - 1) * share)];
}

#endif
