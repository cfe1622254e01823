/* SPDX-License-Identifier: Apache-2.0 */
/* How the duties of one obligation follow one another. */
#include "base/text.h"
#include "policy/duty_making.h"

static struct span_of_duty first_span(const struct making *making, const struct strand *strand)
{
	const struct policy *policy = making->evaluator->policy;
	const struct item *item = making->item;
	struct span_of_duty span = {.begin = *strand->start, .key = strand->start->occurrence->id, .own = true};
	span.has_due = item->clock.amount > 0 || making->rule->every.rule.amount > 0 || making->rule->same_day;
	if (item->clock.amount > 0) {
		span.due = duty_due_within(policy, &item->clock, strand->start, making->rule->ahead);
	} else if (making->rule->same_day) {
		span.due = (struct duty_due){zone_end_of_day(policy->zone, strand->start->on), strand->start->on};
	} else if (span.has_due) {
		span.due = duty_due_every(policy, &making->rule->every, strand->start);
	}
	return span;
}

/* The first duty and, with `every`, each next one from what fulfilled the one before; one that is waived counts as done when due. */
static void follow_strand(struct making *making, const struct strand *strand)
{
	struct span_of_duty span = first_span(making, strand);
	const struct duty_length *every = &making->rule->every;
	const char *base = span.key;
	unsigned step = 1;
	while (!duties_full(making) && !duty_known(making, span.key)) {
		const struct happening *f;
		const struct care_duty *duty = duty_settle(making, strand, &span, &f);
		const bool waived = duty->state == DUTY_WAIVED;
		if (every->rule.amount == 0 || (!f && !waived)) {
			return;
		}
		span.again = span.own = !waived;
		if (waived) {
			span.begin.on = duty->due_on;
			span.begin.at = duty->due_at;
			span.begin.timed = false;
			span.key = text_numbered(making->evaluator->arena, base, '.', ++step);
		} else {
			span.begin = *f;
			span.key = base = f->occurrence->id;
			step = 1;
		}
		if (strand->end && (waived ? civil_compare(span.begin.on, strand->end->on) >= 0
					   : f->occurrence == strand->end->occurrence || happening_later(f, strand->end))) {
			return;
		}
		span.due = duty_due_every(making->evaluator->policy, every, &span.begin);
	}
}

static struct span_of_duty first_week(const struct making *making, const struct strand *strand)
{
	const struct policy *policy = making->evaluator->policy;
	struct span_of_duty span = {.begin = *strand->start, .key = strand->start->occurrence->id, .has_due = true};
	const int since_monday = (int)civil_weekday(strand->start->on) - (int)CIVIL_MONDAY;
	const int week = (int)CIVIL_SUNDAY - (int)CIVIL_MONDAY;
	span.begin.on = civil_add_days(strand->start->on, since_monday == 0 ? 0 : week + 1 - since_monday);
	span.begin.at = zone_instant(policy->zone, span.begin.on, 0);
	span.due.on = civil_add_days(span.begin.on, week);
	span.due.at = zone_end_of_day(policy->zone, span.due.on);
	return span;
}

/* The period after SPAN. */
static void next_period(const struct making *making, struct span_of_duty *span)
{
	const struct policy *policy = making->evaluator->policy;
	const struct happening from = {.occurrence = span->begin.occurrence, .on = span->due.on, .at = span->due.at};
	span->own = false;
	span->begin.on = civil_add_days(span->due.on, 1);
	span->begin.at = zone_instant(policy->zone, span->begin.on, 0);
	if (making->rule->periods == PERIODS_WEEKS) {
		span->due.on = civil_add_days(span->due.on, (int)CIVIL_SUNDAY - (int)CIVIL_MONDAY + 1);
		span->due.at = zone_end_of_day(policy->zone, span->due.on);
	} else {
		span->due = duty_due_every(policy, &making->rule->every, &from);
	}
}

/* One period after the other until the first that is not due yet, or too many were missed; none begins after the end. */
static void follow_periods(struct making *making, const struct strand *strand)
{
	const bool weeks = making->rule->periods == PERIODS_WEEKS;
	struct span_of_duty span = weeks ? first_week(making, strand) : first_span(making, strand);
	const char *base = span.key;
	for (unsigned number = 1; !duties_full(making); number++) {
		const struct happening *ignored;
		if (strand->end && civil_compare(span.begin.on, strand->end->on) > 0) {
			return;
		}
		making->missed += duty_settle(making, strand, &span, &ignored)->state == DUTY_OVERDUE;
		if (instant_compare(span.due.at, making->now) >= 0 || making->missed >= MISSED_MAX) {
			return;
		}
		next_period(making, &span);
		span.key = text_numbered(making->evaluator->arena, base, '.', number + 1);
	}
}

