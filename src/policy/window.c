/* SPDX-License-Identifier: Apache-2.0 */
#include "policy/window.h"

struct civil_date value_day(const struct value *value, const struct zone *zone)
{
	return value->type == VALUE_INSTANT ? zone_date(zone, value->instant) : value->date;
}

const char *value_text(struct arena *arena, const struct value *value, const struct zone *zone)
{
	char buffer[INSTANT_TEXT_SIZE];
	if (value->type == VALUE_INSTANT) {
		return arena_copy(arena, zone_format(zone, value->instant, buffer));
	}
	return arena_copy(arena, civil_format(value->date, buffer));
}

struct civil_date window_earliest(const struct window *window, const struct window_anchor *anchor)
{
	if (window->unit == WINDOW_YEARS) {
		return civil_add_years(anchor->on, -window->amount);
	}
	return civil_add_days(anchor->on, -window->amount);
}

static struct instant earliest_instant(const struct window *window, const struct window_anchor *anchor)
{
	return instant_add(anchor->at, span_hours(-window->amount));
}

const char *window_earliest_text(struct arena *arena, const struct window *window, const struct window_anchor *anchor)
{
	char buffer[INSTANT_TEXT_SIZE];
	if (window->unit == WINDOW_HOURS) {
		return arena_copy(arena, zone_format(anchor->zone, earliest_instant(window, anchor), buffer));
	}
	return arena_copy(arena, civil_format(window_earliest(window, anchor), buffer));
}

enum window_fit window_judge(const struct window *window, const struct window_anchor *anchor, const struct value *value)
{
	const struct civil_date day = value_day(value, anchor->zone);
	if (civil_compare(day, anchor->today) > 0) {
		return WINDOW_FUTURE;
	}
	if (!window) {
		return WINDOW_INSIDE;
	}
	if (window->unit == WINDOW_HOURS) {
		const struct instant at = value->type == VALUE_INSTANT ? value->instant : zone_end_of_day(anchor->zone, day);
		return instant_compare(at, earliest_instant(window, anchor)) < 0 ? WINDOW_STALE : WINDOW_INSIDE;
	}
	return civil_compare(day, window_earliest(window, anchor)) < 0 ? WINDOW_STALE : WINDOW_INSIDE;
}
