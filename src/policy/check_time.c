/* SPDX-License-Identifier: Apache-2.0 */
/* within, not_after, received, admitted, discharged: dates and instants against receipt and against each other. */
#include "policy/check.h"

#include "policy/diff.h"
#include "policy/papers.h"
#include "policy/reach.h"

#include <string.h>

/* One side of not_after. */
enum side_kind { SIDE_PATH, SIDE_DAY, SIDE_PAPER };

struct side {
	enum side_kind kind;
	struct reach reach;
	enum check_day day;
	struct paper_types papers;
};

struct time_check {
	struct check check;
	struct reach reach; /* within */
	const struct window *window; /* within; not_after: what `then` is moved on by */
	struct side first;
	struct side then;
	struct value from; /* received */
	struct value to;
	bool leaving; /* discharged */
	enum check_day by; /* admitted, discharged */
	const char *by_event; /* instead of a day, or NULL */
};

static bool is_time(const struct reach *reach)
{
	return reach->slot.type == VALUE_DATE || reach->slot.type == VALUE_INSTANT;
}

static enum answer evaluate_within(const struct check *check, struct evaluator *evaluator, struct trace *trace)
{
	const struct time_check *within = (const struct time_check *)check;
	/* counted from receipt itself: this is about when the request was sent, not about papers */
	const struct window_anchor anchor = {evaluator->anchor.zone, evaluator->submission->received_at,
					     evaluator->submission->received_on, evaluator->anchor.today};
	const size_t count = reach_count(&within->reach, evaluator);
	enum answer answer = count > 0 ? ANSWER_MET : ANSWER_UNKNOWN;
	if (count == 0) {
		trace_add(trace, PROBLEM_UNANSWERED, within->reach.empty,
			  (struct entry){.say = sentence(trace->arena, "there is no %s.", within->reach.element)});
	}
	for (size_t i = 0; i < count; i++) {
		const struct value *value = reach_value(&within->reach, evaluator, i);
		if (!value_given(value)) {
			reach_unanswered(&within->reach, trace, i);
			answer = answer == ANSWER_MET ? ANSWER_UNKNOWN : answer;
			continue;
		}
		const enum window_fit fit = window_judge(within->window, &anchor, value);
		if (fit == WINDOW_INSIDE) {
			continue;
		}
		answer = ANSWER_NOT_MET;
		const char *phrase = reach_phrase(&within->reach, trace->arena, i);
		const char *earliest = window_earliest_text(trace->arena, within->window, &anchor);
		trace_add(trace, fit == WINDOW_STALE ? PROBLEM_STALE : PROBLEM_INVALID,
			  reach_pointer(&within->reach, trace->arena, i),
			  (struct entry){.found = value_text(trace->arena, value, anchor.zone),
					 .needed = arena_printf(trace->arena, "%s or later", earliest),
					 .say = fit == WINDOW_STALE
							? sentence(trace->arena, "%s is too long ago; it must be %s or later.",
								   phrase, earliest)
							: sentence(trace->arena, "%s lies after the day on which it arrived.",
								   phrase)});
	}
	return answer;
}

const struct check *compile_within(struct compiler *compiler, const struct json *arguments, const struct spot *spot)
{
	static const char *const names[] = {"at", "hours", "days", "years", NULL};
	struct time_check *made = arena_alloc(compiler->arena, sizeof(*made));
	if (!arguments_only(compiler, arguments, spot, names)) {
		return NULL;
	}
	const struct json *at = argument(compiler, arguments, spot, "at", JSON_TEXT);
	const struct spot at_spot = spot_member(spot, "at");
	if (!at || !reach_compile(compiler, at, &at_spot, &made->reach)) {
		return NULL;
	}
	if (!is_time(&made->reach)) {
		spot_issue(compiler->issues, &at_spot, "wrong_place", "%s holds no date", json_text(at));
		return NULL;
	}
	const struct json *unit = NULL;
	for (size_t i = 1; names[i]; i++) {
		unit = json_member(arguments, names[i]) ? json_member(arguments, names[i]) : unit;
	}
	if (!unit || json_count(arguments) != 2) {
		spot_issue(compiler->issues, spot, "no_unit", "a window has exactly one unit: \"days\": 60");
		return NULL;
	}
	made->window = argument_window_of(compiler, unit, spot);
	made->check = (struct check){evaluate_within, made->reach.pointer};
	return made->window ? &made->check : NULL;
}

