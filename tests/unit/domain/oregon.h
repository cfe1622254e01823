/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The calendar of the worked scenarios: days that are holidays both federally and in Oregon (no Columbus
 * Day).
 */
#ifndef AR_TEST_OREGON_H
#define AR_TEST_OREGON_H

#include "domain/calendar.h"

/* Days since 1970-01-01 through the civil reader, checked. */
struct civil_date oregon_day(const char *text);

/* Christmas 2025 to Christmas 2026; fills a table of the caller. */
enum { OREGON_HOLIDAYS = 11 };
struct calendar oregon_calendar(struct holiday holidays[OREGON_HOLIDAYS]);

#endif
