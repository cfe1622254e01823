/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The strict reading of RFC 8259 that goes before the parser: whatever cJSON would take too generously is
 * refused here.
 */
#ifndef AR_BASE_JSON_SCAN_H
#define AR_BASE_JSON_SCAN_H

#include "base/arena.h"
#include "base/err.h"
#include "base/json.h"

#include <stdbool.h>
#include <stddef.h>

/*
 * What the parser does not keep: for each number of the text, in the order they stand, whether it was
 * written as an integer. Bit N stands for number N.
 */
struct json_scan_numbers {
	unsigned char *integers;
	size_t count;
};

/*
 * False with ERR_UNREADABLE and the line and column of the first fault. ARENA takes the numbers and scratch
 * space.
 */
bool json_scan(struct arena *arena, const char *bytes, size_t length, const struct json_limits *limits,
	       struct json_scan_numbers *ret_numbers, struct err *err) AR_MUST_CHECK;

#endif
