/* SPDX-License-Identifier: Apache-2.0 */
/* How many units a line may still have: one of a day, whichever line of its code says it, and what every cap holds. */
#include "review/determination_grants.h"

#include <math.h>

/* Days and the units of a day on them, counted from the first day of the span that is looked at. */
struct run {
	int64_t from;
	int64_t to;
	double units;
};

static int64_t span_days(const struct day_span *span)
{
	return civil_days_between(span->from, span->to) + 1;
}

double units_asked(const struct asked_line *line)
{
	if (line->units >= 0) {
		return line->units;
	}
	return line->daily ? (double)days_count(line->days) : UNITS_NOT_SAID;
}

double units_granted(const struct grants *grants, size_t line)
{
	double units = 0;
	for (size_t i = 0; i < grants->count; i++) {
		units += grants->list[i].line == line ? grants->list[i].units : 0;
	}
	return units;
}

/* What is granted of the code in units of a day, by its last days. */
static size_t read_runs(const struct determination_facts *facts, const struct grants *grants, const struct asked_line *line,
			struct civil_date first, struct run *runs)
{
	size_t count = 0;
	for (size_t i = 0; i < grants->count; i++) {
		const struct grant *grant = &grants->list[i];
		const struct asked_line *other = &facts->lines[grant->line];
		if (!other->daily || !facts_same_code(line, other)) {
			continue;
		}
		const struct run run = {civil_days_between(first, grant->days.from), civil_days_between(first, grant->days.to),
					grant->units};
		size_t place = count++;
		for (; place > 0 && runs[place - 1].to > run.to; place--) {
			runs[place] = runs[place - 1];
		}
		runs[place] = run;
	}
	return count;
}

/* Of the days from START on that hold the span, whose last day is LAST: the least that any such stretch has left. */
static double room_from(const struct run *runs, size_t count, int64_t start, int64_t last)
{
	double units = 0;
	double room = (double)(last - start + 1);
	for (size_t i = 0; i < count; i++) {
		if (runs[i].from < start) {
			continue;
		}
		units += runs[i].units;
		int64_t end = runs[i].to > last ? runs[i].to : last;
		room = fmin(room, (double)(end - start + 1) - units);
	}
	return room;
}

double units_room(const struct determination_facts *facts, const struct grants *grants, const struct caps *caps,
		  const struct asked_line *line, const struct day_span *span)
{
	double units = 0;
	struct run *runs = arena_array(facts->arena, grants->count + 1, sizeof(*runs));
	size_t count = read_runs(facts, grants, line, span->from, runs);
	int64_t last = span_days(span) - 1;
	double room = room_from(runs, count, 0, last);
	for (size_t i = 0; i < count; i++) {
		room = runs[i].from < 0 ? fmin(room, room_from(runs, count, runs[i].from, last)) : room;
		units += runs[i].units;
	}
	for (size_t i = 0; i < caps->count; i++) {
		room = fmin(room, (double)caps->list[i].days - units);
	}
	return room;
}

double units_more(const struct determination_facts *facts, const struct grants *grants, const struct caps *caps,
		  const struct grant *grant)
{
	const struct asked_line *line = &facts->lines[grant->line];
	double more = (double)span_days(&grant->days) - grant->units;
	more = fmin(more, units_asked(line) - units_granted(grants, line->line));
	more = fmin(more, units_room(facts, grants, caps, line, &grant->days));
	return more > UNITS_SLACK ? more : 0;
}

double units_part(const struct asked_line *line, struct day_set days)
{
	double asked = units_asked(line);
	int64_t all = days_count(line->days);
	int64_t own = days_count(days);
	if (line->daily) {
		return fmin(asked, (double)own);
	}
	return own < all ? fmin(asked, ceil(asked * (double)own / (double)all)) : asked;
}

double units_share(double left, struct day_set days, size_t place)
{
	int64_t after = 0;
	int64_t own = span_days(&days.spans[place]);
	for (size_t i = place; i < days.count; i++) {
		after += span_days(&days.spans[i]);
	}
	double others = (double)(days.count - place - 1);
	double share = ceil(left * (double)own / (double)after - UNITS_SLACK);
	share = fmin(share, fmax(1, left - others));
	return fmax(0, fmin(share, left));
}