static const struct happening *find_end(const struct making *making, const struct strand *strand)
{
	for (size_t i = 0; i < making->end_count; i++) {
		const struct happening *end = &making->ends[i];
		if (happening_later(end, &strand->since) &&
		    selector_same(&making->rule->until, strand->start->occurrence, end->occurrence)) {
			return end;
		}
	}
	return NULL;
}

/* From when on something fulfils or ends what a start begins: of a planned day since it was planned. */
static struct happening counted_from(const struct making *making, const struct happening *start)
{
	return making->rule->starts.has_day ? happening_came_up(start) : *start;
}

/* The first start after AFTER (NULL: of all), or NULL. */
static const struct happening *first_start(const struct making *making, const struct happening *after)
{
	for (size_t i = 0; i < making->start_count; i++) {
		const struct happening since = counted_from(making, &making->starts[i]);
		if (!after || happening_later(&since, after)) {
			return &making->starts[i];
		}
	}
	return NULL;
}

/* Of the starts after AFTER and not after UNTIL (NULL: no bound) the one that came up first or last, whatever day it speaks of, or NULL. */
static const struct happening *came_up(const struct making *making, const struct happening *after,
				       const struct happening *until, bool last)
{
	const struct happening *found = NULL;
	struct happening best = {0};
	for (size_t i = 0; i < making->start_count; i++) {
		const struct happening one = happening_came_up(&making->starts[i]);
		const bool inside = (!after || happening_later(&one, after)) && (!until || !happening_later(&one, until));
		if (inside && (!found || happening_later(&one, &best) == last)) {
			found = &making->starts[i];
			best = one;
		}
	}
	return found;
}

/* What one start leads to from there on. */
static struct strand strand_of(const struct making *making, const struct happening *start)
{
	struct strand strand = {.start = start, .since = counted_from(making, start)};
	strand.end = find_end(making, &strand);
	return strand;
}

/* The next start that begins a duty, after AFTER (NULL: the first of all); false when there is none. */
static bool next_strand(const struct making *making, const struct happening *after, struct strand *ret_strand)
{
	const struct duty_rule *rule = making->rule;
	const bool latest = rule->starts.latest;
	const struct happening *first = latest ? came_up(making, after, NULL, false) : first_start(making, after);
	if (!first) {
		return false;
	}
	if (!latest) {
		*ret_strand = strand_of(making, first);
		return true;
	}
	const struct strand stretch = strand_of(making, first);
	const struct happening *last = came_up(making, after, rule->anew ? stretch.end : NULL, true);
	*ret_strand = strand_of(making, last);
	if (rule->starts.has_day) {
		ret_strand->since = stretch.since; /* it came up with the first plan, whatever was planned later */
	}
	if (rule->starts.has_day || rule->anew) {
		ret_strand->end = stretch.end;
	}
	return true;
}

static void follow(struct making *making, const struct strand *strand)
{
	if (making->rule->periods != PERIODS_NONE) {
		follow_periods(making, strand);
	} else {
		follow_strand(making, strand);
	}
}

/* Each start, or one, or with `anew` one between each end and the next. */
static void follow_starts(struct making *making)
{
	struct strand strand = {0};
	for (size_t i = 0; making->rule->each && i < making->start_count; i++) {
		strand = strand_of(making, &making->starts[i]);
		follow(making, &strand);
	}
	if (making->rule->each) {
		return;
	}
	while (next_strand(making, strand.end, &strand)) {
		follow(making, &strand);
		if (!making->rule->anew || !strand.end) {
			return;
		}
	}
}

/* In the order in which they began. */
static void number_duties(struct making *making)
{
	struct care_duty *duties = &making->evaluation->duties[making->first];
	const size_t count = making->evaluation->duty_count - making->first;
	for (size_t i = 1; i < count; i++) {
		const struct care_duty moved = duties[i];
		size_t place = i;
		while (place > 0 && civil_compare(duties[place - 1].started_on, moved.started_on) > 0) {
			duties[place] = duties[place - 1];
			place--;
		}
		duties[place] = moved;
	}
	for (size_t i = 0; i < count; i++) {
		duties[i].number = (unsigned)i + 1;
	}
}

void duties_care(struct evaluator *evaluator, const struct item *item, struct instant now, struct evaluation *evaluation)
{
	const struct duty_rule *rule = item->duty;
	struct making making = {.evaluator = evaluator,
				.evaluation = evaluation,
				.item = item,
				.rule = rule,
				.now = now,
				.today = zone_date(evaluator->policy->zone, now),
				.first = evaluation->duty_count};
	making.starts = selector_take(&rule->starts, evaluator, rule->in_hours, &making.start_count);
	making.start_count = pause_leave(rule->paused, evaluator, making.starts, making.start_count);
	if (making.start_count == 0) {
		return;
	}
	making.fulfilments = selector_take(&rule->fulfilled_by, evaluator, rule->in_hours, &making.fulfilment_count);
	if (rule->has_until) {
		making.ends = selector_take(&rule->until, evaluator, false, &making.end_count);
	}
	follow_starts(&making);
	number_duties(&making);
}
