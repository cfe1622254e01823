/* SPDX-License-Identifier: Apache-2.0 */
/* A time zone read from the system's TZif files: immutable once opened, safe from any thread. */
#ifndef AR_BASE_ZONE_H
#define AR_BASE_ZONE_H

#include "base/civil.h"
#include "base/err.h"
#include "base/instant.h"

#include <stddef.h>

struct zone;

/*
 * Opens an IANA zone by NAME ("America/Los_Angeles"), reading the 64-bit block and the footer rule. NULL with
 * ERR_CONFIG when the name could leave the directory, the file is absent or not TZif of version 2 or later.
 * zone_close(NULL) is allowed.
 */
struct zone *zone_open(const char *name, struct err *err) AR_MUST_CHECK;
void zone_close(struct zone *zone);

/* The same from the LENGTH bytes of a TZif file; NAME is only carried. */
struct zone *zone_from_bytes(const char *name, const unsigned char *bytes, size_t length, struct err *err) AR_MUST_CHECK;
const char *zone_name(const struct zone *zone);

/* Seconds east of UTC in force at an instant; 0 of no zone (NULL), which is UTC, as in what follows. */
int zone_offset(const struct zone *zone, struct instant instant);

/* The local calendar day of an instant, and the local seconds since its midnight. */
struct civil_date zone_date(const struct zone *zone, struct instant instant);
int zone_second_of_day(const struct zone *zone, struct instant instant);

/*
 * The instant at which local clocks show SECOND_OF_DAY (0..86399) on DATE. A time that a forward change skips
 * is read with the offset before the change (02:30 becomes 03:30); a time that occurs twice is its first
 * occurrence.
 */
struct instant zone_instant(const struct zone *zone, struct civil_date date, int second_of_day);

/*
 * The last second of a local day: 23:59:59, where due dates of day clocks stand (rules B.2). Where it occurs
 * twice it is the second; where a change skips it, it is read as zone_instant() does.
 */
struct instant zone_end_of_day(const struct zone *zone, struct civil_date date);

/* RFC 3339 with the zone's own offset; whole seconds without a fraction, else six digits. ZONE NULL: UTC, written Z. */
const char *zone_format(const struct zone *zone, struct instant instant, char buffer[INSTANT_TEXT_SIZE]);

#endif
