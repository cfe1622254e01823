/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Dates as one counts them by hand on a printed calendar: a day at a time, with none of the arithmetic of base/civil and
 * domain/clock. What boundary cases expect is counted here, so that no fault of those can hide in its own result.
 */
#ifndef AR_POLICY_HAND_COUNT_H
#define AR_POLICY_HAND_COUNT_H

#include "domain/calendar.h"

#include <stdbool.h>

struct hand_day {
	int year;
	int month;
	int day;
};

enum { HAND_TEXT_SIZE = 40 };

/* Reads "YYYY-MM-DD" at the beginning of TEXT; false when there is none. */
bool hand_read(const char *text, struct hand_day *ret_day);
const char *hand_text(struct hand_day day, char buffer[HAND_TEXT_SIZE]);

/* Below zero when A comes first. */
int hand_compare(struct hand_day a, struct hand_day b);

/* DAYS later, or earlier when below zero. */
struct hand_day hand_step(struct hand_day day, int days);

/* Days from A to B. */
int hand_between(struct hand_day a, struct hand_day b);

/* The same month and day, YEARS later; 29 February becomes the 28th in a common year. */
struct hand_day hand_years(struct hand_day day, int years);

/* Who turns YEARS on DAY was born then; false for 29 February of a year whose like had none. */
bool hand_birth(struct hand_day day, int years, struct hand_day *ret_birth);

bool hand_real(struct hand_day day);
bool hand_leap(int year);

/* Saturday, Sunday or a holiday of the list. */
bool hand_closed(struct hand_day day, const struct calendar *calendar);

/* The COUNTth open day after DAY; below zero: before it. */
struct hand_day hand_business(struct hand_day day, int count, const struct calendar *calendar);

struct hand_day hand_of(struct civil_date date);
/* Back into what the evaluator takes. */
struct civil_date hand_date(struct hand_day day);

#endif
