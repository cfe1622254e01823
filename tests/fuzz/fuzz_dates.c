/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Any bytes as a date, an instant, a footer rule and a TZif file: what is read must be written back as the
 * same value, and the local days of any zone must follow one another.
 */
#include "base/civil.h"
#include "base/instant.h"
#include "base/zone.h"
#include "base/zone_rule.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(bool holds)
{
	if (!holds) {
		abort();
	}
}

static void date_round_trip(const char *text)
{
	struct civil_date date;
	char back[CIVIL_TEXT_SIZE];

	if (!civil_parse(text, &date)) {
		return;
	}
	require(strcmp(civil_format(date, back), text) == 0);
	require(civil_age(date, civil_birthday(date, 18)) == 18 || civil_parts(date).year > 9981);
	require(civil_age(date, date) == 0);
}

static void instant_round_trip(const char *text)
{
	struct instant instant;
	struct instant again;
	char back[INSTANT_TEXT_SIZE];

	if (!instant_parse(text, &instant)) {
		return;
	}
	require(instant_parse(instant_format_utc(instant, back), &again));
	require(instant_compare(instant, again) == 0);
	require(instant_parse(instant_format_offset(instant, -480, back), &again));
	require(instant_compare(instant, again) == 0);
}

static void rule_offsets(const char *text)
{
	struct zone_rule rule;

	if (!zone_rule_parse(text, &rule)) {
		return;
	}
	for (int64_t seconds = INT64_C(-70000000000); seconds < INT64_C(300000000000); seconds += INT64_C(9999999967)) {
		const int32_t offset = zone_rule_offset(&rule, seconds);
		require(offset == rule.standard || (rule.has_summer && offset == rule.summer));
	}
}

static void zone_days(const uint8_t *data, size_t size)
{
	struct err err;
	struct zone *const zone = zone_from_bytes("Fuzz/Zone", data, size, &err);

	if (zone == NULL) {
		require(err.code == ERR_CONFIG);
		return;
	}
	for (int32_t day = -30000; day < 60000; day += 997) {
		const struct civil_date date = {day};
		const struct instant noon = zone_instant(zone, date, 43200);
		char text[INSTANT_TEXT_SIZE];
		struct instant again;
		require(instant_parse(zone_format(zone, noon, text), &again));
		require(instant_compare(noon, again) == 0);
		(void)zone_end_of_day(zone, date);
		(void)zone_second_of_day(zone, noon);
	}
	zone_close(zone);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *const text = malloc(size + 1);

	if (text == NULL) {
		return 0;
	}
	memcpy(text, data, size);
	text[size] = '\0';
	date_round_trip(text);
	instant_round_trip(text);
	rule_offsets(text);
	zone_days(data, size);
	free(text);
	return 0;
}
