/* SPDX-License-Identifier: Apache-2.0 */
/* Days and instants as members of the object that is open. */
#ifndef AR_WIRE_TIME_JSON_H
#define AR_WIRE_TIME_JSON_H

#include "base/json_write.h"
#include "base/zone.h"
#include "domain/days.h"

void json_member_day(struct json_writer *writer, const char *name, struct civil_date day);

/* With the offset of ZONE. */
void json_member_instant(struct json_writer *writer, const char *name, struct instant instant, const struct zone *zone);

/* The same where there is one; else null. */
void json_member_day_if(struct json_writer *writer, const char *name, bool there, struct civil_date day);
void json_member_instant_if(struct json_writer *writer, const char *name, bool there, struct instant instant,
			    const struct zone *zone);

/* A list of {from, to}, each the first and the last day of a span. */
void json_member_days(struct json_writer *writer, const char *name, struct day_set days);

#endif