/* The value of a side; NULL when it is not given, after saying so. *ret_room gives a day its value. */
static const struct value *side_value(const struct side *side, struct evaluator *evaluator, struct trace *trace,
				      struct value *ret_room, const char **ret_pointer)
{
	const struct value *value = NULL;
	switch (side->kind) {
	case SIDE_PATH:
		value = reach_value(&side->reach, evaluator, 0);
		*ret_pointer = side->reach.pointer;
		if (!value_given(value)) {
			reach_unanswered(&side->reach, trace, 0);
			return NULL;
		}
		return value;
	case SIDE_DAY:
		*ret_pointer = "/service_period/start";
		*ret_room = (struct value){.state = VALUE_PRESENT, .type = VALUE_DATE};
		if (side->day == DAY_RECEIPT) {
			ret_room->type = VALUE_INSTANT;
			ret_room->instant = evaluator->submission->received_at;
			return ret_room;
		}
		if (!evaluator_day(evaluator, side->day, &ret_room->date)) {
			trace_add(trace, PROBLEM_UNANSWERED, *ret_pointer,
				  (struct entry){.say = "The days of service are not given."});
			return NULL;
		}
		return ret_room;
	case SIDE_PAPER: break;
	}
	value = papers_newest(&side->papers, evaluator, trace->arena, ret_pointer);
	if (!value) {
		trace_add(trace, PROBLEM_UNANSWERED, *ret_pointer,
			  (struct entry){.say = sentence(trace->arena, "we have no dated %s.", side->papers.phrase)});
	}
	return value;
}

static bool in_order(const struct value *first, const struct value *then, const struct window *plus, const struct zone *zone)
{
	if (plus && plus->unit == WINDOW_HOURS) {
		const struct instant begin = first->type == VALUE_INSTANT ? first->instant : zone_instant(zone, first->date, 0);
		const struct instant end = then->type == VALUE_INSTANT ? then->instant : zone_end_of_day(zone, then->date);
		return instant_compare(begin, instant_add(end, span_hours(plus->amount))) <= 0;
	}
	if (!plus && first->type == VALUE_INSTANT && then->type == VALUE_INSTANT) {
		return instant_compare(first->instant, then->instant) <= 0;
	}
	struct civil_date end = value_day(then, zone);
	if (plus) {
		end = plus->unit == WINDOW_YEARS ? civil_add_years(end, plus->amount) : civil_add_days(end, plus->amount);
	}
	return civil_compare(value_day(first, zone), end) <= 0;
}

static const char *side_phrase(const struct side *side, struct arena *arena)
{
	switch (side->kind) {
	case SIDE_PATH: return reach_phrase(&side->reach, arena, 0);
	case SIDE_DAY: return check_day_phrase(side->day);
	case SIDE_PAPER: break;
	}
	return arena_printf(arena, "the date of the %s", side->papers.phrase);
}

/* Named days cannot be moved: then it is the other side that lies too early. */
static void add_late(const struct time_check *order, struct trace *trace, const struct value *first, const struct value *then,
		     const struct zone *zone, const char *pointer)
{
	struct arena *arena = trace->arena;
	const char *before = side_phrase(&order->first, arena);
	const char *after = side_phrase(&order->then, arena);
	if (order->first.kind == SIDE_DAY && !order->window) {
		trace_add(trace, PROBLEM_INVALID, pointer,
			  (struct entry){.found = value_text(arena, then, zone),
					 .needed = arena_printf(arena, "%s or later", value_text(arena, first, zone)),
					 .say = sentence(arena, "%s lies before %s.", after, before)});
		return;
	}
	const char *end = value_text(arena, then, zone);
	const char *span = order->window ? arena_printf(arena, "more than %s after", order->window->text) : "after";
	trace_add(trace, PROBLEM_INVALID, pointer,
		  (struct entry){.found = value_text(arena, first, zone),
				 .needed = order->window ? arena_printf(arena, "within %s of %s", order->window->text, end)
							 : arena_printf(arena, "%s or earlier", end),
				 .say = sentence(arena, "%s lies %s %s.", before, span, after)});
}

/* From one day to another, both counted. */
static struct day_set days_through(struct arena *arena, struct civil_date from, struct civil_date to)
{
	const struct day_span span = {from, to};
	return days_of(arena, &span, civil_compare(from, to) <= 0 ? 1 : 0);
}

