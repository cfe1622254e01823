/* SPDX-License-Identifier: Apache-2.0 */
#include "wire/time_json.h"

void json_member_day(struct json_writer *writer, const char *name, struct civil_date day)
{
	char text[CIVIL_TEXT_SIZE];
	json_member_text(writer, name, civil_format(day, text));
}

void json_member_instant(struct json_writer *writer, const char *name, struct instant instant, const struct zone *zone)
{
	char text[INSTANT_TEXT_SIZE];
	json_member_text(writer, name, zone_format(zone, instant, text));
}

void json_member_day_if(struct json_writer *writer, const char *name, bool there, struct civil_date day)
{
	if (there) {
		json_member_day(writer, name, day);
	} else {
		json_member_text(writer, name, NULL);
	}
}

void json_member_instant_if(struct json_writer *writer, const char *name, bool there, struct instant instant,
			    const struct zone *zone)
{
	if (there) {
		json_member_instant(writer, name, instant, zone);
	} else {
		json_member_text(writer, name, NULL);
	}
}

void json_member_days(struct json_writer *writer, const char *name, struct day_set days)
{
	json_put_name(writer, name);
	json_open_array(writer);
	for (size_t i = 0; i < days.count; i++) {
		json_open_object(writer);
		json_member_day(writer, "from", days.spans[i].from);
		json_member_day(writer, "to", days.spans[i].to);
		json_close_object(writer);
	}
	json_close_array(writer);
}
