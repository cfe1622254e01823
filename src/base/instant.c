/* SPDX-License-Identifier: Apache-2.0 */
#include "base/instant.h"

#include "base/civil.h"

#include <string.h>
#include <time.h>

enum {
	SECONDS_PER_MINUTE = 60,
	SECONDS_PER_HOUR = 3600,
	SECONDS_PER_DAY = 86400,
	MINUTES_PER_DAY = 1440,
	US_PER_SECOND = 1000000
};

struct instant instant_now(void)
{
	struct timespec now;

	clock_gettime(CLOCK_REALTIME, &now);
	return (struct instant){(int64_t)now.tv_sec * US_PER_SECOND + now.tv_nsec / 1000};
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* Two digits, 0..MAX, and the reader moves past them. Never reads beyond a NUL. */
static bool read_two(const char **at, int max, int *ret_value)
{
	const char *const text = *at;

	if (!is_digit(text[0]) || !is_digit(text[1])) {
		return false;
	}
	const int value = (text[0] - '0') * 10 + (text[1] - '0');
	if (value > max) {
		return false;
	}
	*at = text + 2;
	*ret_value = value;
	return true;
}

static bool read_mark(const char **at, char mark)
{
	if (**at != mark) {
		return false;
	}
	(*at)++;
	return true;
}

/* An optional fraction of a second; digits beyond the sixth are read and dropped. */
static bool read_fraction(const char **at, int *ret_us)
{
	int us = 0;
	int scale = US_PER_SECOND / 10;

	if (!read_mark(at, '.')) {
		*ret_us = 0;
		return true;
	}
	if (!is_digit(**at)) {
		return false;
	}
	for (; is_digit(**at); (*at)++) {
		us += (**at - '0') * scale;
		scale /= 10;
	}
	*ret_us = us;
	return true;
}

/* "hh:mm:ss" and a fraction, as microseconds since midnight; second 60 is the first of the next minute. */
static bool read_time(const char **at, int64_t *ret_us)
{
	int hour = 0;
	int minute = 0;
	int second = 0;
	int us = 0;

	if (!read_two(at, 23, &hour) || !read_mark(at, ':') || !read_two(at, 59, &minute) || !read_mark(at, ':') ||
	    !read_two(at, 60, &second) || !read_fraction(at, &us)) {
		return false;
	}
	const int seconds = hour * SECONDS_PER_HOUR + minute * SECONDS_PER_MINUTE + second;
	*ret_us = (int64_t)seconds * US_PER_SECOND + us;
	return true;
}

/* "Z", "+hh:mm" or "-hh:mm" at the end of the text, as seconds east of UTC. "-00:00" is UTC. */
static bool read_offset(const char *at, int *ret_seconds)
{
	int hour = 0;
	int minute = 0;

	if (*at == 'Z' || *at == 'z') {
		*ret_seconds = 0;
		return at[1] == '\0';
	}
	const bool west = *at == '-';
	if (!west && *at != '+') {
		return false;
	}
	at++;
	if (!read_two(&at, 23, &hour) || !read_mark(&at, ':') || !read_two(&at, 59, &minute) || *at != '\0') {
		return false;
	}
	const int seconds = hour * SECONDS_PER_HOUR + minute * SECONDS_PER_MINUTE;
	*ret_seconds = west ? -seconds : seconds;
	return true;
}

/*
 * True while the year has four digits: what an offset or a leap second pushes out could not be written back.
 */
static bool writable(int64_t us)
{
	const int64_t first_second = INT64_C(-62135596800); /* 0001-01-01T00:00:00 */
	const int64_t past_seconds = INT64_C(253402300800); /* 10000-01-01T00:00:00 */

	return us >= first_second * US_PER_SECOND && us < past_seconds * US_PER_SECOND;
}

bool instant_parse(const char *text, struct instant *ret_instant)
{
	char day_text[CIVIL_TEXT_SIZE];
	struct civil_date day;
	int64_t time_us = 0;
	int offset = 0;

	const size_t day_length = strnlen(text, CIVIL_TEXT_SIZE - 1);
	memcpy(day_text, text, day_length);
	day_text[day_length] = '\0';
	if (!civil_parse(day_text, &day)) {
		return false;
	}
	const char *at = text + day_length;
	if (*at != 'T' && *at != 't') {
		return false;
	}
	at++;
	if (!read_time(&at, &time_us) || !read_offset(at, &offset)) {
		return false;
	}
	const int64_t midnight = (int64_t)day.day * SECONDS_PER_DAY - offset;
	const int64_t us = midnight * US_PER_SECOND + time_us;
	if (!writable(us)) {
		return false;
	}
	*ret_instant = (struct instant){us};
	return true;
}

static char *put_clock(char *at, int64_t us_of_day)
{
	const int second = (int)(us_of_day / US_PER_SECOND);
	const int fraction = (int)(us_of_day % US_PER_SECOND);

	*at++ = 'T';
	at = civil_put_digits(at, second / SECONDS_PER_HOUR, 2);
	*at++ = ':';
	at = civil_put_digits(at, second / SECONDS_PER_MINUTE % 60, 2);
	*at++ = ':';
	at = civil_put_digits(at, second % 60, 2);
	if (fraction != 0) {
		*at++ = '.';
		at = civil_put_digits(at, fraction, 6);
	}
	return at;
}

/* The date and clock of LOCAL_US without an offset; returns where the offset goes. */
static char *put_local(char *buffer, int64_t local_us)
{
	const int64_t day_us = (int64_t)SECONDS_PER_DAY * US_PER_SECOND;
	const int64_t rest = local_us % day_us;
	const int64_t us_of_day = rest < 0 ? rest + day_us : rest;
	const int64_t day = local_us / day_us - (rest < 0 ? 1 : 0);

	civil_format((struct civil_date){(int32_t)day}, buffer);
	return put_clock(buffer + CIVIL_TEXT_SIZE - 1, us_of_day);
}

const char *instant_format_utc(struct instant instant, char buffer[INSTANT_TEXT_SIZE])
{
	char *const at = put_local(buffer, instant.us);

	at[0] = 'Z';
	at[1] = '\0';
	return buffer;
}

const char *instant_format_offset(struct instant instant, int offset_minutes, char buffer[INSTANT_TEXT_SIZE])
{
	const int64_t shift_us = (int64_t)offset_minutes * SECONDS_PER_MINUTE * US_PER_SECOND;
	const bool within_day = offset_minutes > -MINUTES_PER_DAY && offset_minutes < MINUTES_PER_DAY;

	if (!within_day || !writable(instant.us) || !writable(instant.us + shift_us)) {
		return instant_format_utc(instant, buffer);
	}
	char *at = put_local(buffer, instant.us + shift_us);
	const int minutes = offset_minutes < 0 ? -offset_minutes : offset_minutes;
	*at++ = offset_minutes < 0 ? '-' : '+';
	at = civil_put_digits(at, minutes / 60, 2);
	*at++ = ':';
	at = civil_put_digits(at, minutes % 60, 2);
	*at = '\0';
	return buffer;
}
