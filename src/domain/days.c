/* SPDX-License-Identifier: Apache-2.0 */
#include "domain/days.h"

#include "base/sort.h"
#include "base/text.h"

#include <assert.h>

static int by_start(const void *left, const void *right)
{
	const struct day_span *const a = left;
	const struct day_span *const b = right;

	return civil_compare(a->from, b->from);
}

static struct civil_date later(struct civil_date a, struct civil_date b)
{
	return civil_compare(a, b) < 0 ? b : a;
}

static struct civil_date earlier(struct civil_date a, struct civil_date b)
{
	return civil_compare(a, b) < 0 ? a : b;
}

static bool overlap_or_touch(struct day_span first, struct day_span second)
{
	return (int64_t)second.from.day <= (int64_t)first.to.day + 1;
}

/* Puts COUNT spans in order and joins those that overlap or touch, in place. */
static struct day_set join(struct arena *arena, struct day_span *spans, size_t count)
{
	size_t kept = 0;

	sort_in(arena, spans, count, sizeof(spans[0]), by_start);
	for (size_t i = 0; i < count; i++) {
		if (kept > 0 && overlap_or_touch(spans[kept - 1], spans[i])) {
			spans[kept - 1].to = later(spans[kept - 1].to, spans[i].to);
		} else {
			spans[kept++] = spans[i];
		}
	}
	return (struct day_set){spans, kept};
}

struct day_set days_of(struct arena *arena, const struct day_span *spans, size_t count)
{
	struct day_span *const copy = arena_array(arena, count, sizeof(*copy));
	size_t kept = 0;

	for (size_t i = 0; i < count; i++) {
		if (civil_compare(spans[i].from, spans[i].to) <= 0) {
			copy[kept++] = spans[i];
		}
	}
	return join(arena, copy, kept);
}

struct day_set days_union(struct arena *arena, struct day_set a, struct day_set b)
{
	struct day_span *const all = arena_array(arena, a.count + b.count, sizeof(*all));

	for (size_t i = 0; i < a.count; i++) {
		all[i] = a.spans[i];
	}
	for (size_t i = 0; i < b.count; i++) {
		all[a.count + i] = b.spans[i];
	}
	return join(arena, all, a.count + b.count);
}

struct day_set days_both(struct arena *arena, struct day_set a, struct day_set b)
{
	struct day_span *const both = arena_array(arena, a.count + b.count, sizeof(*both));
	size_t count = 0;
	size_t i = 0;
	size_t j = 0;

	while (i < a.count && j < b.count) {
		const struct day_span common = {
			later(a.spans[i].from, b.spans[j].from),
			earlier(a.spans[i].to, b.spans[j].to),
		};
		if (civil_compare(common.from, common.to) <= 0) {
			both[count++] = common;
		}
		if (civil_compare(a.spans[i].to, b.spans[j].to) < 0) {
			i++;
		} else {
			j++;
		}
	}
	return (struct day_set){both, count};
}

struct day_set days_minus(struct arena *arena, struct day_set a, struct day_set b)
{
	struct day_span *const rest = arena_array(arena, a.count + b.count, sizeof(*rest));
	size_t count = 0;
	size_t j = 0;

	for (size_t i = 0; i < a.count; i++) {
		struct day_span open = a.spans[i];
		bool left = true;

		while (j < b.count && civil_compare(b.spans[j].to, open.from) < 0) {
			j++;
		}
		for (size_t k = j; left && k < b.count && civil_compare(b.spans[k].from, open.to) <= 0; k++) {
			const struct day_span taken = b.spans[k];
			if (civil_compare(open.from, taken.from) < 0) {
				rest[count++] = (struct day_span){open.from, civil_add_days(taken.from, -1)};
			}
			left = civil_compare(taken.to, open.to) < 0;
			open.from = civil_add_days(taken.to, 1);
		}
		if (left) {
			rest[count++] = open;
		}
	}
	return (struct day_set){rest, count};
}

bool days_contain(struct day_set set, struct civil_date day)
{
	for (size_t i = 0; i < set.count; i++) {
		if (civil_compare(set.spans[i].from, day) <= 0 && civil_compare(day, set.spans[i].to) <= 0) {
			return true;
		}
	}
	return false;
}

bool days_empty(struct day_set set)
{
	return set.count == 0;
}

struct civil_date days_first(struct day_set set)
{
	assert(set.count > 0);
	return set.spans[0].from;
}

struct civil_date days_last(struct day_set set)
{
	assert(set.count > 0);
	return set.spans[set.count - 1].to;
}

int64_t days_count(struct day_set set)
{
	int64_t count = 0;
	for (size_t i = 0; i < set.count; i++) {
		count += civil_days_between(set.spans[i].from, set.spans[i].to) + 1;
	}
	return count;
}

const char *days_text(struct arena *arena, struct day_set days)
{
	struct text text;
	char from[CIVIL_TEXT_SIZE];
	char to[CIVIL_TEXT_SIZE];
	if (arena_muted(arena)) {
		return "";
	}
	text_init(&text, arena, 64);
	text_puts(&text, days.count > 0 ? "" : "no day");
	for (size_t i = 0; i < days.count; i++) {
		const struct day_span *span = &days.spans[i];
		text_puts(&text, i > 0 ? ", " : "");
		text_puts(&text, civil_format(span->from, from));
		if (civil_compare(span->from, span->to) != 0) {
			text_printf(&text, " to %s", civil_format(span->to, to));
		}
	}
	return text.data;
}
