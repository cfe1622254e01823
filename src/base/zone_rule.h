/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The rule in the footer of a TZif file (POSIX TZ with the extensions of RFC 8536): offsets after the last
 * listed change.
 */
#ifndef AR_BASE_ZONE_RULE_H
#define AR_BASE_ZONE_RULE_H

#include <stdbool.h>
#include <stdint.h>

enum zone_day_kind {
	ZONE_DAY_OF_WEEK, /* Mm.w.d */
	ZONE_DAY_JULIAN, /* Jn: 1..365, 29 February is never counted */
	ZONE_DAY_ORDINAL /* n: 0..365, 29 February is counted */
};

/* When the offset changes, in the local time that ends there. */
struct zone_change {
	enum zone_day_kind kind;
	int month;
	int week; /* 1..5; 5 is the last */
	int weekday; /* 0..6 from Sunday */
	int day;
	int32_t second; /* since midnight of the day; may be negative or beyond 24 hours */
};

struct zone_rule {
	int32_t standard; /* seconds east of UTC */
	int32_t summer;
	bool has_summer;
	struct zone_change start; /* of summer time */
	struct zone_change end;
};

/* False when TEXT is not wholly such a rule; summer time without its two dates is refused. */
bool zone_rule_parse(const char *text, struct zone_rule *ret_rule);

/* Seconds east of UTC in force SECONDS after 1970-01-01T00:00:00Z. */
int32_t zone_rule_offset(const struct zone_rule *rule, int64_t seconds);

#endif
