/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The marker FILE.clock beside the database FILE: it lies there as long as the machine's clock is suspect, so that the end of the program
 * does not end the suspicion.
 */
#ifndef AR_STORE_CLOCK_MARKER_H
#define AR_STORE_CLOCK_MARKER_H

#include "base/clock_watch.h"
#include "base/err.h"

enum { BOOT_ID_SIZE = 37 };

struct clock_marker {
	char boot[BOOT_ID_SIZE]; /* of the machine, as the kernel names it; "unknown" where that cannot be read */
	struct clock_reading good; /* what was believed: the clock, and the time since that boot */
};

/* The boot that this is. */
void clock_marker_name_boot(char ret_boot[BOOT_ID_SIZE]);

/* Brings the marker to the disk, mode 0600, in place of one that lies there. ERR_STORE. */
bool clock_marker_write(const char *database, const struct clock_marker *marker, struct err *err) AR_MUST_CHECK;

/* Removes it, if there is one. ERR_STORE. */
bool clock_marker_remove(const char *database, struct err *err) AR_MUST_CHECK;

enum clock_marker_found { CLOCK_MARKER_NONE, CLOCK_MARKER_READ, CLOCK_MARKER_UNREADABLE };

/* *RET_MARKER is set when it was read. */
enum clock_marker_found clock_marker_read(const char *database, struct clock_marker *ret_marker);

#endif
