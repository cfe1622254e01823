/* SPDX-License-Identifier: Apache-2.0 */
#include "wire/when.h"

const char *when_text(struct arena *arena, const struct zone *zone, struct instant instant)
{
	char day[CIVIL_TEXT_SIZE];
	struct civil_date date = zone_date(zone, instant);
	int second = zone_second_of_day(zone, instant);
	return arena_printf(arena, "%s %s %02d:%02d", civil_weekday_name(civil_weekday(date)), civil_format(date, day),
			    second / 3600, second / 60 % 60);
}