/* Where the first requested day stands on one side: the days that nobody asked for between the other and it, or those up to the other. */
static void tell_days(const struct time_check *order, struct evaluator *evaluator, struct trace *trace,
		      const struct value *first, const struct value *then, bool met)
{
	const struct zone *zone = evaluator->anchor.zone;
	struct arena *arena = trace->arena;
	if (order->first.kind != SIDE_DAY || order->first.day != DAY_FIRST || then->type == VALUE_INSTANT) {
		return;
	}
	const struct civil_date begin = value_day(first, zone);
	const struct civil_date end = value_day(then, zone);
	if (met) {
		trace->met_days = days_both(arena, evaluator->requested, days_through(arena, begin, end));
	} else if (order->window && order->window->unit == WINDOW_DAYS) {
		trace->days = days_through(arena, civil_add_days(end, 1), civil_add_days(begin, -1));
	}
}

static enum answer evaluate_not_after(const struct check *check, struct evaluator *evaluator, struct trace *trace)
{
	const struct time_check *order = (const struct time_check *)check;
	struct value rooms[2];
	const char *pointer;
	const char *then_pointer;
	const struct zone *zone = evaluator->anchor.zone;
	const struct value *first = side_value(&order->first, evaluator, trace, &rooms[0], &pointer);
	const struct value *then = side_value(&order->then, evaluator, trace, &rooms[1], &then_pointer);
	if (!first || !then) {
		return ANSWER_UNKNOWN;
	}
	const bool met = in_order(first, then, order->window, zone);
	tell_days(order, evaluator, trace, first, then, met);
	if (met) {
		return ANSWER_MET;
	}
	add_late(order, trace, first, then, zone, order->first.kind == SIDE_DAY ? then_pointer : pointer);
	return ANSWER_NOT_MET;
}

static bool compile_side(struct compiler *compiler, const struct json *node, const struct spot *spot, struct side *made)
{
	static const char *const names[] = {"dated", NULL};
	if (json_kind(node) == JSON_OBJECT) {
		made->kind = SIDE_PAPER;
		return arguments_only(compiler, node, spot, names) &&
		       papers_compile(compiler, node, spot, "dated", &made->papers);
	}
	if (json_text(node) && json_text(node)[0] != '/') {
		made->kind = SIDE_DAY;
		return check_day_compile(compiler, node, spot, &made->day);
	}
	if (!reach_compile(compiler, node, spot, &made->reach)) {
		return false;
	}
	if (made->reach.slot.list || !is_time(&made->reach)) {
		spot_issue(compiler->issues, spot, "wrong_place", "%s holds no single date", json_text(node));
		return false;
	}
	return true;
}

const struct check *compile_not_after(struct compiler *compiler, const struct json *arguments, const struct spot *spot)
{
	static const char *const names[] = {"first", "then", "plus", NULL};
	struct time_check *made = arena_alloc(compiler->arena, sizeof(*made));
	if (!arguments_only(compiler, arguments, spot, names)) {
		return NULL;
	}
	bool good = true;
	struct side *sides[] = {&made->first, &made->then};
	for (size_t i = 0; i < 2; i++) {
		const struct json *node = json_member(arguments, names[i]);
		const struct spot here = spot_member(spot, names[i]);
		if (!node) {
			spot_issue(compiler->issues, &here, "missing_member", "the check needs it");
		}
		good = node && compile_side(compiler, node, &here, sides[i]) && good;
	}
	if (good && diff_same(json_member(arguments, "first"), json_member(arguments, "then"))) {
		const struct spot at_then = spot_member(spot, "then");
		spot_issue(compiler->issues, &at_then, "same_place", "nothing comes before or after itself");
		good = false;
	}
	const struct json *plus = json_member(arguments, "plus");
	const struct spot at_plus = spot_member(spot, "plus");
	if (plus && !(made->window = argument_window(compiler, plus, &at_plus))) {
		good = false;
	}
	made->check =
		(struct check){evaluate_not_after, made->first.kind == SIDE_PATH ? made->first.reach.pointer : "/documents/-"};
	return good ? &made->check : NULL;
}

