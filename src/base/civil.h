/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Civil dates of the proleptic Gregorian calendar, years 1 to 9999. No zone, no clock. Arithmetic that would
 * leave those years stops at their first or last day, so that every date can be written.
 */
#ifndef AR_BASE_CIVIL_H
#define AR_BASE_CIVIL_H

#include <stdbool.h>
#include <stdint.h>

/* Days since 1970-01-01. A struct, so that a date and a count of days cannot be mixed. */
struct civil_date {
	int32_t day;
};

struct civil_parts {
	int year;
	int month; /* 1..12 */
	int day; /* 1..31 */
};

enum civil_weekday { CIVIL_MONDAY, CIVIL_TUESDAY, CIVIL_WEDNESDAY, CIVIL_THURSDAY, CIVIL_FRIDAY, CIVIL_SATURDAY, CIVIL_SUNDAY };

enum { CIVIL_TEXT_SIZE = 11 };

/* False when there is no such day. */
bool civil_from_parts(int year, int month, int day, struct civil_date *ret_date);
struct civil_parts civil_parts(struct civil_date date);

/* Reads exactly "YYYY-MM-DD" and nothing else; false for anything that is not a real day. */
bool civil_parse(const char *text, struct civil_date *ret_date);

/* Writes "YYYY-MM-DD" and returns BUFFER. */
const char *civil_format(struct civil_date date, char buffer[CIVIL_TEXT_SIZE]);

/*
 * Writes the last COUNT decimal digits of VALUE (not negative), without a NUL; returns the place after them.
 */
char *civil_put_digits(char *at, int value, int count);

enum civil_weekday civil_weekday(struct civil_date date);
const char *civil_weekday_name(enum civil_weekday weekday); /* "Mon" */

struct civil_date civil_add_days(struct civil_date date, int days);

/*
 * Same month and day YEARS later (negative: earlier); 29 February becomes 28 February where there is none
 * (rules X54).
 */
struct civil_date civil_add_years(struct civil_date date, int years);

/* Days from A to B: 1 when B is the next day. */
int civil_days_between(struct civil_date a, struct civil_date b);

/*
 * The day a person born on BIRTH turns YEARS old; born on 29 February, it is 1 March in a common year (rules
 * S26).
 */
struct civil_date civil_birthday(struct civil_date birth, int years);

/* Full years of age on a day; negative before birth. */
int civil_age(struct civil_date birth, struct civil_date on);

static inline int civil_compare(struct civil_date a, struct civil_date b)
{
	return (a.day > b.day) - (a.day < b.day);
}

#endif
