/* SPDX-License-Identifier: Apache-2.0 */
/* What became of one duty. */
#include "policy/duty_making.h"

#include <string.h>

static struct care_duty *add_duty(struct making *making)
{
	struct evaluation *evaluation = making->evaluation;
	const size_t count = evaluation->duty_count;
	/* room doubles: at powers of two from DUTIES_FIRST on it is full */
	if (count >= DUTIES_FIRST && (count & (count - 1)) == 0) {
		struct care_duty *grown = arena_array(making->evaluator->arena, count * 2, sizeof(*grown));
		memcpy(grown, evaluation->duties, count * sizeof(*grown));
		evaluation->duties = grown;
	}
	evaluation->duty_count++;
	return &evaluation->duties[count];
}

bool duties_full(const struct making *making)
{
	return making->evaluation->duty_count - making->first >= DUTIES_MAX;
}

bool duty_known(const struct making *making, const char *key)
{
	for (size_t i = making->first; i < making->evaluation->duty_count; i++) {
		if (strcmp(making->evaluation->duties[i].key, key) == 0) {
			return true;
		}
	}
	return false;
}

/* Whether something ended between F and the start: what came before belongs to what is over. */
static bool in_the_past(const struct making *making, const struct strand *strand, const struct happening *f)
{
	for (size_t i = 0; i < making->end_count; i++) {
		const struct happening *end = &making->ends[i];
		if (happening_later(&strand->since, end) && happening_later(end, f) &&
		    selector_same(&making->rule->until, strand->start->occurrence, end->occurrence)) {
			return true;
		}
	}
	return false;
}

/* Whether F is done for what began after the end: it makes up for nothing that was missed before. */
static bool of_the_next(const struct making *making, const struct strand *strand, const struct happening *f)
{
	const struct duty_rule *rule = making->rule;
	if (!rule->anew || !strand->end || !happening_later(f, strand->end)) {
		return false;
	}
	for (size_t i = 0; i < making->start_count; i++) {
		const struct happening came_up = happening_came_up(&making->starts[i]);
		if (happening_later(&came_up, strand->end) && (rule->fulfilled_by.earlier || !happening_later(&came_up, f))) {
			return true;
		}
	}
	return false;
}

/* Whether F comes after a duty began; on the same day it does too, unless it is of those that begin such duties. */
static bool came_after(const struct making *making, const struct strand *strand, const struct span_of_duty *span,
		       const struct happening *f)
{
	const struct duty_rule *rule = making->rule;
	const struct happening *since = span->own && !span->again ? &strand->since : &span->begin;
	const struct condition *ignored;
	if (rule->fulfilled_by.earlier) {
		return true;
	}
	if (rule->in_hours && !rule->ahead) {
		return instant_compare(f->at, since->at) >= 0;
	}
	const int order = civil_compare(f->on, since->on);
	if (order != 0) {
		return order > 0;
	}
	return !span->own || happening_later(f, since) ||
	       (!span->again && selector_judge(&rule->starts, making->evaluator, f->occurrence, &ignored) != ANSWER_MET);
}

/* Most come too early for a duty of later weeks, which is asked first. */
static bool counts(const struct making *making, const struct strand *strand, const struct span_of_duty *span,
		   const struct happening *f)
{
	return f->occurrence != strand->start->occurrence && !(span->own && f->occurrence == span->begin.occurrence) &&
	       came_after(making, strand, span, f) &&
	       selector_same(&making->rule->fulfilled_by, strand->start->occurrence, f->occurrence) &&
	       !in_the_past(making, strand, f) && !of_the_next(making, strand, f);
}

static const struct happening *find_fulfilment(const struct making *making, const struct strand *strand,
					       const struct span_of_duty *span)
{
	for (size_t i = 0; i < making->fulfilment_count; i++) {
		const struct happening *f = &making->fulfilments[i];
		if (counts(making, strand, span, f)) {
			return f;
		}
	}
	return NULL;
}

static const struct duty_waiver *find_waiver(const struct making *making, const char *key)
{
	const struct submission *submission = making->evaluator->submission;
	for (size_t i = 0; i < submission->waiver_count; i++) {
		const struct duty_waiver *waiver = &submission->waivers[i];
		if (strcmp(waiver->item, making->item->id) == 0 && strcmp(waiver->key, key) == 0) {
			return waiver;
		}
	}
	return NULL;
}

static bool after_due(const struct making *making, const struct span_of_duty *span, const struct happening *f)
{
	if (!span->has_due) {
		return false;
	}
	return making->rule->in_hours ? instant_compare(f->at, span->due.at) > 0 : civil_compare(f->on, span->due.on) > 0;
}

/* A duty that was not due before its end has ended; one that was missed before stays missed. */
static bool ended(const struct making *making, const struct strand *strand, const struct span_of_duty *span)
{
	const struct happening *end = strand->end;
	if (!end || !span->has_due) {
		return end != NULL;
	}
	return making->rule->in_hours && end->timed ? instant_compare(end->at, span->due.at) <= 0
						    : civil_compare(end->on, span->due.on) <= 0;
}

/* What is due on a day has all of it. */
static bool missed(const struct making *making, const struct span_of_duty *span)
{
	if (!span->has_due) {
		return false;
	}
	return making->rule->in_hours ? instant_compare(making->now, span->due.at) > 0
				      : civil_compare(making->today, span->due.on) > 0;
}

static enum duty_state state_of(const struct making *making, const struct strand *strand, const struct span_of_duty *span,
				const struct happening *f, const struct duty_waiver *waiver)
{
	const bool late = f && after_due(making, span, f);
	if (f && !late) {
		return DUTY_FULFILLED;
	}
	if (waiver) {
		return DUTY_WAIVED;
	}
	if (ended(making, strand, span)) {
		return DUTY_ENDED;
	}
	if (f) {
		return DUTY_LATE;
	}
	return missed(making, span) ? DUTY_OVERDUE : DUTY_OPEN;
}

static int late_by(const struct making *making, const struct care_duty *duty)
{
	if (duty->state == DUTY_LATE) {
		return civil_days_between(duty->due_on, duty->fulfilled_on);
	}
	return duty->state == DUTY_OVERDUE ? civil_days_between(duty->due_on, making->today) : 0;
}

const struct care_duty *duty_settle(struct making *making, const struct strand *strand, const struct span_of_duty *span,
				    const struct happening **ret_fulfilment)
{
	const struct happening *f = find_fulfilment(making, strand, span);
	/* what came after the end fulfils only what was missed before it */
	f = f && ended(making, strand, span) && happening_later(f, strand->end) ? NULL : f;
	struct care_duty *duty = add_duty(making);
	*duty = (struct care_duty){
		.item = making->item,
		.key = span->key,
		.began_with = span->begin.occurrence->id,
		.started_on = span->own && !span->again ? strand->since.on : span->begin.on,
		.started_at = span->own && !span->again ? strand->since.at : span->begin.at,
		.counted_from = span->begin.on,
		.has_due = span->has_due,
		.in_hours = making->rule->in_hours,
		.due_at = span->due.at,
		.due_on = span->due.on,
		.waiver = find_waiver(making, span->key),
	};
	duty->state = state_of(making, strand, span, f, duty->waiver);
	if (f) {
		duty->fulfilled = true;
		duty->fulfilled_by = f->occurrence->id;
		duty->fulfilled_on = f->on;
		duty->fulfilled_at = f->at;
	}
	duty->late_by_days = late_by(making, duty);
	*ret_fulfilment = f;
	return duty;
}