/* not_older: the newest of the first papers against the newest of the second. */
static enum answer evaluate_not_older(const struct check *check, struct evaluator *evaluator, struct trace *trace)
{
	const struct time_check *order = (const struct time_check *)check;
	struct value room;
	const char *pointer;
	const char *then_pointer;
	const struct value *own = side_value(&order->first, evaluator, trace, &room, &pointer);
	const struct value *than = side_value(&order->then, evaluator, trace, &room, &then_pointer);
	if (!own || !than) {
		return ANSWER_UNKNOWN;
	}
	if (civil_compare(own->date, than->date) >= 0) {
		return ANSWER_MET;
	}
	const char *needed = arena_printf(trace->arena, "%s or later", value_text(trace->arena, than, evaluator->anchor.zone));
	trace_add(trace, PROBLEM_STALE, pointer,
		  (struct entry){.found = value_text(trace->arena, own, evaluator->anchor.zone),
				 .needed = needed,
				 .say = sentence(trace->arena, "the %s is older than the %s.", order->first.papers.phrase,
						 order->then.papers.phrase)});
	return ANSWER_NOT_MET;
}

const struct check *compile_not_older(struct compiler *compiler, const struct json *arguments, const struct spot *spot)
{
	static const char *const names[] = {"of", "than", NULL};
	struct time_check *made = arena_alloc(compiler->arena, sizeof(*made));
	if (!arguments_only(compiler, arguments, spot, names)) {
		return NULL;
	}
	made->first.kind = SIDE_PAPER;
	made->then.kind = SIDE_PAPER;
	bool good = papers_compile(compiler, arguments, spot, "of", &made->first.papers);
	good = papers_compile(compiler, arguments, spot, "than", &made->then.papers) && good;
	made->check = (struct check){evaluate_not_older, "/documents/-"};
	return good ? &made->check : NULL;
}

static enum answer evaluate_received(const struct check *check, struct evaluator *evaluator, struct trace *trace)
{
	const struct time_check *received = (const struct time_check *)check;
	const struct civil_date day = evaluator->submission->received_on;
	if ((!value_given(&received->from) || civil_compare(day, received->from.date) >= 0) &&
	    (!value_given(&received->to) || civil_compare(day, received->to.date) <= 0)) {
		return ANSWER_MET;
	}
	char buffer[CIVIL_TEXT_SIZE];
	trace_add(trace, PROBLEM_INVALID, "",
		  (struct entry){.found = arena_copy(trace->arena, civil_format(day, buffer)),
				 .say = sentence(trace->arena, "the request was received on %s.", civil_format(day, buffer))});
	return ANSWER_NOT_MET;
}

static bool compile_bound(struct compiler *compiler, const struct json *arguments, const struct spot *spot, const char *name,
			  struct value *ret_bound)
{
	const struct json *node = json_member(arguments, name);
	const struct spot here = spot_member(spot, name);
	if (!node || json_kind(node) == JSON_NULL) {
		return true;
	}
	if (!json_text(node) || !civil_parse(json_text(node), &ret_bound->date)) {
		spot_issue(compiler->issues, &here, "not_a_date", "must be a date of the form YYYY-MM-DD, or null");
		return false;
	}
	ret_bound->state = VALUE_PRESENT;
	return true;
}

const struct check *compile_received(struct compiler *compiler, const struct json *arguments, const struct spot *spot)
{
	static const char *const names[] = {"from", "to", NULL};
	struct time_check *made = arena_alloc(compiler->arena, sizeof(*made));
	if (!arguments_only(compiler, arguments, spot, names)) {
		return NULL;
	}
	bool good = compile_bound(compiler, arguments, spot, "from", &made->from) &&
		    compile_bound(compiler, arguments, spot, "to", &made->to);
	if (good && value_given(&made->from) && value_given(&made->to) && civil_compare(made->from.date, made->to.date) > 0) {
		spot_issue(compiler->issues, spot, "out_of_range", "the time ends before it begins");
		good = false;
	}
	made->check = (struct check){evaluate_received, ""};
	return good ? &made->check : NULL;
}

/* Without a date the status speaks; nothing said means that the member is not there yet. */
static enum answer judge_status(const struct time_check *wants, const struct evaluator *evaluator)
{
	const struct places *places = evaluator->places;
	const struct value *status = body_value(evaluator, places->admission_status);
	const bool left = value_given(status) && status->word == places->status_discharged;
	const bool came = left || (value_given(status) && status->word == places->status_admitted);
	return (wants->leaving ? left : came) ? ANSWER_MET : ANSWER_NOT_MET;
}

/* A moment at or before an instant; of a bare date its day. */
static bool come_before(const struct evaluator *evaluator, const struct value *moment, struct instant at)
{
	const struct zone *zone = evaluator->anchor.zone;
	return moment->type == VALUE_INSTANT ? instant_compare(moment->instant, at) <= 0
					     : civil_compare(value_day(moment, zone), zone_date(zone, at)) <= 0;
}

/* Against an event: until it is recorded, and where only the status speaks, it cannot be told. */
static enum answer judge_event(const struct time_check *wants, const struct evaluator *evaluator, const struct value *moment,
			       struct trace *trace)
{
	const struct recorded_event *event = evaluator_event(evaluator, wants->by_event);
	const bool there = judge_status(wants, evaluator) == ANSWER_MET;
	if (!event || (!moment && there)) {
		trace_add(trace, PROBLEM_UNANSWERED, event ? wants->check.subject : "",
			  (struct entry){.needed = wants->by_event});
		return ANSWER_UNKNOWN;
	}
	return moment && come_before(evaluator, moment, event->at) ? ANSWER_MET : ANSWER_NOT_MET;
}

/* Whether a moment lies at or before the day or receipt; a bare date on that day counts. */
static bool come_by(const struct time_check *wants, const struct evaluator *evaluator, const struct value *moment,
		    struct civil_date day)
{
	const struct submission *submission = evaluator->submission;
	const bool later = wants->by == DAY_ARRIVAL && submission->arrived_at.us != 0;
	if (moment->type == VALUE_INSTANT && (wants->by == DAY_RECEIPT || wants->by == DAY_ARRIVAL)) {
		return instant_compare(moment->instant, later ? submission->arrived_at : submission->received_at) <= 0;
	}
	return civil_compare(value_day(moment, evaluator->anchor.zone), day) <= 0;
}

static enum answer evaluate_admission(const struct check *check, struct evaluator *evaluator, struct trace *trace)
{
	const struct time_check *wants = (const struct time_check *)check;
	const struct places *places = evaluator->places;
	const struct value *at = body_value(evaluator, wants->leaving ? places->discharged_at : places->admitted_at);
	const struct value *on = body_value(evaluator, places->admitted_on);
	const struct value *moment = value_given(at) ? at : !wants->leaving && value_given(on) ? on : NULL;
	struct civil_date day;
	enum answer answer = ANSWER_UNKNOWN;
	if (wants->by_event) {
		answer = judge_event(wants, evaluator, moment, trace);
	} else if (!moment) {
		answer = judge_status(wants, evaluator);
	} else if (evaluator_day(evaluator, wants->by, &day)) {
		answer = come_by(wants, evaluator, moment, day) ? ANSWER_MET : ANSWER_NOT_MET;
	} else {
		trace_add(trace, PROBLEM_UNANSWERED, "/service_period/start",
			  (struct entry){.say = "The days of service are not given."});
	}
	if (answer == ANSWER_NOT_MET) {
		trace_add(trace, PROBLEM_INVALID, check->subject,
			  (struct entry){.say = wants->leaving ? "The member was not discharged by then."
							       : "The member was not admitted by then."});
	}
	return answer;
}

/* "receipt", or {"event": "con_completed"} */
static bool compile_by(struct compiler *compiler, const struct json *arguments, const struct spot *spot,
		       struct time_check *made)
{
	static const char *const names[] = {"event", NULL};
	const struct json *by = json_member(arguments, "by");
	const struct spot at_by = spot_member(spot, "by");
	if (by && json_kind(by) == JSON_OBJECT) {
		const struct json *event = argument(compiler, by, &at_by, "event", JSON_TEXT);
		made->by_event = json_text(event);
		return arguments_only(compiler, by, &at_by, names) && event;
	}
	by = argument(compiler, arguments, spot, "by", JSON_TEXT);
	return by && check_day_compile(compiler, by, &at_by, &made->by);
}

static const struct check *compile_admission(struct compiler *compiler, const struct json *arguments, const struct spot *spot,
					     bool leaving)
{
	static const char *const names[] = {"by", NULL};
	struct time_check *made = arena_alloc(compiler->arena, sizeof(*made));
	if (!arguments_only(compiler, arguments, spot, names)) {
		return NULL;
	}
	if (!compile_by(compiler, arguments, spot, made)) {
		return NULL;
	}
	made->leaving = leaving;
	made->check = (struct check){evaluate_admission, leaving ? "/admission/discharged_at" : "/admission/admitted_at"};
	return &made->check;
}

const struct check *compile_admitted(struct compiler *compiler, const struct json *arguments, const struct spot *spot)
{
	return compile_admission(compiler, arguments, spot, false);
}

const struct check *compile_discharged(struct compiler *compiler, const struct json *arguments, const struct spot *spot)
{
	return compile_admission(compiler, arguments, spot, true);
}
